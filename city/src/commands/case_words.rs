//! A case in words, for officers at a terminal.

use citizen_api::Text;
use citizen_api::case::{Case, CaseStatus, CheckStatus, DisputeStatus};

/// A status in words.
pub(super) fn status(status: CaseStatus) -> Text {
    let (zh, en) = match status {
        CaseStatus::Received => ("已收到", "received"),
        CaseStatus::Accepted => ("已受理", "accepted"),
        CaseStatus::EvidenceRequested => ("等待补材料", "waiting for evidence"),
        CaseStatus::Reviewed => ("已审核", "reviewed"),
        CaseStatus::Settled => ("已结算", "settled"),
        CaseStatus::Paid => ("已付款", "paid"),
        CaseStatus::Granted => ("已办结", "granted"),
        CaseStatus::Refused => ("不予办理", "refused"),
        CaseStatus::Answered => ("已答复", "answered"),
        CaseStatus::Unknown => ("未知", "unknown"),
    };
    Text::new(zh, en)
}

/// What a department answered, in words.
pub(super) fn check_status(status: CheckStatus) -> Text {
    let (zh, en) = match status {
        CheckStatus::Waiting => ("等待答复", "waiting"),
        CheckStatus::Confirmed => ("核查属实", "confirmed"),
        CheckStatus::Contradicted => ("核查不符", "contradicted"),
        CheckStatus::Unknown => ("未知", "unknown"),
    };
    Text::new(zh, en)
}

/// Where a dispute stands, in words.
pub(super) fn dispute_status(status: DisputeStatus) -> Text {
    let (zh, en) = match status {
        DisputeStatus::Received => ("待处理", "received"),
        DisputeStatus::Corrected => ("已更正", "corrected"),
        DisputeStatus::Kept => ("保留原记录", "kept"),
        DisputeStatus::Unknown => ("未知", "unknown"),
    };
    Text::new(zh, en)
}

/// Words that an officer gave, in Chinese and, where they did, in English.
pub(super) fn said(zh: String, en: Option<String>) -> Text {
    let en = en.unwrap_or_else(|| zh.clone());
    Text { zh, en }
}

/// A case in a line.
pub(super) fn line(case: &Case) -> Text {
    let status = status(case.status);
    Text::new(
        format!("{}  {}  {}  承诺 {} 前办结", case.case_id, status.zh, case.title.zh, case.promised_by),
        format!("{}  {}  {}  promised by {}", case.case_id, status.en, case.title.en, case.promised_by),
    )
}

/// A case with what waits, what was settled and what was paid.
pub(super) fn whole(case: &Case) -> Text {
    let mut text = line(case);
    evidence(&mut text, case);
    if let Some(open) = case.open_request() {
        append(
            &mut text,
            &format!("等待本人补交“{}”，{} 前答复", open.title.zh, open.answer_by),
            &format!("Waiting for “{}”, to be answered by {}", open.title.en, open.answer_by),
        );
    }
    if let Some(settled) = &case.settlement {
        let (total, paid, own) = (settled.total, settled.reimbursed, settled.own_share);
        append(
            &mut text,
            &format!("总费用 {total}，报销 {paid}，自付 {own}"),
            &format!("Total {total}, reimbursed {paid}, own share {own}"),
        );
    }
    if let Some(payout) = &case.payout {
        let (amount, ending, reference) = (payout.amount, &payout.account_ending, &payout.reference);
        append(
            &mut text,
            &format!("已付 {amount} 到尾号 {ending} 的账户，银行流水 {reference}"),
            &format!("Paid {amount} to the account ending in {ending}, bank reference {reference}"),
        );
    }
    if let Some(refusal) = &case.refusal {
        append(
            &mut text,
            &format!("理由：{}（依据：{}）", refusal.reason.zh, refusal.legal_ground.zh),
            &format!("Reason: {} (ground: {})", refusal.reason.en, refusal.legal_ground.en),
        );
    }
    if let Some(grievance) = &case.grievance {
        append(
            &mut text,
            &format!("由{}答复", grievance.desk.zh),
            &format!("With the {}", grievance.desk.en),
        );
        if let Some(answer) = &grievance.answer {
            append(&mut text, &format!("答复：{}", answer.text.zh), &format!("Answer: {}", answer.text.en));
        }
    }
    text
}

/// What departments, registers and declarations stand for.
fn evidence(text: &mut Text, case: &Case) {
    for check in &case.checks {
        let (status, title, department) = (check_status(check.status), &check.title, &check.department);
        append(
            text,
            &format!("部门核查 {}  “{}”  {}{}", check.requirement_id, title.zh, department.zh, status.zh),
            &format!("Check {}  “{}”  {}: {}", check.requirement_id, title.en, department.en, status.en),
        );
    }
    for waiting in &case.deferred {
        let (title, register) = (&waiting.title, &waiting.register);
        append(
            text,
            &format!("待补查 {}  “{}”  等“{}”恢复", waiting.requirement_id, title.zh, register.zh),
            &format!(
                "To look up {}  “{}”  when the {} is back",
                waiting.requirement_id, title.en, register.en
            ),
        );
    }
    for signed in &case.declarations {
        append(text, &format!("已签承诺 {}", signed.title.zh), &format!("Declared: {}", signed.title.en));
    }
    for dispute in &case.disputes {
        let (status, label) = (dispute_status(dispute.status), &dispute.label);
        append(
            text,
            &format!("更正申请 {}  “{}”  {}", dispute.field_id, label.zh, status.zh),
            &format!("Dispute {}  “{}”  {}", dispute.field_id, label.en, status.en),
        );
    }
}

/// Lines, or a sentence where there is none.
pub(super) fn list(lines: impl Iterator<Item = Text>, none: Text) -> Text {
    lines
        .reduce(|mut all, next| {
            append(&mut all, &next.zh, &next.en);
            all
        })
        .unwrap_or(none)
}

pub(super) fn append(text: &mut Text, zh: &str, en: &str) {
    text.zh.push('\n');
    text.zh.push_str(zh);
    text.en.push('\n');
    text.en.push_str(en);
}
