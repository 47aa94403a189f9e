//! A round of the courier: hands over what is ready, takes what the carrier says, and asks after what nothing is heard
//! of. `POST /v1/officer/courier/run`.

use axum::extract::State;
use citizen_api::delivery::{CarrierMessage, CourierRound, DeliveryStatus, Taken};
use citizen_api::problem::Problem;
use jiff::{SignedDuration, Timestamp};

use super::carrier::{Carrier, Parcel, Simulated};
use super::message::take;
use super::record::{self, DeliveryRecord};
use super::step::{Said, step};
use crate::counters;
use crate::http::{City, Json, Officer, Refusal};
use crate::store::Tx;

/// How many parcels are looked at in one transaction.
const AT_ONCE: u32 = 200;

/// After how long a carrier that says nothing is asked.
const SILENCE: SignedDuration = SignedDuration::from_hours(48);

/// Makes a round.
#[utoipa::path(
    post, path = "/v1/officer/courier/run", tag = "officers",
    responses(
        (status = 200, description = "What it came to", body = CourierRound),
        (status = 401, description = "No token", body = Problem),
        (status = 403, description = "Not an officer's token", body = Problem),
    ),
)]
pub(super) async fn run_round(State(city): State<City>, _: Officer) -> Result<Json<CourierRound>, Refusal> {
    let at = city.clock.now();
    let (mut round, mut after) = (CourierRound::default(), String::new());
    loop {
        let from = after.clone();
        let (done, last) = city.store.write(move |tx| carry_some(tx, &Simulated, &from, at)).await?;
        add(&mut round, done);
        match last {
            Some(last) => after = last,
            None => return Ok(Json(round)),
        }
    }
}

/// Goes through some parcels; gives the name of the last, where there may be more.
pub(super) fn carry_some(
    tx: &mut dyn Tx,
    carrier: &dyn Carrier,
    after: &str,
    at: Timestamp,
) -> Result<(CourierRound, Option<String>), Refusal> {
    let mut round = CourierRound::default();
    let records = record::some_under_way(tx, after, AT_ONCE)?;
    for record in &records {
        match record.delivery.status {
            DeliveryStatus::Prepared => hand_over(tx, record, at, &mut round)?,
            _ => listen(tx, carrier, record, at, &mut round)?,
        }
    }
    let more = records.len() >= AT_ONCE as usize;
    let last = records.last().filter(|_| more).map(|record| record.delivery.delivery_id.to_string());
    Ok((round, last))
}

fn hand_over(
    tx: &mut dyn Tx,
    record: &DeliveryRecord,
    at: Timestamp,
    round: &mut CourierRound,
) -> Result<(), Refusal> {
    tx.execute(
        "UPDATE deliveries SET heard_at = $2 WHERE delivery_id = $1",
        &[record.delivery.delivery_id.to_string().into(), at.into()],
    )?;
    step(tx, record, DeliveryStatus::HandedOver, &Said::default(), at)?;
    round.handed_over += 1;
    Ok(())
}

/// Takes what has arrived; asks the carrier where nothing has for long.
fn listen(
    tx: &mut dyn Tx,
    carrier: &dyn Carrier,
    record: &DeliveryRecord,
    at: Timestamp,
    round: &mut CourierRound,
) -> Result<(), Refusal> {
    let handed = record.delivery.events.iter().find(|event| event.status == DeliveryStatus::HandedOver);
    let Some(handed) = handed else { return Ok(()) };
    let counter_id = counters::of_resident(tx, &record.citizen_id)?;
    let parcel = Parcel { tracking_number: &record.delivery.tracking_number, since: handed.at, counter_id };
    let heard = carrier.heard(&parcel, at);
    take_all(tx, &heard, at, round)?;
    let last: Timestamp = record.heard_at.parse().unwrap_or(handed.at);
    let now = record::find(tx, record.delivery.delivery_id)?;
    let still_silent = now.is_some_and(|now| now.heard_at == record.heard_at);
    if still_silent && at.duration_since(last) >= SILENCE {
        round.traced += 1;
        take_all(tx, &carrier.trace(&parcel, at), at, round)?;
    }
    Ok(())
}

fn take_all(
    tx: &mut dyn Tx,
    messages: &[CarrierMessage],
    at: Timestamp,
    round: &mut CourierRound,
) -> Result<(), Refusal> {
    for message in messages {
        match take(tx, message, at)? {
            Taken::Moved => round.moved += 1,
            Taken::Repeated => round.repeated += 1,
            Taken::Late => round.late += 1,
        }
    }
    Ok(())
}

fn add(round: &mut CourierRound, done: CourierRound) {
    round.handed_over += done.handed_over;
    round.moved += done.moved;
    round.repeated += done.repeated;
    round.late += done.late;
    round.traced += done.traced;
}
