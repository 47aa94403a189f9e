//! Keeping a parcel's state.

use citizen_api::delivery::Delivery;
use rusqlite::Transaction;

use crate::Error;
use crate::mirror::{self, Kind};
use crate::store::Sealer;

/// Keeps a parcel unless a newer copy of it is there. Says whether anything is new.
pub(crate) fn store(tx: &Transaction<'_>, sealer: &Sealer, delivery: &Delivery) -> Result<bool, Error> {
    let name = delivery.delivery_id.to_string();
    let kept = mirror::get::<Delivery>(tx, sealer, Kind::Delivery, &name)?;
    let is_new = kept.as_ref().is_none_or(|kept| kept.document.revision < delivery.revision);
    if is_new {
        mirror::put(tx, sealer, Kind::Delivery, &name, delivery)?;
    }
    Ok(is_new)
}
