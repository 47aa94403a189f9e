//! Keeping what was found.

use citizen_api::offer::Offer;
use rusqlite::Transaction;

use crate::Error;
use crate::mirror::{self, Kind};
use crate::store::Sealer;

/// Keeps an offer unless a newer copy of it is there. Says whether anything is new.
pub(crate) fn store(tx: &Transaction<'_>, sealer: &Sealer, offer: &Offer) -> Result<bool, Error> {
    let name = offer.offer_id.to_string();
    mirror::put_newer(tx, sealer, Kind::Offer, &name, offer, |offer| offer.revision)
}
