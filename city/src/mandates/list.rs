//! `GET /v1/mandates`.

use axum::extract::State;
use citizen_api::mandate::MandateList;
use citizen_api::problem::Problem;

use super::record;
use crate::http::{Citizen, City, Json, Refusal};

/// Every mandate that the person has given or was given, oldest first.
#[utoipa::path(
    get, path = "/v1/mandates", tag = "mandates",
    responses(
        (status = 200, description = "The mandates", body = MandateList),
        (status = 401, description = "Not signed in", body = Problem),
    ),
)]
pub(super) async fn mandates(
    State(city): State<City>,
    citizen: Citizen,
) -> Result<Json<MandateList>, Refusal> {
    let mandates = city.store.read(move |tx| record::all_of(tx, &citizen.citizen_id)).await?;
    Ok(Json(MandateList { mandates }))
}
