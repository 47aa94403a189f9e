//! `GET /v1/officer/residents`: the residents, for demonstrations and tests.

use axum::extract::{Query, State};
use citizen_api::officer::{Resident, ResidentList};
use citizen_api::problem::Problem;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::http::{City, Json, Officer, Refusal};
use crate::store::{Row, StoreError, Tx};

/// How many residents a page has.
const PAGE: u32 = 100;

/// Which page.
#[derive(Deserialize, IntoParams)]
pub(super) struct PageQuery {
    /// The page, counted from 0.
    #[serde(default)]
    page: u32,
}

/// A page of the residents, by ID number.
#[utoipa::path(
    get,
    path = "/v1/officer/residents",
    tag = "officer",
    params(PageQuery),
    responses((status = 200, body = ResidentList), (status = 403, body = Problem))
)]
pub(super) async fn list_residents(
    State(city): State<City>,
    _officer: Officer,
    query: Result<Query<PageQuery>, axum::extract::rejection::QueryRejection>,
) -> Result<Json<ResidentList>, Refusal> {
    let Query(PageQuery { page }) = query.map_err(|_| Refusal::malformed())?;
    let work = move |tx: &mut dyn Tx| -> Result<ResidentList, StoreError> {
        let rows = tx.query(
            "SELECT r.id_number, r.name, r.birth_date, r.address, a.citizen_id FROM residents r
             LEFT JOIN insurance_accounts a ON a.citizen_id = r.citizen_id
             ORDER BY r.id_number LIMIT $1 OFFSET $2",
            &[(PAGE + 1).into(), (u64::from(page) * u64::from(PAGE)).into()],
        )?;
        let mut residents = rows.iter().map(resident).collect::<Result<Vec<_>, _>>()?;
        let more = residents.len() > PAGE as usize;
        residents.truncate(PAGE as usize);
        Ok(ResidentList { residents, more })
    };
    Ok(Json(city.store.read(work).await?))
}

fn resident(row: &Row) -> Result<Resident, StoreError> {
    Ok(Resident {
        id_number: row.text(0)?,
        name: row.text(1)?,
        birth_date: row.parse(2)?,
        address: row.text(3)?,
        insured: row.optional_text(4)?.is_some(),
    })
}
