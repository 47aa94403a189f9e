//! A parcel's next step: `POST /v1/officer/deliveries/{delivery_id}/advance`.

use axum::extract::State;
use citizen_api::DeliveryId;
use citizen_api::changes::Change;
use citizen_api::delivery::{Delivery, DeliveryStatus};
use citizen_api::problem::Problem;
use jiff::Timestamp;

use super::record::{self, DeliveryRecord};
use crate::changes;
use crate::http::{City, Json, Officer, Path, Refusal};
use crate::store::{StoreError, Tx};
use crate::words::word;

/// Moves a parcel one step on. One that is at the door stays there.
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
            match next(record.delivery.status) {
                Some(status) => step(tx, &record, status, at).map(Json).map_err(Refusal::from),
                None => Ok(Json(record.delivery)),
            }
        })
        .await
}

fn next(status: DeliveryStatus) -> Option<DeliveryStatus> {
    match status {
        DeliveryStatus::Prepared => Some(DeliveryStatus::HandedOver),
        DeliveryStatus::HandedOver => Some(DeliveryStatus::OnTheWay),
        DeliveryStatus::OnTheWay => Some(DeliveryStatus::Delivered),
        DeliveryStatus::Delivered | DeliveryStatus::Unknown => None,
    }
}

fn step(
    tx: &mut dyn Tx,
    record: &DeliveryRecord,
    status: DeliveryStatus,
    at: Timestamp,
) -> Result<Delivery, StoreError> {
    let (citizen_id, delivery_id) = (&record.citizen_id, record.delivery.delivery_id);
    tx.execute(
        "UPDATE deliveries SET status = $3, revision = revision + 1
         WHERE citizen_id = $1 AND delivery_id = $2",
        &[citizen_id.into(), delivery_id.to_string().into(), word(&status)?],
    )?;
    let sequence = u64::try_from(record.delivery.events.len()).unwrap_or(u64::MAX).saturating_add(1);
    tx.execute(
        "INSERT INTO delivery_events (citizen_id, delivery_id, sequence, status, at)
         VALUES ($1, $2, $3, $4, $5)",
        &[citizen_id.into(), delivery_id.to_string().into(), sequence.into(), word(&status)?, at.into()],
    )?;
    let moved = record::find(tx, delivery_id)?.map_or(record.delivery.clone(), |moved| moved.delivery);
    changes::append(tx, citizen_id, &Change::Delivery(moved.clone()))?;
    Ok(moved)
}
