//! Something of its own in every kind of personal field, taken through writing, filing, being refused, objecting, acting for
//! somebody, a card and a lock, with every log as loud as it gets: it is found nowhere but where the person looks.

use std::io::Write;
use std::path::Path;

use citizen_tests::desk::Desk;
use citizen_tests::filling::fill;
use citizen_tests::journey::{ID_NUMBER, NAME, PIN, Papers};
use citizen_tests::phone::text;
use serde_json::Value;

use crate::canaries::{contains, encodings, files_below};

const PERSON: &str = "金丝雀童 11010519491231002X";
const FILE: &str = "金丝雀的发票.jpg";
const TOLD: &str = "金丝雀在窗口等了三个钟头";
const HELPER: &str = "陈㛃";
const HELPERS_NUMBER: &str = "330702200101310061";

/// What is typed: the field, and the answer.
const ENROLMENT: [(&str, &str); 4] = [
    ("members/0/member", PERSON),
    ("applicant_name", "金丝雀姓名"),
    ("phone", "13912345687"),
    ("address", "浙江省/金华市/义乌市/稠城街道/金丝雀巷77号"),
];
const CLAIM: [(&str, &str); 5] = [
    ("invoice_number", "7788990011223"),
    ("hospital", "金丝雀医院"),
    ("amount", "76543.21"),
    ("note", "金丝雀的话，只给经办的人看"),
    ("bank_account", "4111111111111111"),
];

/// What must not be found.
const NEEDLES: [&str; 18] = [
    "金丝雀童",
    "11010519491231002X",
    FILE,
    TOLD,
    HELPER,
    HELPERS_NUMBER,
    "金丝雀姓名",
    "13912345687",
    "金丝雀巷77号",
    "7788990011223",
    "金丝雀医院",
    "7654321",
    "76543.21",
    "只给经办的人看",
    "4111111111111111",
    NAME,
    ID_NUMBER,
    PIN,
];

/// Begins a draft and answers with what is told apart.
fn draft(desk: &Desk, service: &str, answers: &[(&str, &str)]) -> String {
    let draft = desk.begin(service).unwrap();
    let typed: Vec<String> = answers.iter().map(|(field, answer)| format!("{field}={answer}")).collect();
    let mut words = vec!["draft", "set", &draft];
    words.extend(typed.iter().map(String::as_str));
    desk.phone.done(&words).unwrap();
    draft
}

/// Runs a command with every log there is, and keeps the log beside the others.
fn loudly(desk: &Desk, arguments: &[&str]) {
    let output = desk
        .phone
        .command(arguments)
        .env("RUST_LOG", "trace")
        .env("RUST_BACKTRACE", "full")
        .output()
        .unwrap();
    let log = desk.folder.path().join("phone.log");
    std::fs::OpenOptions::new().append(true).open(log).unwrap().write_all(&output.stderr).unwrap();
}

/// Does with all of it what a person can.
fn live(desk: &Desk) -> Vec<Value> {
    let enrolment = draft(desk, "medical-insurance-enrolment", &ENROLMENT);
    let claim = draft(desk, "medical-reimbursement", &CLAIM);
    let papers = Papers::find().unwrap();
    let named = desk.folder.path().join(FILE);
    std::fs::copy(papers.path("invoice.jpg"), &named).unwrap();
    desk.phone.done(&["draft", "attach", &claim, "invoice", &named.display().to_string()]).unwrap();
    for paper in ["fee-list", "discharge-summary"] {
        desk.phone.done(&["draft", "attach", &claim, paper, &papers.path(&format!("{paper}.jpg"))]).unwrap();
    }
    fill(desk, &claim, &[]).unwrap();
    // What cannot be taken, and what the network loses.
    loudly(desk, &["draft", "set", &enrolment, "phone=13912345687999"]);
    desk.proxy.go_offline();
    loudly(desk, &["draft", "submit", &claim]);
    desk.proxy.go_online();
    loudly(desk, &["lock", "--uploads", "on"]);
    loudly(desk, &["sync"]);
    let begun = desk.phone.done(&["grievance", "new"]).unwrap();
    let told = text(&begun, "/draft_id").unwrap();
    loudly(desk, &["draft", "set", told, &format!("what_happened={TOLD}"), "obstacle=proof", "trips=2"]);
    loudly(desk, &["draft", "submit", told]);
    let until = ["--until", "2027-09-30", "--id", HELPERS_NUMBER, "--name", HELPER];
    loudly(desk, &[["mandate", "give"].as_slice(), &until].concat());
    desk.city.set_day("2026-11-23").unwrap();
    desk.city.run_proactive().unwrap();
    for command in [
        ["sync"].as_slice(),
        &["cards"],
        &["case", "show", "no-such"],
        &["balance"],
        &["register-log"],
        &["device", "list"],
    ] {
        loudly(desk, command);
    }
    vec![desk.draft(&enrolment).unwrap(), desk.draft(&claim).unwrap(), desk.draft(told).unwrap()]
}

#[test]
fn what_is_personal_is_found_nowhere_but_where_the_person_looks() {
    let desk = Desk::set().unwrap();
    let shown = live(&desk);
    let seen = serde_json::to_string(&shown).unwrap();
    for word in [
        "金丝雀童",
        "金丝雀姓名",
        "13912345687",
        "金丝雀巷77号",
        "金丝雀医院",
        "7788990011223",
        "4111111111111111",
        TOLD,
        FILE,
    ] {
        assert!(seen.contains(word), "{word} was never written: nothing would be found");
    }
    std::fs::remove_file(desk.folder.path().join(FILE)).unwrap();
    let mut files = files_below(&desk.folder.path().join("phone"));
    files.extend(["phone.log", "city.log"].map(|log| desk.folder.path().join(log)));
    assert!(files_below(&desk.phone.temporary()).is_empty(), "no file is made for a while");
    for log in ["phone.log", "city.log"] {
        let length = desk.folder.path().join(log).metadata().unwrap().len();
        assert!(length > 2_000, "{log} has {length} bytes: nothing would be found in it");
    }
    for file in &files {
        found_in(file);
    }
}

fn found_in(file: &Path) {
    let bytes = std::fs::read(file).unwrap();
    for needle in NEEDLES {
        for encoded in encodings(needle) {
            assert!(!contains(&bytes, &encoded), "{needle} stands in the clear in {}", file.display());
        }
    }
}
