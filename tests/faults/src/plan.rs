//! What is done on a phone in a run, so that the one who does it and the one who judges it agree.

use serde_json::{Value, json};

/// The service that is filed.
pub(crate) const SERVICE: &str = "medical-reimbursement";
/// The paper that the office asks for, and that is attached by mistake before.
pub(crate) const ASKED: &str = "prescription";
/// The papers that are filed.
pub(crate) const PAPERS: [&str; 3] = ["invoice", "fee-list", "discharge-summary"];
/// What stands half typed in a field that takes a number.
pub(crate) const HALF_TYPED: (&str, &str) = ("bank_account", "62");

/// The answers of a claim, in the order they are given; a field that comes again is changed.
pub(crate) fn answers(claim: u64) -> Vec<(&'static str, Value)> {
    let note = |round: &str| json!(format!("第 {claim} 张单子，{round}：{}", "走廊里没有信号。".repeat(20)));
    vec![
        ("invoice_number", json!(format!("77{claim:011}"))),
        ("note", note("第一遍")),
        ("hospital", json!("义乌市中心医院")),
        ("visit_date", json!("2026-09-08")),
        ("visit_kind", json!("outpatient")),
        ("amount", json!(128_640)),
        ("note", note("第二遍")),
    ]
}

/// What the note is changed to after the filing was taken back.
pub(crate) fn last_note(claim: u64) -> Value {
    json!(format!("第 {claim} 张单子，撤回后又改过"))
}

/// Every value that a field is given, in order.
pub(crate) fn values(claim: u64, field: &str) -> Vec<Value> {
    let planned = answers(claim).into_iter().filter(|(name, _)| *name == field).map(|(_, value)| value);
    planned.chain((field == "note").then(|| last_note(claim))).collect()
}
