//! SIGKILL at 200 points spread over filing: no acknowledged answer is lost, nothing is filed twice.
//!
//! Each of [`CLAIMS`] claims is filed by a sequence of commands, and each command is killed [`KILLS_EACH`]
//! times on its way before it is allowed to end. The moment of a kill is a share of the time that the command
//! took when nobody killed it, so the points lie spread from before the first byte to after the last.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use citizen_tests::desk::Desk;
use citizen_tests::journey::ID_NUMBER;
use citizen_tests::phone::{DONE, Phone, WAITING, text};
use serde_json::Value;

const CLAIMS: usize = 10;
const KILLS_EACH: u32 = 4;

/// The commands of a claim that are killed: two rounds of answers, a paper, the filing, the sending.
const COMMANDS: usize = 5;

#[test]
fn killed_at_200_points_nothing_is_lost_and_nothing_filed_twice() {
    const { assert!(CLAIMS * COMMANDS * KILLS_EACH as usize == 200) };
    let desk = Desk::set().unwrap();
    let (phone, city) = (&desk.phone, &desk.city);
    let papers =
        ["invoice", "fee-list", "discharge-summary"].map(|name| small_jpeg(desk.folder.path(), name));

    let mut pace = Pace::default();
    for claim in 0..CLAIMS {
        file_a_claim(phone, &mut pace, claim, &papers);
        let ledger = city.ledger(ID_NUMBER).unwrap();
        assert_eq!(ledger.submissions.len(), claim + 1, "each claim has exactly one effect");
        let newest = ledger.submissions.last().unwrap();
        assert_eq!(newest.answers[&"invoice_number".into()], invoice(claim));
        assert_eq!(newest.answers[&"note".into()], note(claim, "第二遍"));
        assert_eq!(newest.attachments.len(), papers.len());
        let whole = ledger.uploads.iter().filter(|upload| upload.offset == upload.length).count();
        assert!(whole >= (claim + 1) * papers.len(), "every cited paper is whole at the city");
    }
    assert_eq!(pace.kills, 200);
}

/// Files one claim, killing each command on its way. After each kill everything acknowledged is still there.
fn file_a_claim(phone: &Phone, pace: &mut Pace, claim: usize, papers: &[String; 3]) {
    let made = phone.done(&["draft", "new", "medical-reimbursement"]).unwrap();
    let draft = text(&made, "/draft_id").unwrap().to_owned();
    let mut acknowledged = BTreeMap::new();

    let first = [
        ("invoice_number", invoice(claim).as_str().unwrap_or_default().to_owned()),
        ("hospital", "义乌市中心医院".to_owned()),
        ("visit_date", "2026-09-08".to_owned()),
        ("amount", "1286.40".to_owned()),
        ("visit_kind", "outpatient".to_owned()),
        ("note", note(claim, "第一遍").as_str().unwrap_or_default().to_owned()),
    ];
    set(phone, pace, &draft, &first, &mut acknowledged);
    let second = [("note", note(claim, "第二遍").as_str().unwrap_or_default().to_owned())];
    set(phone, pace, &draft, &second, &mut acknowledged);

    let [invoice_paper, others @ ..] = papers;
    pace.kill_and_run(phone, "attach", &["draft", "attach", &draft, "invoice", invoice_paper], DONE, || {
        still_there(phone, &draft, &acknowledged);
    });
    for (requirement, paper) in ["fee-list", "discharge-summary"].iter().zip(others) {
        phone.done(&["draft", "attach", &draft, requirement, paper]).unwrap();
    }
    // The paper may have been attached by a command that was killed after it was done; twice is noticed.
    let shown = phone.done(&["draft", "show", &draft]).unwrap();
    assert_eq!(shown["attachments"].as_array().map(Vec::len), Some(papers.len()));

    phone.done(&["draft", "agree", &draft, "no-other-insurance"]).unwrap();
    pace.kill_and_run(phone, "submit", &["draft", "submit", &draft], DONE, || {
        still_there(phone, &draft, &acknowledged);
    });
    pace.kill_and_run(phone, "sync", &["sync"], DONE, || still_there(phone, &draft, &acknowledged));
}

/// Sets answers, killed on the way: each is then the old or the new one, and the acknowledged ones are there.
fn set(
    phone: &Phone,
    pace: &mut Pace,
    draft: &str,
    answers: &[(&'static str, String)],
    acknowledged: &mut BTreeMap<&'static str, Value>,
) {
    let pairs: Vec<String> = answers.iter().map(|(field, value)| format!("{field}={value}")).collect();
    let mut command = vec!["draft", "set", draft];
    command.extend(pairs.iter().map(String::as_str));
    let untouched: BTreeMap<_, _> = acknowledged
        .iter()
        .filter(|(field, _)| answers.iter().all(|(other, _)| other != *field))
        .map(|(field, value)| (*field, value.clone()))
        .collect();
    pace.kill_and_run(phone, "set", &command, DONE, || still_there(phone, draft, &untouched));
    let shown = phone.done(&["draft", "show", draft]).unwrap();
    for (field, _) in answers {
        acknowledged.insert(field, shown["answers"][field].clone());
        assert!(!shown["answers"][field].is_null(), "{field} was acknowledged and is not there");
    }
}

fn still_there(phone: &Phone, draft: &str, acknowledged: &BTreeMap<&'static str, Value>) {
    let shown = phone.done(&["draft", "show", draft]).unwrap();
    for (field, value) in acknowledged {
        assert_eq!(&shown["answers"][field], value, "{field} was acknowledged before the kill");
    }
}

fn invoice(claim: usize) -> Value {
    format!("99{claim:011}").into()
}

fn note(claim: usize, round: &str) -> Value {
    format!("第 {claim} 张单子，{round}").into()
}

/// How long each command takes when nobody kills it, and how often one was killed.
#[derive(Default)]
struct Pace {
    took: BTreeMap<&'static str, Duration>,
    kills: u32,
    step: u32,
}

impl Pace {
    /// Kills the command at [`KILLS_EACH`] moments, looking at what is left after each, then lets it end.
    fn kill_and_run(
        &mut self,
        phone: &Phone,
        name: &'static str,
        command: &[&str],
        status: i32,
        look: impl Fn(),
    ) {
        let usual = self.took.get(name).copied().unwrap_or(Duration::from_millis(150));
        for _ in 0..KILLS_EACH {
            // Consecutive multiples of the golden ratio's share fill the span evenly, whatever the count.
            self.step += 1;
            let share = (f64::from(self.step) * 0.618_034).fract();
            let mut process = phone.start(command).unwrap();
            // The sleep is the fault itself: the moment at which the process dies.
            std::thread::sleep(usual.mul_f64(share));
            process.kill().unwrap();
            process.wait().unwrap();
            self.kills += 1;
            look();
        }
        let begun = Instant::now();
        let mut answer = phone.run(command).unwrap();
        self.took.insert(name, begun.elapsed());
        for _ in 0..3 {
            if answer.status != Some(WAITING) {
                break;
            }
            answer = phone.run(&["sync"]).unwrap();
        }
        answer.expect_status(status).unwrap();
    }
}

/// A small file that is a JPEG by its content: a header, `name` as entropy-coded data, the end mark.
fn small_jpeg(folder: &Path, name: &str) -> String {
    let path = folder.join(format!("{name}.jpg"));
    let mut bytes = include_bytes!("data/small.jpg").to_vec();
    let end = bytes.split_off(bytes.len() - 2);
    bytes.extend(name.bytes().cycle().take(60_000));
    bytes.extend(end);
    std::fs::write(&path, bytes).unwrap();
    path.to_string_lossy().into_owned()
}
