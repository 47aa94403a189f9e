//! Paying what was settled: `POST /v1/officer/cases/{case_id}/pay`. Once: a repeated order answers the same
//! payout.

use axum::extract::State;
use citizen_api::CaseId;
use citizen_api::case::{Case, Payout};
use citizen_api::changes::Change;
use citizen_api::insurance::EntryKind;
use citizen_api::problem::Problem;
use citizen_api::settlement::Settlement;
use jiff::Timestamp;

use super::{Done, on_case, rules};
use crate::cases::record::CaseRecord;
use crate::cases::workflow::Action;
use crate::cases::{act, file};
use crate::clock::day_of;
use crate::http::{City, Json, Officer, Path, Refusal};
use crate::store::{StoreError, Tx};
use crate::words::word;
use crate::{changes, insurance};

/// How many digits of an account are shown.
const SHOWN_DIGITS: usize = 4;

/// Pays what was settled.
#[utoipa::path(
    post, path = "/v1/officer/cases/{case_id}/pay", tag = "officers",
    params(("case_id" = CaseId, Path, description = "The case")),
    responses(
        (status = 200, description = "Paid, now or before", body = Case),
        (status = 401, description = "No token", body = Problem),
        (status = 403, description = "Not an officer's token", body = Problem),
        (status = 404, description = "Not there", body = Problem),
        (status = 409, description = "Not in a state that allows this", body = Problem),
    ),
)]
pub async fn pay(
    State(city): State<City>,
    officer: Officer,
    Path(case_id): Path<CaseId>,
) -> Result<Json<Case>, Refusal> {
    let at = city.clock.now();
    on_case(&city, case_id, move |tx, record| {
        if record.case.payout.is_some() {
            return Ok(Done::Before);
        }
        act::advance(tx, record, Action::Pay, &officer.department, at)?;
        let settlement = record.case.settlement.as_ref().ok_or_else(act::wrong_state)?;
        let payout = Payout {
            amount: settlement.reimbursed,
            paid_at: at,
            account_ending: account_ending(tx, record)?,
            reference: reference(case_id, at),
        };
        keep(tx, record, &payout)?;
        post(tx, &record.citizen_id, settlement, &payout)?;
        tell(tx, &record.citizen_id, at)?;
        Ok(Done::Now)
    })
    .await
    .map(Json)
}

/// The bank's reference for the order. Made of the case's name, so that one case can never be two orders.
fn reference(case_id: CaseId, at: Timestamp) -> String {
    format!("YB{}{:X}", day_of(at).strftime("%Y%m%d"), case_id.0.as_simple())
}

fn account_ending(tx: &mut dyn Tx, record: &CaseRecord) -> Result<String, Refusal> {
    let rules = rules::of_service(&record.case.service_id)?.ok_or_else(act::wrong_state)?;
    let answers = file::submission_of(tx, &record.citizen_id, record.case.transaction_id)?.answers;
    let account: Vec<char> = rules::answer(&answers, &rules.answers.account).chars().collect();
    Ok(account.iter().skip(account.len().saturating_sub(SHOWN_DIGITS)).collect())
}

fn keep(tx: &mut dyn Tx, record: &CaseRecord, payout: &Payout) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO payouts (citizen_id, case_id, amount_fen, paid_at, account_ending, reference)
         VALUES ($1, $2, $3, $4, $5, $6)",
        &[
            (&record.citizen_id).into(),
            record.case.case_id.to_string().into(),
            payout.amount.0.into(),
            payout.paid_at.into(),
            (&payout.account_ending).into(),
            (&payout.reference).into(),
        ],
    )?;
    Ok(())
}

/// Posts the payout to the insurance account. The personal account itself does not change.
fn post(
    tx: &mut dyn Tx,
    citizen_id: &str,
    settlement: &Settlement,
    payout: &Payout,
) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE insurance_accounts SET reimbursed_fen = reimbursed_fen + $2,
             deductible_used_fen = deductible_used_fen + $3 WHERE citizen_id = $1",
        &[citizen_id.into(), payout.amount.0.into(), settlement.deductible_used.0.into()],
    )?;
    tx.execute(
        "INSERT INTO insurance_entries (citizen_id, entry_id, posted_on, kind, amount_fen, place_zh, place_en)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        &[
            citizen_id.into(),
            (&payout.reference).into(),
            day_of(payout.paid_at).into(),
            word(&EntryKind::Reimbursement)?,
            payout.amount.0.into(),
            "市医疗保障局".into(),
            "Medical Insurance Office".into(),
        ],
    )?;
    Ok(())
}

fn tell(tx: &mut dyn Tx, citizen_id: &str, at: Timestamp) -> Result<(), StoreError> {
    match insurance::account(tx, citizen_id, at)? {
        Some(account) => changes::append(tx, citizen_id, &Change::Insurance(account)),
        None => Ok(()),
    }
}
