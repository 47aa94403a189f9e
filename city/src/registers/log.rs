//! `GET /v1/register-log`: who read this person's records, and what for.

use axum::extract::State;
use citizen_api::problem::Problem;
use citizen_api::register::{RegisterLog, RegisterRead};
use citizen_api::{RegisterId, Text};

use crate::http::{Citizen, City, Json, Refusal};
use crate::store::{Row, StoreError, Tx};

/// Every reading of this person's records, newest first, at most 100.
#[utoipa::path(
    get,
    path = "/v1/register-log",
    tag = "registers",
    responses((status = 200, body = RegisterLog), (status = 401, body = Problem))
)]
pub(super) async fn list_reads(
    State(city): State<City>,
    citizen: Citizen,
) -> Result<Json<RegisterLog>, Refusal> {
    let work = move |tx: &mut dyn Tx| -> Result<RegisterLog, StoreError> {
        let rows = tx.query(
            "SELECT register, requester_zh, requester_en, purpose_zh, purpose_en, read_at FROM register_reads
             WHERE citizen_id = $1 ORDER BY read_id DESC LIMIT 100",
            &[citizen.citizen_id.into()],
        )?;
        Ok(RegisterLog { entries: rows.iter().map(entry).collect::<Result<_, _>>()? })
    };
    Ok(Json(city.store.read(work).await?))
}

fn entry(row: &Row) -> Result<RegisterRead, StoreError> {
    Ok(RegisterRead {
        register: RegisterId(row.text(0)?),
        requester: Text::new(row.text(1)?, row.text(2)?),
        purpose: Text::new(row.text(3)?, row.text(4)?),
        at: row.parse(5)?,
    })
}
