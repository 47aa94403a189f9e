//! What a citizen reads: `GET /v1/submissions/{transaction_id}`, `GET /v1/cases`, `GET /v1/cases/{case_id}`.

use axum::extract::State;
use citizen_api::case::Case;
use citizen_api::mandate::{ActKind, MandateActs};
use citizen_api::officer::CaseList;
use citizen_api::problem::Problem;
use citizen_api::submission::Acknowledgement;
use citizen_api::{CaseId, Text, TransactionId};

use super::{act, record};
use crate::http::{Citizen, City, Json, Path, Refusal};
use crate::mandates::{Need, OnBehalf, Whose};
use crate::store::{Row, Tx};

/// The receipt of a submission or a supplement, by its transaction: how a phone that lost the answer asks
/// whether the city has it.
#[utoipa::path(
    get, path = "/v1/submissions/{transaction_id}", tag = "cases",
    params(("transaction_id" = TransactionId, Path, description = "The transaction")),
    responses(
        (status = 200, description = "The city has it", body = Acknowledgement),
        (status = 401, description = "Not signed in", body = Problem),
        (status = 404, description = "The city does not have it", body = Problem),
    ),
)]
pub async fn acknowledgement(
    State(city): State<City>,
    citizen: Citizen,
    Path(transaction_id): Path<TransactionId>,
) -> Result<Json<Acknowledgement>, Refusal> {
    city.store
        .read(move |tx| {
            let Some(row) = received(tx, &citizen.citizen_id, transaction_id)? else {
                return done_for_another(tx, &citizen, transaction_id);
            };
            let record = record::find_of(tx, &citizen.citizen_id, row.parse(0)?)?;
            let case = record.ok_or_else(Refusal::not_found)?.case;
            Ok(Json(Acknowledgement { receipt: row.text(1)?, case }))
        })
        .await
}

/// What this citizen filed for somebody else, as it was answered then: how the case stands now is not theirs to see once
/// their mandate is over.
fn done_for_another(
    tx: &mut dyn Tx,
    citizen: &Citizen,
    transaction_id: TransactionId,
) -> Result<Json<Acknowledgement>, Refusal> {
    let row = tx.query_one(
        "SELECT kept.body FROM idempotency_keys AS kept
         JOIN (SELECT transaction_id FROM submissions UNION ALL SELECT transaction_id FROM supplements) AS done
           ON done.transaction_id = kept.idempotency_key
         WHERE kept.citizen_id = $1 AND kept.idempotency_key = $2",
        &[citizen.citizen_id.as_str().into(), transaction_id.to_string().into()],
    )?;
    Ok(Json(row.ok_or_else(Refusal::not_found)?.json(0)?))
}

fn received(
    tx: &mut dyn Tx,
    citizen_id: &str,
    transaction_id: TransactionId,
) -> Result<Option<Row>, Refusal> {
    let found = tx.query_one(
        "SELECT case_id, receipt FROM submissions WHERE citizen_id = $1 AND transaction_id = $2
         UNION ALL
         SELECT case_id, receipt FROM supplements WHERE citizen_id = $1 AND transaction_id = $2",
        &[citizen_id.into(), transaction_id.to_string().into()],
    )?;
    Ok(found)
}

/// Every case of the citizen, or of whom they act for as far as their mandate goes, oldest first.
#[utoipa::path(
    get, path = "/v1/cases", tag = "cases",
    responses(
        (status = 200, description = "The cases", body = CaseList),
        (status = 401, description = "Not signed in", body = Problem),
        (status = 403, description = "No mandate for it", body = Problem),
    ),
)]
pub async fn cases(
    State(city): State<City>,
    citizen: Citizen,
    on_behalf: OnBehalf,
) -> Result<Json<CaseList>, Refusal> {
    let at = city.clock.now();
    let work = move |tx: &mut dyn Tx| -> Result<CaseList, Refusal> {
        let whose = Whose::find(tx, &citizen, on_behalf, at)?;
        let mut cases = record::all_of(tx, &whose.citizen_id)?;
        cases.retain(|case| whose.may(&need(case)));
        let every = Text::new("全部办件", "All cases");
        whose.note(tx, ActKind::Read, &every, None, at)?;
        Ok(CaseList { cases })
    };
    // Looking at one's own cases leaves no trace.
    match on_behalf.0 {
        None => city.store.read(work).await.map(Json),
        Some(_) => city.store.write(work).await.map(Json),
    }
}

/// What it takes to look at a case.
fn need(case: &Case) -> Need<'_> {
    Need { acts: MandateActs::Read, service: &case.service_id, case: Some(case.case_id) }
}

/// One case.
#[utoipa::path(
    get, path = "/v1/cases/{case_id}", tag = "cases",
    params(("case_id" = CaseId, Path, description = "The case")),
    responses(
        (status = 200, description = "The case", body = Case),
        (status = 401, description = "Not signed in", body = Problem),
        (status = 403, description = "No mandate for it", body = Problem),
        (status = 404, description = "Not there, or not this citizen's", body = Problem),
    ),
)]
pub async fn case(
    State(city): State<City>,
    citizen: Citizen,
    on_behalf: OnBehalf,
    Path(case_id): Path<CaseId>,
) -> Result<Json<Case>, Refusal> {
    let at = city.clock.now();
    let work = move |tx: &mut dyn Tx| -> Result<Case, Refusal> {
        let whose = Whose::find(tx, &citizen, on_behalf, at)?;
        let found = record::find_of(tx, &whose.citizen_id, case_id)?;
        let case = found.ok_or_else(act::no_such_case)?.case;
        whose.check(&need(&case))?;
        whose.note(tx, ActKind::Read, &case.title, Some(case_id), at)?;
        Ok(case)
    };
    match on_behalf.0 {
        None => city.store.read(work).await.map(Json),
        Some(_) => city.store.write(work).await.map(Json),
    }
}
