//! A card as it is kept: the credential, and what is read from it.

use std::collections::BTreeMap;

use citizen_api::CredentialId;
use citizen_api::credential::{CredentialOffer, disclosed};
use citizen_api::delivery::Delivery;
use citizen_api::{Text, jose::JwkSet};
use rusqlite::Transaction;
use serde::{Deserialize, Serialize};

use super::{CardError, sd_jwt};
use crate::Error;
use crate::mirror::{self, Kind};
use crate::store::Sealer;

/// A card in a list.
#[derive(Clone, Serialize)]
pub struct CardSummary {
    /// The card.
    pub credential_id: CredentialId,
    /// What people call it.
    pub title: Text,
    /// The offer, as the city told it.
    pub offer: CredentialOffer,
    /// Whether the card itself is on this phone, so that it opens without a network.
    pub ready: bool,
}

/// A card, to be shown. It is complete without a network.
#[derive(Clone, Serialize)]
pub struct CardView {
    /// The offer, as the city told it: kind, title, why, whether it still holds.
    pub offer: CredentialOffer,
    /// The holder's name.
    pub name: String,
    /// The holder's day of birth, `YYYY-MM-DD`.
    pub birth_date: String,
    /// The number printed on the card.
    pub card_number: String,
    /// Where the printed card is.
    pub delivery: Option<Delivery>,
}

/// A card as it is sealed: the credential with every disclosure.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct StoredCard {
    pub(super) credential: String,
}

impl StoredCard {
    /// What the card says, believed because one of `keys` has signed it.
    pub(super) fn claims(&self, keys: &JwkSet) -> Result<BTreeMap<String, String>, CardError> {
        let card = sd_jwt::parse(&self.credential)?;
        let claims = card.verify_issuer(keys)?;
        card.disclosed(&claims)
    }
}

/// The card of that name, where it was fetched.
pub(super) fn stored(
    tx: &Transaction<'_>,
    sealer: &Sealer,
    credential_id: CredentialId,
) -> Result<Option<StoredCard>, Error> {
    let kept = mirror::get(tx, sealer, Kind::Card, &credential_id.to_string())?;
    Ok(kept.map(|kept| kept.document))
}

/// Puts a card together for showing.
pub(super) fn view(
    offer: CredentialOffer,
    mut claims: BTreeMap<String, String>,
    delivery: Option<Delivery>,
) -> Result<CardView, CardError> {
    let mut take = |name: &str| claims.remove(name).ok_or(CardError::Incomplete);
    Ok(CardView {
        offer,
        name: take(disclosed::NAME)?,
        birth_date: take(disclosed::BIRTH_DATE)?,
        card_number: take(disclosed::CARD_NUMBER)?,
        delivery,
    })
}
