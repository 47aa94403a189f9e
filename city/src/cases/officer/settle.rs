//! Settling a bill: `POST /v1/officer/cases/{case_id}/settle`.
//!
//! What counts is the bill as the hospital reported it to the register, not the amount that was claimed.

use axum::extract::State;
use citizen_api::case::Case;
use citizen_api::officer::Settle;
use citizen_api::problem::{Problem, ProblemType};
use citizen_api::settlement::{FeeLine, Settlement};
use citizen_api::{CaseId, RegisterId};
use jiff::Timestamp;

use super::rules::{self, ServiceRules};
use super::{Done, on_case};
use crate::cases::record::CaseRecord;
use crate::cases::settlement::{SettleError, settle as settle_bill};
use crate::cases::workflow::{self, Action};
use crate::cases::{act, claims, file, services};
use crate::http::{City, Json, Officer, Path, Refusal};
use crate::registers::{Purpose, note_read};
use crate::store::{StoreError, Tx, Value};

/// The register of medical bills.
const BILLS: &str = "medical_bills";

/// Settles the bill of a case.
#[utoipa::path(
    post, path = "/v1/officer/cases/{case_id}/settle", tag = "officers", request_body = Settle,
    params(("case_id" = CaseId, Path, description = "The case")),
    responses(
        (status = 200, description = "Settled, now or before", body = Case),
        (status = 400, description = "Unreadable", body = Problem),
        (status = 401, description = "No token", body = Problem),
        (status = 403, description = "Not an officer's token", body = Problem),
        (status = 404, description = "No such case, or its bill is not in the register", body = Problem),
        (status = 409, description = "Not in a state that allows this, or settled otherwise", body = Problem),
        (status = 422, description = "The lines are no bill", body = Problem),
    ),
)]
pub async fn settle(
    State(city): State<City>,
    officer: Officer,
    Path(case_id): Path<CaseId>,
    Json(body): Json<Settle>,
) -> Result<Json<Case>, Refusal> {
    let at = city.clock.now();
    on_case(&city, case_id, move |tx, record| match &record.case.settlement {
        Some(settled) => repeat(settled, body.lines.as_deref()),
        None => carry_out(tx, &officer, record, body.lines, at),
    })
    .await
    .map(Json)
}

/// A bill is settled once. The same lines again are answered with what came of them.
fn repeat(settled: &Settlement, lines: Option<&[FeeLine]>) -> Result<Done, Refusal> {
    let same = lines.is_none_or(|lines| {
        lines.len() == settled.lines.len()
            && lines.iter().zip(&settled.lines).all(|(given, kept)| {
                given.name == kept.name && given.class == kept.class && given.amount == kept.amount
            })
    });
    if same { Ok(Done::Before) } else { Err(act::wrong_state()) }
}

fn carry_out(
    tx: &mut dyn Tx,
    officer: &Officer,
    record: &CaseRecord,
    lines: Option<Vec<FeeLine>>,
    at: Timestamp,
) -> Result<Done, Refusal> {
    workflow::step(record.workflow, record.case.status, Action::Settle).ok_or_else(act::wrong_state)?;
    let rules = rules::of_service(&record.case.service_id)?.ok_or_else(act::wrong_state)?;
    let settlement = calculate(tx, record, &rules, lines, at)?;
    let key: [Value; 2] = [(&record.citizen_id).into(), record.case.case_id.to_string().into()];
    let [citizen_id, case_id] = key;
    tx.execute(
        "INSERT INTO settlements (citizen_id, case_id, settlement) VALUES ($1, $2, $3)",
        &[citizen_id, case_id, Value::json(&settlement)?],
    )?;
    act::advance(tx, record, Action::Settle, &officer.department, at)?;
    Ok(Done::Now)
}

fn calculate(
    tx: &mut dyn Tx,
    record: &CaseRecord,
    rules: &ServiceRules,
    lines: Option<Vec<FeeLine>>,
    at: Timestamp,
) -> Result<Settlement, Refusal> {
    let answers = file::submission_of(tx, &record.citizen_id, record.case.transaction_id)?.answers;
    let (scheme, used) = rules::insured(tx, &record.citizen_id)?.ok_or_else(not_insured)?;
    let bill_rules = rules.for_bill(&scheme, &answers, used).ok_or_else(no_rule)?;
    let lines = match lines {
        Some(lines) => lines,
        None => {
            let number = rules::answer(&answers, &rules.answers.invoice);
            registered_bill(tx, record, number, at)?.ok_or_else(unknown_bill)?
        }
    };
    settle_bill(&lines, bill_rules).map_err(no_bill)
}

/// The lines of a bill as the hospital reported it. Numbers are compared without what people write differently.
fn registered_bill(
    tx: &mut dyn Tx,
    record: &CaseRecord,
    number: &str,
    at: Timestamp,
) -> Result<Option<Vec<FeeLine>>, StoreError> {
    let case = &record.case;
    let service = services::version_of(tx, &case.service_id, case.service_version)?;
    let service = service.ok_or(StoreError::Column { column: 0, expected: "the service of a case" })?;
    let purpose = Purpose {
        case_id: Some(case.case_id),
        ..Purpose::of_service(&service, "结算票据：", "Settle the bill for")
    };
    note_read(tx, &record.citizen_id, &RegisterId::from(BILLS), &["lines"], &purpose, at)?;
    let bills = tx.query(
        "SELECT invoice_number, lines FROM medical_bills WHERE citizen_id = $1",
        &[(&record.citizen_id).into()],
    )?;
    for bill in &bills {
        if claims::plain(&bill.text(0)?) == claims::plain(number) {
            return bill.json(1).map(Some);
        }
    }
    Ok(None)
}

fn unknown_bill() -> Refusal {
    Refusal::new(
        ProblemType::NotFound,
        "医疗票据库里没有这个发票号。请核对票据，或用 --lines 文件 给出明细。",
        "The register of medical bills does not know this invoice. Check the papers, or give the lines with --lines FILE.",
    )
    .at("/lines")
}

fn not_insured() -> Refusal {
    Refusal::new(
        ProblemType::WrongState,
        "医保库里没有这个人的参保记录，不能结算。请退回或拒绝，并说明理由。",
        "The insurance register does not know this person, so nothing can be settled. Refuse with the reason.",
    )
}

fn no_rule() -> Refusal {
    Refusal::new(
        ProblemType::WrongState,
        "这种参保类型或就诊类型没有报销比例，不能结算。请先补上结算规则。",
        "There is no ratio for this scheme or kind of treatment. The settlement rules must be completed first.",
    )
}

fn no_bill(error: SettleError) -> Refusal {
    let (zh, en) = match error {
        SettleError::NoLines => ("明细是空的，请至少给一行。", "The bill has no lines. Give at least one."),
        SettleError::NegativeLine(_) => {
            ("明细里有负数金额，请改正。", "A line charges less than nothing. Please correct it.")
        }
        SettleError::TooLarge => {
            ("明细的合计太大，请核对单位是不是分。", "The bill is too large. Check that amounts are in fen.")
        }
        SettleError::InvalidRules => return Refusal::internal(),
    };
    let pointer = match error {
        SettleError::NegativeLine(place) => format!("/lines/{place}/amount"),
        _ => "/lines".to_owned(),
    };
    Refusal::new(ProblemType::InvalidAnswer, zh, en).at(pointer)
}
