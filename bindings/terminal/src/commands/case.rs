//! `citizen case`: one case, what happened to it and what is next, and the answer to what its office asks.

use std::path::PathBuf;

use citizen_api::case::{Case, EvidenceRequest};
use citizen_api::settlement::Settlement;
use citizen_api::{CaseId, Language};
use citizen_core::case::CaseView;
use citizen_core::{Compartment, Error};
use clap::Subcommand;
use serde_json::json;

use super::{case_evidence, grievance, send};
use crate::failure::{Failure, Thing};
use crate::output::words::{self, Either};
use crate::output::{Page, Report, Side, age, date, time};
use crate::prefix::{self, Named, short};
use crate::shell::Shell;

#[derive(Subcommand)]
pub(crate) enum Command {
    /// 看进度：发生了什么，下一步是什么 ‖ What happened, and what is next
    Show {
        /// 哪个办件（编号的开头或末尾） ‖ Which case (the beginning or end of its name)
        #[arg(value_name = "CASE")]
        case: String,
    },
    /// 回复办事机构：补材料，或写几句说明 ‖ Answer the office: with papers, or in words
    Answer {
        /// 哪个办件（编号的开头或末尾） ‖ Which case (the beginning or end of its name)
        #[arg(value_name = "CASE")]
        case: String,
        /// 要补的材料，可以写多次 ‖ A paper; may be given several times
        #[arg(long = "file", value_name = "FILE", num_args = 1..)]
        files: Vec<PathBuf>,
        /// 要说明的话 ‖ What you want to say
        #[arg(long, value_name = "TEXT")]
        note: Option<String>,
    },
}

pub(crate) async fn run(shell: &Shell, command: &Command) -> Result<Report, Failure> {
    let compartment = shell.unlocked()?;
    match command {
        Command::Show { case } => show(shell, &compartment, case),
        Command::Answer { case, files, note } => {
            answer(shell, &compartment, case, files, note.as_deref()).await
        }
    }
}

pub(super) fn find(compartment: &Compartment, typed: &str) -> Result<CaseId, Failure> {
    let cases = compartment.cases().list()?;
    prefix::find(Thing::Case, typed, cases.iter().map(|case| Named::of(case.case_id)))
}

fn show(shell: &Shell, compartment: &Compartment, case: &str) -> Result<Report, Failure> {
    let view = compartment.cases().show(find(compartment, case)?)?;
    let page = page(&view, jiff::Timestamp::now(), shell.language());
    let mut document = serde_json::to_value(&view.case).unwrap_or_default();
    if let Some(members) = document.as_object_mut() {
        members.insert("fetched_at".to_owned(), json!(view.fetched_at));
    }
    Ok(Report::done(document, page))
}

/// Attaches the files to the answer, and files it. One that is there already, from a try that was broken off, is as
/// good as attached now.
async fn answer(
    shell: &Shell,
    compartment: &Compartment,
    case: &str,
    files: &[PathBuf],
    note: Option<&str>,
) -> Result<Report, Failure> {
    let case_id = find(compartment, case)?;
    let draft_id = compartment.submissions().answer(case_id)?;
    let asked = compartment.drafts().show(draft_id)?.requirements;
    for file in files {
        let Some(requirement) = asked.first() else { return Err(Error::NothingAsked.into()) };
        match compartment.attachments().attach(draft_id, &requirement.requirement_id, file) {
            Ok(_) | Err(Error::FileAlreadyAttached) => {}
            Err(error) => return Err(error.into()),
        }
    }
    if let Some(note) = note {
        compartment.drafts().set_note(draft_id, note)?;
    }
    let transaction_id = compartment.submissions().submit(draft_id)?;
    send::file(shell, compartment, transaction_id).await
}

fn page(view: &CaseView, now: jiff::Timestamp, language: Language) -> Page {
    let case = &view.case;
    let mut page = Page::new();
    let status = words::case_status(case.status, language);
    page.line(&format!("{} · {status}", case.title.get(language)));
    page.item(words::case_next(case.status, language));
    grievance::answered(&mut page, view, language);
    if !case.status.is_final() && case.grievance.is_none() {
        let day = date(case.promised_by, language);
        page.item(&match language {
            Language::Zh => format!("承诺 {day} 前办好"),
            Language::En => format!("Promised by {day}"),
        });
    }
    if let Some(request) = case.open_request() {
        request_page(&mut page, case, request, language);
    }
    timeline(&mut page, case, language);
    case_evidence::page(&mut page, case, language);
    if let Some(settlement) = &case.settlement {
        settlement_page(&mut page, settlement, language);
    }
    outcome(&mut page, case, language);
    let fetched = age(view.fetched_at, now).words(view.fetched_at, language);
    page.heading(&match language {
        Language::Zh => format!("{} · {fetched}取得", case.case_id),
        Language::En => format!("{} · fetched {fetched}", case.case_id),
    });
    page
}

fn request_page(page: &mut Page, case: &Case, request: &EvidenceRequest, language: Language) {
    page.heading(language.either("请您补", "The office asks for"));
    page.item(&match language {
        Language::Zh => format!("{}：{}", request.title.zh, request.reason.zh),
        Language::En => format!("{}: {}", request.title.en, request.reason.en),
    });
    let day = date(request.answer_by, language);
    page.item(&match language {
        Language::Zh => format!("请在 {day} 前补上："),
        Language::En => format!("Please answer by {day}:"),
    });
    page.item(&format!("citizen case answer {} --file FILE", short(case.case_id)));
}

