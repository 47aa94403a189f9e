//! What officers read: `GET /v1/officer/cases` and `GET /v1/officer/cases/{case_id}`.

use axum::extract::State;
use citizen_api::CaseId;
use citizen_api::case::{Case, CaseStatus};
use citizen_api::officer::CaseList;
use citizen_api::problem::Problem;
use serde::Deserialize;

use crate::cases::{act, record};
use crate::http::{City, Json, Officer, Path, Query, Refusal};

/// Which cases.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Filter {
    status: Option<CaseStatus>,
}

/// The cases of the office, oldest first, at most 500.
#[utoipa::path(
    get, path = "/v1/officer/cases", tag = "officers",
    params(("status" = Option<CaseStatus>, Query, description = "Only cases in this status")),
    responses(
        (status = 200, description = "The cases", body = CaseList),
        (status = 400, description = "Not a status", body = Problem),
        (status = 401, description = "No token", body = Problem),
        (status = 403, description = "Not an officer's token", body = Problem),
    ),
)]
pub async fn cases(
    State(city): State<City>,
    _: Officer,
    Query(filter): Query<Filter>,
) -> Result<Json<CaseList>, Refusal> {
    if filter.status == Some(CaseStatus::Unknown) {
        return Err(Refusal::malformed());
    }
    let cases = city.store.read(move |tx| record::all_in(tx, filter.status)).await?;
    Ok(Json(CaseList { cases }))
}

/// One case.
#[utoipa::path(
    get, path = "/v1/officer/cases/{case_id}", tag = "officers",
    params(("case_id" = CaseId, Path, description = "The case")),
    responses(
        (status = 200, description = "The case", body = Case),
        (status = 401, description = "No token", body = Problem),
        (status = 403, description = "Not an officer's token", body = Problem),
        (status = 404, description = "Not there", body = Problem),
    ),
)]
pub async fn case(
    State(city): State<City>,
    _: Officer,
    Path(case_id): Path<CaseId>,
) -> Result<Json<Case>, Refusal> {
    let found = city.store.read(move |tx| record::find(tx, case_id)).await?;
    found.map(|record| Json(record.case)).ok_or_else(act::no_such_case)
}
