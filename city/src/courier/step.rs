//! A parcel's steps: each is an event, a revision and a change for the phones, together.

use citizen_api::changes::Change;
use citizen_api::delivery::{Delivery, DeliveryStatus};
use citizen_api::{DeliveryId, Text};
use jiff::Timestamp;

use super::record::{self, DeliveryRecord};
use crate::changes;
use crate::http::Refusal;
use crate::store::{StoreError, Tx};
use crate::words::word;

/// What a step says beside the status.
#[derive(Default)]
pub(super) struct Said<'a> {
    /// For the citizen.
    pub(super) note: Option<&'a Text>,
    /// The carrier's name for its proof that it handed the parcel over.
    pub(super) proof: &'a str,
}

/// Moves a parcel, and tells its citizen.
pub(super) fn step(
    tx: &mut dyn Tx,
    record: &DeliveryRecord,
    status: DeliveryStatus,
    said: &Said<'_>,
    at: Timestamp,
) -> Result<Delivery, StoreError> {
    let (citizen_id, delivery_id) = (&record.citizen_id, record.delivery.delivery_id);
    tx.execute(
        "UPDATE deliveries SET status = $3, revision = revision + 1
         WHERE citizen_id = $1 AND delivery_id = $2",
        &[citizen_id.into(), delivery_id.to_string().into(), word(&status)?],
    )?;
    let sequence = u64::try_from(record.delivery.events.len()).unwrap_or(u64::MAX).saturating_add(1);
    let nothing = Text::default();
    let note = said.note.unwrap_or(&nothing);
    tx.execute(
        "INSERT INTO delivery_events (citizen_id, delivery_id, sequence, status, at, note_zh, note_en, proof)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        &[
            citizen_id.into(),
            delivery_id.to_string().into(),
            sequence.into(),
            word(&status)?,
            at.into(),
            (&note.zh).into(),
            (&note.en).into(),
            said.proof.into(),
        ],
    )?;
    publish(tx, record)
}

/// Tells a parcel's citizen how it stands.
pub(super) fn publish(tx: &mut dyn Tx, record: &DeliveryRecord) -> Result<Delivery, StoreError> {
    let now = record::find(tx, record.delivery.delivery_id)?;
    let now = now.map_or_else(|| record.delivery.clone(), |now| now.delivery);
    changes::append(tx, &record.citizen_id, &Change::Delivery(now.clone()))?;
    Ok(now)
}

/// Keeps a parcel back while something is looked into. One that the courier has goes on.
pub(crate) fn hold(
    tx: &mut dyn Tx,
    delivery_id: DeliveryId,
    why: &Text,
    at: Timestamp,
) -> Result<Option<Change>, Refusal> {
    from(tx, delivery_id, &[DeliveryStatus::Prepared], DeliveryStatus::Held, why, at)
}

/// Sends a parcel on that was kept back.
pub(crate) fn release(
    tx: &mut dyn Tx,
    delivery_id: DeliveryId,
    at: Timestamp,
) -> Result<Option<Change>, Refusal> {
    let why = Text::new("核实完了，接着寄", "It was looked into and is sent on");
    from(tx, delivery_id, &[DeliveryStatus::Held], DeliveryStatus::Prepared, &why, at)
}

/// Does not send a parcel that the courier does not have yet.
pub(crate) fn cancel(
    tx: &mut dyn Tx,
    delivery_id: DeliveryId,
    why: &Text,
    at: Timestamp,
) -> Result<Option<Change>, Refusal> {
    let here = [DeliveryStatus::Prepared, DeliveryStatus::Held];
    from(tx, delivery_id, &here, DeliveryStatus::Cancelled, why, at)
}

/// Moves a parcel from one of several statuses; does nothing where it stands in another.
fn from(
    tx: &mut dyn Tx,
    delivery_id: DeliveryId,
    statuses: &[DeliveryStatus],
    to: DeliveryStatus,
    why: &Text,
    at: Timestamp,
) -> Result<Option<Change>, Refusal> {
    let record = record::find(tx, delivery_id)?.ok_or_else(Refusal::not_found)?;
    if !statuses.contains(&record.delivery.status) {
        return Ok(None);
    }
    let said = Said { note: Some(why), proof: "" };
    Ok(Some(Change::Delivery(step(tx, &record, to, &said, at)?)))
}
