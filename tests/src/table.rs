//! The closing table: what was counted, beside what was promised.

use citizen_api::Language;
use citizen_api::catalogue::DeliveryChoice;
use citizen_api::officer::{Ledger, LedgerSubmission};

use crate::journey::Tally;

/// One line: what, how much, and what was promised.
pub struct Line {
    /// What was counted.
    pub what: String,
    /// What was found.
    pub found: String,
}

/// The table of a journey, in one language.
pub fn lines(tally: &Tally, language: Language) -> Vec<Line> {
    let line = |zh: &str, en: &str, found: String| Line {
        what: match language {
            Language::Zh => zh.to_owned(),
            Language::En => en.to_owned(),
        },
        found,
    };
    let counted = &tally.counted;
    let effects = [
        tally.ledger.submissions.len(),
        tally.ledger.supplements.len(),
        tally.ledger.payouts.len(),
        tally.ledger.credentials.len(),
        tally.ledger.deliveries.len(),
    ];
    vec![
        line("跑了几趟", "Trips made", trips(&tally.ledger).to_string()),
        line("要她拍的材料", "Papers asked of her", counted.papers_asked.to_string()),
        line(
            "由数据共享或部门核查代替的材料",
            "Papers that registers stood for",
            counted.papers_prefilled.to_string(),
        ),
        line(
            "取消或以承诺代替的材料",
            "Papers nobody asks for any more",
            counted.papers_not_needed.to_string(),
        ),
        line("不用她填的答案", "Answers already known", counted.answers_prefilled.to_string()),
        line("照片的字节数", "Bytes of the photographs", counted.file_bytes.to_string()),
        line(
            "传照片时发出的字节数",
            "Bytes sent while they were on their way",
            format!("{} ({:.3} ×)", counted.upload_bytes, ratio(counted.upload_bytes, counted.file_bytes)),
        ),
        line("被强行关掉的次数", "Times the app was killed", counted.kills.to_string()),
        line("被切断或拒绝的连接", "Connections cut or refused", tally.traffic.cut.to_string()),
        line("丢失的回答", "Answers lost", tally.traffic.swallowed.to_string()),
        line("市里认出的重复请求", "Repeats the city recognised", tally.ledger.repeats.to_string()),
        line(
            "市里的效果：申请 / 补正 / 付款 / 证照 / 快递",
            "Effects: claim / answer / payout / card / parcel",
            effects.map(|n| n.to_string()).join(" / "),
        ),
        line("用时", "Time", format!("{:.1} s", tally.took.as_secs_f64())),
    ]
}

/// How often she had to go somewhere: for each result that she chose to fetch at a counter, once.
fn trips(ledger: &Ledger) -> usize {
    let at_a_counter = |submission: &&LedgerSubmission| submission.delivery == Some(DeliveryChoice::Counter);
    ledger.submissions.iter().filter(at_a_counter).count()
}

/// Draws lines as two columns that line up in a terminal, where a Chinese character is two cells wide.
pub fn draw(lines: &[Line]) -> String {
    let widest = lines.iter().map(|line| cells(&line.what)).max().unwrap_or(0);
    lines
        .iter()
        .map(|line| format!("  {}{}  {}\n", line.what, " ".repeat(widest - cells(&line.what)), line.found))
        .collect()
}

/// How many cells of a terminal a text takes: CJK characters and full-width forms take two.
fn cells(text: &str) -> usize {
    text.chars()
        .map(|c| if matches!(c, '\u{1100}'..='\u{115F}' | '\u{2E80}'..='\u{A4CF}' | '\u{AC00}'..='\u{D7A3}' | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE6F}' | '\u{FF00}'..='\u{FF60}' | '\u{20000}'..='\u{3FFFD}') { 2 } else { 1 })
        .sum()
}

fn ratio(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

#[cfg(test)]
mod tests {
    use super::{Line, draw};

    #[test]
    fn columns_line_up_in_both_scripts() {
        let table = draw(&[
            Line { what: "用时".into(), found: "1".into() },
            Line { what: "Time".into(), found: "2".into() },
        ]);
        assert_eq!(table, "  用时  1\n  Time  2\n");
    }
}
