//! Cards.

use citizen_api::credential::{CredentialKind, CredentialOffer};
use citizen_api::delivery::Delivery;
use citizen_api::{CredentialId, DeliveryId, Text};
use citizen_core::credential::{CardSummary, CardView, VerifiedCard};
use jiff::Timestamp;
use jiff::civil::Date;

/// A card in a list.
#[uniffi::remote(Record)]
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
#[uniffi::remote(Record)]
pub struct CardView {
    /// The offer, as the city told it.
    pub offer: CredentialOffer,
    /// The holder's name.
    pub name: String,
    /// The holder's day of birth.
    pub birth_date: String,
    /// The number printed on the card.
    pub card_number: String,
    /// Where the printed card is.
    pub delivery: Option<Delivery>,
}

/// A card that the city has made for a citizen.
#[uniffi::remote(Record)]
pub struct CredentialOffer {
    /// The card's name.
    pub credential_id: CredentialId,
    /// What kind of card.
    pub kind: CredentialKind,
    /// What people call it.
    pub title: Text,
    /// Why this person has it, which data said so, and what happens next.
    pub reason: Text,
    /// The day it was made.
    pub issued_on: Date,
    /// The parcel with the printed card.
    pub delivery_id: Option<DeliveryId>,
    /// Whether it still holds.
    pub valid: bool,
}

/// What kind of card.
#[uniffi::remote(Enum)]
pub enum CredentialKind {
    /// The senior card from 60 on.
    SeniorCard60,
    /// The senior card from 70 on.
    SeniorCard70,
    /// A kind that this version does not know.
    Unknown,
}

/// Someone else's card that holds.
#[uniffi::remote(Record)]
pub struct VerifiedCard {
    /// What kind of card.
    pub kind: CredentialKind,
    /// The holder's name.
    pub name: String,
    /// The holder's day of birth.
    pub birth_date: String,
    /// The number printed on the card.
    pub card_number: String,
    /// How old the list of revoked cards is that it was checked against.
    pub status_as_of: Timestamp,
}
