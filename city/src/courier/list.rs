//! The parcels under way: `GET /v1/officer/deliveries`.

use axum::extract::State;
use citizen_api::officer::DeliveryList;
use citizen_api::problem::Problem;

use super::record;
use crate::http::{City, Json, Officer, Refusal};

/// Parcels that are not at the door yet, oldest first, at most 500.
#[utoipa::path(
    get, path = "/v1/officer/deliveries", tag = "officers",
    responses(
        (status = 200, description = "The parcels", body = DeliveryList),
        (status = 401, description = "No token", body = Problem),
        (status = 403, description = "Not an officer's token", body = Problem),
    ),
)]
pub async fn list(State(city): State<City>, _: Officer) -> Result<Json<DeliveryList>, Refusal> {
    let deliveries = city.store.read(record::all_under_way).await?;
    Ok(Json(DeliveryList { deliveries }))
}
