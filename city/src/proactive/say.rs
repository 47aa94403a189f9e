//! What a citizen says to what the city has found for them: that they do not want it, or that it is wrong.

use citizen_api::changes::Change;
use citizen_api::offer::{Offer, OfferStatus};
use citizen_api::problem::ProblemType;
use citizen_api::{OfferId, Text};
use jiff::Timestamp;

use super::{record, rules};
use crate::http::Refusal;
use crate::store::{StoreError, Tx};
use crate::words::word;
use crate::{courier, credentials};

/// The longest that a citizen can say, in characters.
const LONGEST_NOTE: usize = 2000;

/// Declines an offer: what was made is taken back, and the rule never finds this person for this occasion again.
pub(crate) fn decline(
    tx: &mut dyn Tx,
    citizen_id: &str,
    offer_id: OfferId,
    at: Timestamp,
) -> Result<Vec<Change>, Refusal> {
    let offer = open(tx, citizen_id, offer_id)?;
    if !offer.can_decline {
        return Err(cannot_decline());
    }
    move_to(tx, citizen_id, offer_id, OfferStatus::Declined)?;
    take_back(tx, citizen_id, &offer, &Text::new("您不要了", "You declined it"), at)
}

/// Disputes an offer: what is under way stops until an office has looked.
pub(crate) fn dispute(
    tx: &mut dyn Tx,
    citizen_id: &str,
    offer_id: OfferId,
    note: &str,
    at: Timestamp,
) -> Result<Vec<Change>, Refusal> {
    if note.chars().count() > LONGEST_NOTE {
        return Err(too_long());
    }
    let offer = open(tx, citizen_id, offer_id)?;
    move_to(tx, citizen_id, offer_id, OfferStatus::Disputed)?;
    tx.execute(
        "UPDATE offers SET note = $3, disputed_at = $4 WHERE citizen_id = $1 AND offer_id = $2",
        &[citizen_id.into(), offer_id.to_string().into(), note.trim().into(), at.into()],
    )?;
    let mut changes = vec![record::publish(tx, citizen_id, offer_id)?];
    if let Some(delivery_id) = offer.delivery_id {
        let why = Text::new("等核实您反映的情况", "Until what you say has been looked into");
        changes.extend(courier::hold(tx, delivery_id, &why, at)?);
    }
    Ok(changes)
}

/// Takes back what was made: the card ends, the entry goes, the parcel is not sent where it can still be kept.
pub(super) fn take_back(
    tx: &mut dyn Tx,
    citizen_id: &str,
    offer: &Offer,
    why: &Text,
    at: Timestamp,
) -> Result<Vec<Change>, Refusal> {
    let mut changes = vec![record::publish(tx, citizen_id, offer.offer_id)?];
    if let Some(credential_id) = offer.credential_id {
        changes.extend(credentials::end(tx, credential_id)?);
    }
    if let Some(record) = rules::of(&offer.rule_id)?.makes.record {
        tx.execute(
            "DELETE FROM register_records
             WHERE citizen_id = $1 AND register = $2 AND item = $3 AND value = $4",
            &[citizen_id.into(), record.register.as_str().into(), record.item.into(), record.value.into()],
        )?;
    }
    if let Some(delivery_id) = offer.delivery_id {
        changes.extend(courier::cancel(tx, delivery_id, why, at)?);
    }
    Ok(changes)
}

/// An offer of this citizen to which something can still be said.
fn open(tx: &mut dyn Tx, citizen_id: &str, offer_id: OfferId) -> Result<Offer, Refusal> {
    let offer = record::find_of(tx, citizen_id, offer_id)?;
    if offer.status.is_open() { Ok(offer) } else { Err(no_longer_open()) }
}

/// Gives an offer another status.
pub(super) fn move_to(
    tx: &mut dyn Tx,
    citizen_id: &str,
    offer_id: OfferId,
    status: OfferStatus,
) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE offers SET status = $3, revision = revision + 1 WHERE citizen_id = $1 AND offer_id = $2",
        &[citizen_id.into(), offer_id.to_string().into(), word(&status)?],
    )?;
    Ok(())
}

pub(super) fn no_longer_open() -> Refusal {
    Refusal::new(
        ProblemType::WrongState,
        "这一项已经不要了，或者正在核实，不用再说一次。请同步后看最新情况。",
        "This was declined, or is being looked into already. Sync to see how it stands.",
    )
    .at("/what/offer_id")
}

fn cannot_decline() -> Refusal {
    Refusal::new(
        ProblemType::WrongState,
        "这一项按规定都要办，不能不要。数据有错的话，可以反映用错了数据。",
        "The law makes this for everyone, so it cannot be declined. If the data is wrong, say so.",
    )
    .at("/what/offer_id")
}

fn too_long() -> Refusal {
    Refusal::new(
        ProblemType::InvalidAnswer,
        "您写的超过 2000 字，请写短一些。",
        "What you wrote is longer than 2,000 characters. Please make it shorter.",
    )
    .at("/what/note")
}
