//! What a carrier says of a parcel: `POST /v1/officer/carrier/messages`.
//!
//! Carriers repeat themselves, lose messages and bring them out of order. A message is known by its name; of those of a
//! parcel the one with the highest place counts, so a parcel never moves back.

use axum::extract::State;
use citizen_api::Text;
use citizen_api::delivery::{CarrierEvent, CarrierMessage, DeliveryStatus, MessageTaken, Taken};
use citizen_api::problem::{Problem, ProblemType};
use jiff::Timestamp;

use super::record;
use super::step::{Said, step};
use crate::counters;
use crate::http::{City, Json, Officer, Refusal};
use crate::store::{Tx, Value};

/// Takes a carrier's message.
#[utoipa::path(
    post, path = "/v1/officer/carrier/messages", tag = "officers", request_body = CarrierMessage,
    responses(
        (status = 200, description = "Taken, now or before", body = MessageTaken),
        (status = 400, description = "Unreadable", body = Problem),
        (status = 401, description = "No token", body = Problem),
        (status = 403, description = "Not an officer's token", body = Problem),
        (status = 404, description = "No parcel of that number, or no such counter", body = Problem),
        (status = 422, description = "Without a name or a place", body = Problem),
    ),
)]
pub(super) async fn take_message(
    State(city): State<City>,
    _: Officer,
    Json(message): Json<CarrierMessage>,
) -> Result<Json<MessageTaken>, Refusal> {
    let at = city.clock.now();
    let taken = city.store.write(move |tx| take(tx, &message, at)).await?;
    Ok(Json(MessageTaken { taken }))
}

/// Takes a message, once.
pub(super) fn take(tx: &mut dyn Tx, message: &CarrierMessage, at: Timestamp) -> Result<Taken, Refusal> {
    let named = (1..=100).contains(&message.message_id.len()) && message.sequence > 0;
    if !named {
        return Err(Refusal::new(
            ProblemType::InvalidAnswer,
            "快递消息要有编号（1 到 100 个字符）和从 1 起的序号。",
            "A carrier's message needs a name of 1 to 100 characters and a place, counted from 1.",
        ));
    }
    let record = record::find_tracked(tx, &message.tracking_number)?.ok_or_else(Refusal::not_found)?;
    let (status, note, proof) = read(&message.what)?;
    let kept = tx.execute(
        "INSERT INTO carrier_messages (message_id, tracking_number, sequence, message, received_at)
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT (message_id) DO NOTHING",
        &[
            (&message.message_id).into(),
            (&message.tracking_number).into(),
            message.sequence.into(),
            Value::json(message)?,
            at.into(),
        ],
    )?;
    if kept == 0 {
        return Ok(Taken::Repeated);
    }
    if record.delivery.status.is_final() || message.sequence <= record.carrier_sequence {
        return Ok(Taken::Late);
    }
    tx.execute(
        "UPDATE deliveries SET carrier_sequence = $2, heard_at = $3 WHERE delivery_id = $1",
        &[record.delivery.delivery_id.to_string().into(), message.sequence.into(), at.into()],
    )?;
    step(tx, &record, status, &Said { note: note.as_ref(), proof }, at)?;
    Ok(Taken::Moved)
}

/// What an event makes of a parcel, what is said of it, and the carrier's proof.
fn read(event: &CarrierEvent) -> Result<(DeliveryStatus, Option<Text>, &str), Refusal> {
    Ok(match event {
        CarrierEvent::PickedUp => (DeliveryStatus::HandedOver, None, ""),
        CarrierEvent::OutForDelivery => (DeliveryStatus::OnTheWay, None, ""),
        CarrierEvent::Failed { reason } => (DeliveryStatus::Failed, Some(reason.clone()), ""),
        CarrierEvent::Returning { reason } => (DeliveryStatus::Returning, Some(reason.clone()), ""),
        CarrierEvent::AtCounter { counter_id } => {
            let counter = counters::find(counter_id).ok_or_else(Refusal::not_found)?;
            let place = Text::new(
                format!("在{}，带身份证来取。{}", counter.title.zh, counter.address.zh),
                format!("At the {}; fetch it with your ID card. {}", counter.title.en, counter.address.en),
            );
            (DeliveryStatus::AtCounter, Some(place), "")
        }
        CarrierEvent::Delivered { taken_by, proof } => {
            let taken = Text::new(format!("签收人：{}", taken_by.zh), format!("Taken by {}", taken_by.en));
            (DeliveryStatus::Delivered, Some(taken), proof.as_str())
        }
    })
}
