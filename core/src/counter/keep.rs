//! Keeping a booking's state.

use citizen_api::counter::Booking;
use rusqlite::Transaction;

use crate::Error;
use crate::mirror::{self, Kind};
use crate::store::Sealer;

/// Keeps a booking unless a newer copy of it is there. Says whether anything is new.
pub(crate) fn store(tx: &Transaction<'_>, sealer: &Sealer, booking: &Booking) -> Result<bool, Error> {
    let name = booking.booking_id.to_string();
    mirror::put_newer(tx, sealer, Kind::Booking, &name, booking, |booking| booking.revision)
}
