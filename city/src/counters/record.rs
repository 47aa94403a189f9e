//! A booking as it is shown: put together from its row and the counter's.

use citizen_api::changes::Change;
use citizen_api::counter::Booking;
use citizen_api::{BookingId, CounterId, ServiceId, Text};

use super::data;
use crate::changes;
use crate::http::Refusal;
use crate::store::{Row, Tx};
use crate::words::{read_text, read_word};

pub(super) const COLUMNS: &str = "made.citizen_id, made.booking_id, made.counter_id, made.service_id,
    made.service_zh, made.service_en, made.day, made.at, made.status, made.revision";

/// The booking of that name, and whose it is.
pub(super) fn find(tx: &mut dyn Tx, booking_id: BookingId) -> Result<Option<(String, Booking)>, Refusal> {
    let sql = format!("SELECT {COLUMNS} FROM bookings AS made WHERE made.booking_id = $1");
    let row = tx.query_one(&sql, &[booking_id.to_string().into()])?;
    row.map(|row| Ok((row.text(0)?, read(&row)?))).transpose()
}

/// Tells the citizen's phones of a booking as it now stands, and gives that.
pub(super) fn publish(tx: &mut dyn Tx, booking_id: BookingId) -> Result<Change, Refusal> {
    let (citizen_id, booking) = find(tx, booking_id)?.ok_or_else(Refusal::not_found)?;
    let change = Change::Booking(booking);
    changes::append(tx, &citizen_id, &change)?;
    Ok(change)
}

/// Reads a row of [`COLUMNS`]. A counter that is no longer there is called by its name in programs.
pub(super) fn read(row: &Row) -> Result<Booking, Refusal> {
    let counter_id = CounterId(row.text(2)?);
    let counter = data::find(&counter_id);
    let own = || Text::new(counter_id.as_str(), counter_id.as_str());
    Ok(Booking {
        booking_id: row.parse(1)?,
        counter: counter.map_or_else(own, |counter| counter.title.clone()),
        address: counter.map(|counter| counter.address.clone()).unwrap_or_default(),
        service_id: ServiceId(row.text(3)?),
        service: read_text(row, 4)?,
        day: row.parse(6)?,
        at: row.parse(7)?,
        status: read_word(row, 8)?,
        revision: row.number(9)?,
        counter_id,
    })
}