/// What happened, oldest first: when, what, by whom.
fn timeline(page: &mut Page, case: &Case, language: Language) {
    page.heading(language.either("进度", "Progress"));
    let rows: Vec<Vec<String>> = case
        .events
        .iter()
        .map(|event| {
            vec![
                time(event.at, language),
                words::case_event(event.kind, language).to_owned(),
                event.by.get(language).to_owned(),
            ]
        })
        .collect();
    page.table(&[Side::Left, Side::Left, Side::Left], &rows);
}

fn settlement_page(page: &mut Page, settlement: &Settlement, language: Language) {
    page.heading(language.either("结算单", "Settlement"));
    let head = match language {
        Language::Zh => ["项目", "类别", "收费", "可报部分", "报销"],
        Language::En => ["Item", "Class", "Charged", "Eligible", "Reimbursed"],
    };
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    rows.extend(settlement.lines.iter().map(|line| {
        vec![
            line.name.clone(),
            words::fee_class(line.class, language).to_owned(),
            line.amount.to_string(),
            line.eligible.to_string(),
            line.reimbursed.to_string(),
        ]
    }));
    page.table(&[Side::Left, Side::Left, Side::Right, Side::Right, Side::Right], &rows);
    let rules = &settlement.rules;
    let sums = [
        (language.either("合计收费", "Charged in all"), settlement.total.to_string()),
        (language.either("可报部分", "Eligible"), settlement.eligible.to_string()),
        (language.either("扣起付线", "Less the deductible"), settlement.deductible_used.to_string()),
        (language.either("报销比例", "Ratio"), percent(rules.ratio)),
        (language.either("报销", "Reimbursed"), settlement.reimbursed.to_string()),
        (language.either("自己承担", "Your own share"), settlement.own_share.to_string()),
    ];
    page.line("").table(&[Side::Left, Side::Right], &sums.map(|(label, sum)| vec![label.to_owned(), sum]));
}

/// Hundredths of a percent as a percentage.
fn percent(hundredths: u32) -> String {
    match hundredths % 100 {
        0 => format!("{} %", hundredths / 100),
        rest => format!("{}.{rest:02} %", hundredths / 100),
    }
}

fn outcome(page: &mut Page, case: &Case, language: Language) {
    if let Some(payout) = &case.payout {
        let (amount, paid, ending) = (payout.amount, time(payout.paid_at, language), &payout.account_ending);
        page.heading(&match language {
            Language::Zh => {
                format!("{amount} 已在 {paid} 打到尾号 {ending} 的账户（凭证 {}）", payout.reference)
            }
            Language::En => {
                format!(
                    "{amount} was paid on {paid} to the account ending in {ending} (reference {})",
                    payout.reference
                )
            }
        });
    }
    if let Some(refusal) = &case.refusal {
        page.heading(language.either("没有通过的原因", "Why it was refused"));
        page.item(refusal.reason.get(language));
        page.item(&match language {
            Language::Zh => format!("依据：{}", refusal.legal_ground.zh),
            Language::En => format!("Legal ground: {}", refusal.legal_ground.en),
        });
    }
}

#[cfg(test)]
mod tests {
    use citizen_api::Language;
    use citizen_api::case::Case;
    use citizen_core::case::CaseView;
    use serde_json::json;

    use super::{page, percent};

    fn view() -> CaseView {
        let text = |zh: &str, en: &str| json!({ "zh": zh, "en": en });
        let case: Case = serde_json::from_value(json!({
            "case_id": "0199aaaa-0000-7000-8000-0000deadbeef",
            "transaction_id": "0199aaaa-0000-7000-8000-000000000002",
            "service_id": "medical-reimbursement",
            "service_version": 1,
            "title": text("医疗费用手工报销", "Medical reimbursement"),
            "status": "evidence_requested",
            "revision": 2,
            "received_at": "2026-09-09T01:00:00Z",
            "promised_by": "2026-09-16",
            "events": [
                { "sequence": 1, "kind": "received", "at": "2026-09-09T01:00:00Z", "by": text("您", "You") },
                { "sequence": 2, "kind": "evidence_requested", "at": "2026-09-10T02:30:00Z", "by": text("医保局", "Office") },
            ],
            "requests": [{
                "request_id": "0199aaaa-0000-7000-8000-000000000003",
                "requirement_id": "prescription",
                "title": text("处方", "Prescription"),
                "reason": text("请补拍处方。", "Please photograph it."),
                "requested_at": "2026-09-10T02:30:00Z",
                "answer_by": "2026-09-20",
            }],
        }))
        .unwrap();
        CaseView { case, fetched_at: "2026-09-10T02:31:00Z".parse().unwrap() }
    }

    #[test]
    fn a_case_opens_on_who_has_the_ball() {
        let now = "2026-09-10T02:31:30Z".parse().unwrap();
        assert_eq!(
            page(&view(), now, Language::Zh).as_str(),
            "医疗费用手工报销 · 等您补材料\n  办事机构在等您补材料，补上后接着办。\n  承诺 2026年9月16日 前办好\n\n\
             请您补\n  处方：请补拍处方。\n  请在 2026年9月20日 前补上：\n  citizen case answer …deadbeef --file FILE\n\n\
             进度\n  2026年9月9日 09:00   收到申请    您\n  2026年9月10日 10:30  请您补材料  医保局\n\n\
             0199aaaa-0000-7000-8000-0000deadbeef · 刚刚取得\n"
        );
    }

    #[test]
    fn ratios_read_as_percentages() {
        assert_eq!(percent(7_000), "70 %");
        assert_eq!(percent(6_550), "65.50 %");
    }
}
