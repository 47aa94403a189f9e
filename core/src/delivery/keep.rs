//! Keeping a parcel's state.

use citizen_api::delivery::Delivery;
use rusqlite::Transaction;

use crate::Error;
use crate::mirror::{self, Kind};
use crate::store::Sealer;

/// Keeps a parcel unless a newer copy of it is there. Says whether anything is new.
pub(crate) fn store(tx: &Transaction<'_>, sealer: &Sealer, delivery: &Delivery) -> Result<bool, Error> {
    let name = delivery.delivery_id.to_string();
    mirror::put_newer(tx, sealer, Kind::Delivery, &name, delivery, |delivery| delivery.revision)
}
