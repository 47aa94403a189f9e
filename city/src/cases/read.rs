//! What a citizen reads: `GET /v1/submissions/{transaction_id}`, `GET /v1/cases`, `GET /v1/cases/{case_id}`.

use axum::extract::State;
use citizen_api::case::Case;
use citizen_api::officer::CaseList;
use citizen_api::problem::Problem;
use citizen_api::submission::Acknowledgement;
use citizen_api::{CaseId, TransactionId};

use super::{act, record};
use crate::http::{Citizen, City, Json, Path, Refusal};
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
            let row = received(tx, &citizen.citizen_id, transaction_id)?.ok_or_else(Refusal::not_found)?;
            let record = record::find_of(tx, &citizen.citizen_id, row.parse(0)?)?;
            let case = record.ok_or_else(Refusal::not_found)?.case;
            Ok(Json(Acknowledgement { receipt: row.text(1)?, case }))
        })
        .await
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

/// Every case of the citizen, oldest first.
#[utoipa::path(
    get, path = "/v1/cases", tag = "cases",
    responses(
        (status = 200, description = "The cases", body = CaseList),
        (status = 401, description = "Not signed in", body = Problem),
    ),
)]
pub async fn cases(State(city): State<City>, citizen: Citizen) -> Result<Json<CaseList>, Refusal> {
    let cases = city.store.read(move |tx| record::all_of(tx, &citizen.citizen_id)).await?;
    Ok(Json(CaseList { cases }))
}

/// One case.
#[utoipa::path(
    get, path = "/v1/cases/{case_id}", tag = "cases",
    params(("case_id" = CaseId, Path, description = "The case")),
    responses(
        (status = 200, description = "The case", body = Case),
        (status = 401, description = "Not signed in", body = Problem),
        (status = 404, description = "Not there, or not this citizen's", body = Problem),
    ),
)]
pub async fn case(
    State(city): State<City>,
    citizen: Citizen,
    Path(case_id): Path<CaseId>,
) -> Result<Json<Case>, Refusal> {
    let found = city.store.read(move |tx| record::find_of(tx, &citizen.citizen_id, case_id)).await?;
    found.map(|record| Json(record.case)).ok_or_else(act::no_such_case)
}
