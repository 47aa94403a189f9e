//! What whoever supervises the offices reads: `GET /v1/officer/supervision`.

use axum::extract::State;
use citizen_api::officer_evidence::{ForbiddenRequest, SupervisionList};
use citizen_api::problem::Problem;

use crate::http::{City, Json, Officer, Refusal};
use crate::store::{Row, StoreError, Tx};
use crate::words::read_text;

/// The requests for evidence that were refused because nobody may ask a citizen for it, newest first, at most 500.
#[utoipa::path(
    get, path = "/v1/officer/supervision", tag = "officers",
    responses(
        (status = 200, description = "The attempts", body = SupervisionList),
        (status = 401, description = "No token", body = Problem),
        (status = 403, description = "Not an officer's token", body = Problem),
    ),
)]
pub(super) async fn supervision(
    State(city): State<City>,
    _: Officer,
) -> Result<Json<SupervisionList>, Refusal> {
    let work = |tx: &mut dyn Tx| -> Result<SupervisionList, StoreError> {
        let rows = tx.query(
            "SELECT requested_at, department, department_en, officer, officer_en, case_id, requirement_id,
                    title_zh, title_en, way, ground_zh, ground_en
             FROM forbidden_requests ORDER BY requested_at DESC, request_id DESC LIMIT 500",
            &[],
        )?;
        Ok(SupervisionList { attempts: rows.iter().map(attempt).collect::<Result<_, _>>()? })
    };
    Ok(Json(city.store.read(work).await?))
}

fn attempt(row: &Row) -> Result<ForbiddenRequest, StoreError> {
    Ok(ForbiddenRequest {
        requested_at: row.parse(0)?,
        department: read_text(row, 1)?,
        officer: read_text(row, 3)?,
        case_id: row.parse(5)?,
        requirement_id: row.text(6)?.as_str().into(),
        title: read_text(row, 7)?,
        way: row.text(9)?,
        ground: read_text(row, 10)?,
    })
}
