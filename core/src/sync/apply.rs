//! Applying changes, each by its revision.

use citizen_api::changes::Change;
use citizen_api::credential::CredentialOffer;
use rusqlite::Transaction;

use super::SyncReport;
use crate::mirror::{self, Kind};
use crate::store::Sealer;
use crate::{Error, case, counter, delivery, insurance, mandate, offer};

/// Applies changes in the city's order and counts in the report what is new by them.
pub(crate) fn apply(
    tx: &Transaction<'_>,
    sealer: &Sealer,
    changes: &[Change],
    report: &mut SyncReport,
) -> Result<(), Error> {
    for change in changes {
        let (is_new, count) = match change {
            Change::Case(body) => (case::store(tx, sealer, body)?, &mut report.cases),
            Change::Insurance(body) => (insurance::store(tx, sealer, body)?, &mut report.insurance),
            Change::Credential(body) => (store_offer(tx, sealer, body)?, &mut report.credentials),
            Change::Delivery(body) => (delivery::store(tx, sealer, body)?, &mut report.deliveries),
            Change::Mandate(body) => (mandate::store(tx, sealer, body)?, &mut report.mandates),
            Change::MandateAct(body) => (mandate::store_act(tx, sealer, body)?, &mut report.mandates),
            Change::Offer(body) => (offer::store(tx, sealer, body)?, &mut report.offers),
            Change::Booking(body) => (counter::store(tx, sealer, body)?, &mut report.bookings),
            Change::Unknown => continue,
        };
        *count += usize::from(is_new);
    }
    Ok(())
}

/// Keeps what the city says of a card. An offer has no revision: the city's order decides, and this is later.
fn store_offer(tx: &Transaction<'_>, sealer: &Sealer, offer: &CredentialOffer) -> Result<bool, Error> {
    let name = offer.credential_id.to_string();
    let kept = mirror::get::<CredentialOffer>(tx, sealer, Kind::CredentialOffer, &name)?;
    let is_new = kept.is_none_or(|kept| kept.document != *offer);
    if is_new {
        mirror::put(tx, sealer, Kind::CredentialOffer, &name, offer)?;
    }
    Ok(is_new)
}
