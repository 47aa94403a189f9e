//! A parcel's next step by hand: `POST /v1/officer/deliveries/{delivery_id}/advance`. For towns whose carrier sends no
//! messages.

use axum::extract::State;
use citizen_api::delivery::{CarrierEvent, CarrierMessage, Delivery, DeliveryStatus};
use citizen_api::problem::Problem;
use citizen_api::{DeliveryId, Text};

use super::message::take;
use super::record::{self, DeliveryRecord};
use crate::http::{City, Json, Officer, Path, Refusal};

/// Moves a parcel one step on. One that is at the door, or kept back, stays where it is.
#[utoipa::path(
    post, path = "/v1/officer/deliveries/{delivery_id}/advance", tag = "officers",
    params(("delivery_id" = DeliveryId, Path, description = "The parcel")),
    responses(
        (status = 200, description = "The parcel as it now stands", body = Delivery),
        (status = 401, description = "No token", body = Problem),
        (status = 403, description = "Not an officer's token", body = Problem),
        (status = 404, description = "Not there", body = Problem),
    ),
)]
pub async fn advance(
    State(city): State<City>,
    _: Officer,
    Path(delivery_id): Path<DeliveryId>,
) -> Result<Json<Delivery>, Refusal> {
    let at = city.clock.now();
    city.store
        .write(move |tx| {
            let record = record::find(tx, delivery_id)?.ok_or_else(Refusal::not_found)?;
            let Some(what) = next(&record) else { return Ok(Json(record.delivery)) };
            let sequence = record.carrier_sequence.saturating_add(1);
            let tracking_number = record.delivery.tracking_number;
            let message_id = format!("by-hand-{tracking_number}-{sequence}");
            take(tx, &CarrierMessage { message_id, tracking_number, sequence, what, at }, at)?;
            let moved = record::find(tx, delivery_id)?.ok_or_else(Refusal::not_found)?;
            Ok(Json(moved.delivery))
        })
        .await
}

fn next(record: &DeliveryRecord) -> Option<CarrierEvent> {
    use DeliveryStatus::{
        AtCounter, Cancelled, Delivered, Failed, HandedOver, Held, OnTheWay, Prepared, Returning, Unknown,
    };
    let delivered = || CarrierEvent::Delivered {
        taken_by: Text::new("本人", "the person"),
        proof: format!("by-hand-{}", record.delivery.tracking_number),
    };
    match record.delivery.status {
        Prepared => Some(CarrierEvent::PickedUp),
        HandedOver | Failed => Some(CarrierEvent::OutForDelivery),
        OnTheWay | AtCounter | Returning => Some(delivered()),
        Held | Delivered | Cancelled | Unknown => None,
    }
}
