//! A parcel with the result of a case.

use citizen_api::changes::Change;
use citizen_api::delivery::{DeliverTo, DeliveryStatus};
use citizen_api::{DeliveryId, Text};
use jiff::Timestamp;

use super::record;
use super::redirect::address;
use crate::changes;
use crate::store::{StoreError, Tx};
use crate::words::word;

/// Opens a parcel, and tells the citizen's phones.
pub fn open(
    tx: &mut dyn Tx,
    citizen_id: &str,
    content: &Text,
    to: &DeliverTo,
    at: Timestamp,
) -> Result<DeliveryId, StoreError> {
    let delivery_id = DeliveryId::generate();
    let status = word(&DeliveryStatus::Prepared)?;
    tx.execute(
        "INSERT INTO deliveries (citizen_id, delivery_id, content_zh, content_en, address, status, revision,
             tracking_number, opened_at)
         SELECT citizen_id, $2, $3, $4, address, $5, 1, $6, $7 FROM residents WHERE citizen_id = $1",
        &[
            citizen_id.into(),
            delivery_id.to_string().into(),
            (&content.zh).into(),
            (&content.en).into(),
            status.clone(),
            format!("YW{:X}", delivery_id.0.as_simple()).into(),
            at.into(),
        ],
    )?;
    tx.execute(
        "INSERT INTO delivery_events (citizen_id, delivery_id, sequence, status, at)
         VALUES ($1, $2, 1, $3, $4)",
        &[citizen_id.into(), delivery_id.to_string().into(), status, at.into()],
    )?;
    if *to != DeliverTo::Registered {
        address(tx, citizen_id, delivery_id, to)?;
    }
    if let Some(opened) = record::find(tx, delivery_id)? {
        changes::append(tx, citizen_id, &Change::Delivery(opened.delivery))?;
    }
    Ok(delivery_id)
}
