//! The office: one more paper, the settlement, the money.

use citizen_api::{CaseId, Fen};

use super::papers::ASKED_LATER;
use super::{INVOICE_FEN, Stage};
use crate::failure::{ensure, ensure_eq};
use crate::phone::{number, text};
use crate::{Failure, Outcome};

/// The officer takes the case on and asks for the prescription; the phone learns of it.
pub(super) fn ask_for_one_more_paper(stage: &Stage, case_id: CaseId) -> Outcome<()> {
    stage.city.accept(case_id)?;
    let (zh, en) = (
        "请补拍处方，清单上有一种药需要核对。",
        "Please photograph the prescription: one medicine on the list has to be checked.",
    );
    stage.city.request(case_id, ASKED_LATER.0, zh, en)?;
    stage.sync_until_settled()?;
    let case = stage.phone.done(&["case", "show", &case_id.to_string()])?;
    ensure_eq("the case waits for her", &text(&case, "/status")?, &"evidence_requested")?;
    ensure_eq("what is asked", &text(&case, "/requests/0/requirement_id")?, &ASKED_LATER.0)?;
    stage.tell(format!("办事人员问：「{zh}」"), format!("The office asks: “{en}”"))
}

/// She answers; the bill is settled and paid, each exactly once.
pub(super) fn answer_and_be_paid(stage: &Stage, case_id: CaseId) -> Outcome<()> {
    let case = case_id.to_string();
    let paper = stage.papers.path(ASKED_LATER.1);
    stage.phone.done(&["case", "answer", &case, "--file", &paper])?;
    ensure_eq("answers on the ledger", &stage.ledger()?.supplements.len(), &1)?;
    stage.tell("她补拍一张，一点就发出去了。", "She photographs it and sends it with one tap.")?;

    stage.city.finish(case_id)?;
    stage.city.settle(case_id)?;
    stage.city.pay(case_id)?;
    stage.city.pay(case_id)?;
    stage.sync_until_settled()?;
    let shown = stage.phone.done(&["case", "show", &case])?;
    ensure_eq("the case", &text(&shown, "/status")?, &"paid")?;
    let settlement = &shown["settlement"];
    ensure_eq("the bill", &number(settlement, "/total")?, &INVOICE_FEN)?;
    let lines = settlement["lines"].as_array().cloned().unwrap_or_default();
    let by_line: i64 = lines.iter().filter_map(|line| line["reimbursed"].as_i64()).sum();
    let reimbursed = number(settlement, "/reimbursed")?;
    ensure_eq("the lines add up", &by_line, &reimbursed)?;
    ensure(reimbursed > 0, || "nothing was reimbursed".to_owned())?;

    let ledger = stage.ledger()?;
    let [payout] = ledger.payouts.as_slice() else {
        return Err(Failure::promise(format!("{} payouts on the ledger", ledger.payouts.len())));
    };
    ensure_eq("the payout", &payout.amount, &Fen(reimbursed))?;
    stage.tell(
        format!(
            "逐项结算：{} 项共 {}，报销 {}，已到账（账上只有 1 笔）。",
            lines.len(),
            Fen(INVOICE_FEN),
            Fen(reimbursed)
        ),
        format!(
            "Settled line by line: {} lines, {}; {} reimbursed and paid, once.",
            lines.len(),
            Fen(INVOICE_FEN),
            Fen(reimbursed)
        ),
    )
}
