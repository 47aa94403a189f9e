//! In the hospital corridor: the draft, the papers, and the app that dies while she writes. No network.

use super::papers::FILED;
use super::{INVOICE_NUMBER, NOTE, Stage};
use crate::failure::{ensure, ensure_eq};
use crate::phone::{Phone, WAITING, number, text};
use crate::{Failure, Outcome};

/// What she types, as the terminal takes it.
const TYPED: [&str; 5] = [
    "invoice_number=3307820026001",
    "hospital=义乌市中心医院",
    "visit_date=2026-09-08",
    "amount=1286.40",
    "visit_kind=outpatient",
];

/// Opens the form, types, and photographs three papers.
pub(super) fn fill_in_without_a_network(stage: &mut Stage) -> Outcome<String> {
    let made = stage.phone.done(&["draft", "new", "medical-reimbursement"])?;
    let draft_id = text(&made, "/draft_id")?.to_owned();
    for typed in TYPED {
        stage.phone.done(&["draft", "set", &draft_id, typed])?;
    }
    stage.phone.done(&["draft", "set", &draft_id, &format!("note={NOTE}")])?;
    for (requirement, file) in FILED {
        let path = stage.papers.path(file);
        stage.phone.done(&["draft", "attach", &draft_id, requirement, &path])?;
    }
    let draft = stage.phone.done(&["draft", "show", &draft_id])?;
    agree(stage, &draft_id, &draft)?;
    stage.counted.papers_asked = number(&draft, "/papers/asked")?;
    stage.counted.papers_prefilled = number(&draft, "/papers/prefilled")?;
    stage.counted.papers_not_needed = number(&draft, "/papers/not_needed")?;
    stage.counted.answers_prefilled = number(&draft, "/answers_prefilled")?;
    let attached = draft["attachments"].as_array().cloned().unwrap_or_default();
    ensure_eq("papers attached", &attached.len(), &FILED.len())?;
    stage.counted.file_bytes = attached.iter().filter_map(|file| file["size"].as_u64()).sum();
    stage.tell(
        format!(
            "没有网络，照样填完报销单，拍了 {} 张照片（{:.1} MB）；姓名、身份证、银行卡等 {} 项不用她填。",
            attached.len(),
            megabytes(stage.counted.file_bytes),
            stage.counted.answers_prefilled,
        ),
        format!(
            "Without a network she fills in the claim and photographs {} papers ({:.1} MB); {} answers were already known.",
            attached.len(),
            megabytes(stage.counted.file_bytes),
            stage.counted.answers_prefilled,
        ),
    )?;
    Ok(draft_id)
}

/// Agrees to every declaration that stands for a paper.
fn agree(stage: &Stage, draft_id: &str, draft: &serde_json::Value) -> Outcome<()> {
    for declaration in draft["declarations"].as_array().into_iter().flatten() {
        stage.phone.done(&["draft", "agree", draft_id, text(declaration, "/declaration_id")?])?;
    }
    Ok(())
}

/// Kills the app while it writes, and finds every acknowledged word again.
pub(super) fn lose_the_app_while_writing(stage: &mut Stage, draft_id: &str) -> Outcome<()> {
    let before = stage.phone.done(&["draft", "show", draft_id])?["answers"].clone();
    let versions: Vec<String> = (1..=60).map(|n| format!("note={NOTE}（改了第 {n} 遍）")).collect();
    let mut command = vec!["draft", "set", draft_id];
    command.extend(versions.iter().map(String::as_str));
    kill_while_writing(&stage.phone, &command)?;
    stage.counted.kills += 1;

    let mut after = stage.phone.done(&["draft", "show", draft_id])?["answers"].clone();
    let note = text(&after, "/note")?.to_owned();
    ensure(note.starts_with(NOTE), || format!("the note became {note:?}"))?;
    after["note"] = before["note"].clone();
    ensure_eq("the other answers after the kill", &after, &before)?;
    stage.phone.done(&["draft", "set", draft_id, &format!("note={NOTE}")])?;
    stage.tell(
        "正在写的时候，应用被系统强行关掉(SIGKILL)。再打开：一个字没丢。",
        "While she is writing, the system kills the app (SIGKILL). Opened again: not a word is lost.",
    )
}

/// Files. Nothing can be sent yet, and the app says so.
pub(super) fn file_without_a_network(stage: &mut Stage, draft_id: &str) -> Outcome<()> {
    let filed = stage.phone.run(&["draft", "submit", draft_id])?.expect_status(WAITING)?;
    ensure_eq("it waits for", &text(&filed, "/waits_for")?, &"network")?;
    let again = stage.phone.run(&["draft", "submit", draft_id])?.expect_status(WAITING)?;
    ensure_eq("filed twice is filed once", &again["transaction_id"], &filed["transaction_id"])?;
    let outbox = stage.phone.done(&["outbox"])?;
    let waiting = outbox["items"].as_array().map_or(0, Vec::len);
    ensure_eq("what waits: three papers and the claim", &waiting, &(FILED.len() + 1))?;
    ensure(stage.ledger()?.submissions.is_empty(), || "the city has what was never sent".to_owned())?;
    stage.tell(
        "点了提交。没有网络，所以先放进发件箱：「连上网会自动发出，不用守着。」",
        "She files. There is no network, so it waits in the outbox and goes by itself later.",
    )
}

/// Runs a command and kills it as soon as it has written something: when the person's journal on disk grows.
fn kill_while_writing(phone: &Phone, command: &[&str]) -> Outcome<()> {
    let before = journal_bytes(phone)?;
    let mut process = phone.start(command)?;
    while journal_bytes(phone)? <= before {
        let ended = process.try_wait().map_err(Failure::machine("the app cannot be watched"))?;
        ensure(ended.is_none(), || format!("{command:?} of {INVOICE_NUMBER} ended before it wrote"))?;
        std::thread::yield_now();
    }
    process.kill().map_err(Failure::machine("the app cannot be killed"))?;
    process.wait().map_err(Failure::machine("the app cannot be waited for"))?;
    Ok(())
}

/// The size of every write-ahead log of the phone's people.
fn journal_bytes(phone: &Phone) -> Outcome<u64> {
    let people = phone.data().join("people");
    let mut bytes = 0;
    for person in std::fs::read_dir(people).map_err(Failure::machine("the phone has no people"))? {
        let person = person.map_err(Failure::machine("a person's folder cannot be read"))?;
        bytes += std::fs::metadata(person.path().join("store.db-wal")).map_or(0, |wal| wal.len());
    }
    Ok(bytes)
}

fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}
