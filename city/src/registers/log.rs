//! `GET /v1/register-log`: who read this person's records, and what for.

use axum::extract::State;
use citizen_api::problem::Problem;
use citizen_api::register::{RegisterLog, RegisterRead};
use citizen_api::{RegisterId, ServiceId};
use serde::Deserialize;

use super::{described, title};
use crate::http::{Citizen, City, Json, Query, Refusal};
use crate::store::{Row, StoreError, Tx};
use crate::words::read_text;

/// How many readings a page has.
const PAGE: u32 = 100;

const COLUMNS: &str = "SELECT sequence, register, items, requester_zh, requester_en, purpose_zh, purpose_en,
    ground_zh, ground_en, service_id, case_id, read_at, previous, sha256 FROM register_log WHERE citizen_id = $1";

/// Which page.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct From {
    #[serde(default)]
    after: u64,
}

/// The readings of this person's records after a place, oldest first.
#[utoipa::path(
    get,
    path = "/v1/register-log",
    tag = "registers",
    params(("after" = Option<u64>, Query, description = "The place of the last reading that is known; 0 for none")),
    responses(
        (status = 200, description = "At most 100 readings", body = RegisterLog),
        (status = 400, description = "Not a place", body = Problem),
        (status = 401, description = "Not signed in", body = Problem),
    )
)]
pub(super) async fn list_reads(
    State(city): State<City>,
    citizen: Citizen,
    Query(From { after }): Query<From>,
) -> Result<Json<RegisterLog>, Refusal> {
    let work = move |tx: &mut dyn Tx| -> Result<RegisterLog, StoreError> {
        let citizen = citizen.citizen_id.as_str();
        let sql = format!("{COLUMNS} AND sequence > $2 ORDER BY sequence LIMIT $3");
        let rows = tx.query(&sql, &[citizen.into(), after.into(), PAGE.into()])?;
        let last = tx.query_one(
            "SELECT COALESCE(MAX(sequence), 0) FROM register_log WHERE citizen_id = $1",
            &[citizen.into()],
        )?;
        let last = last.map_or(Ok(0), |row| row.number(0))?;
        Ok(RegisterLog { entries: rows.iter().map(entry).collect::<Result<_, _>>()?, last })
    };
    Ok(Json(city.store.read(work).await?))
}

/// One reading of a person's records, by its place.
pub(crate) fn reading(
    tx: &mut dyn Tx,
    citizen_id: &str,
    sequence: u64,
) -> Result<Option<RegisterRead>, StoreError> {
    let row = tx.query_one(&format!("{COLUMNS} AND sequence = $2"), &[citizen_id.into(), sequence.into()])?;
    row.map(|row| entry(&row)).transpose()
}

fn entry(row: &Row) -> Result<RegisterRead, StoreError> {
    let register = RegisterId(row.text(1)?);
    let (items, service_id, case_id) = (row.text(2)?, row.text(9)?, row.text(10)?);
    Ok(RegisterRead {
        sequence: row.number(0)?,
        title: title(&register),
        items: described::items(&register, items.split(',').filter(|item| !item.is_empty())),
        register,
        requester: read_text(row, 3)?,
        purpose: read_text(row, 5)?,
        legal_ground: read_text(row, 7)?,
        service_id: (!service_id.is_empty()).then_some(ServiceId(service_id)),
        case_id: if case_id.is_empty() { None } else { Some(row.parse(10)?) },
        at: row.parse(11)?,
        previous: row.text(12)?,
        sha256: row.text(13)?,
    })
}
