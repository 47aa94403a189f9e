//! What the city has found for a person before they asked.

use citizen_api::offer::{Offer, OfferData, OfferStatus};
use citizen_api::register::RegisterItem;
use citizen_api::{CredentialId, DeliveryId, OfferId, RegisterId, RuleId, ServiceId, Text, TransactionId};
use citizen_core::offer::{OfferView, Said, SaidWhat};
use jiff::Timestamp;
use jiff::civil::Date;

/// Something that was found, as it is shown.
#[uniffi::remote(Record)]
pub struct OfferView {
    /// What the city says of it.
    pub offer: Offer,
    /// What the person has said to it, while the city does not know yet or has refused; none otherwise.
    pub said: Option<Said>,
    /// When this was last heard of, by this device's clock.
    pub fetched_at: Timestamp,
}

/// What a person has said and the city is not known to have.
#[uniffi::remote(Record)]
pub struct Said {
    /// Under which transaction it waits in the outbox.
    pub transaction_id: TransactionId,
    /// What it is.
    pub what: SaidWhat,
    /// Why the city refused it, where it did.
    pub refused: Option<Text>,
}

/// What a person can say to something that was found.
#[uniffi::remote(Enum)]
pub enum SaidWhat {
    /// That they do not want it.
    Declined,
    /// That the data is wrong.
    Disputed,
}

/// Something that a rule over the registers has found for a citizen.
#[uniffi::remote(Record)]
pub struct Offer {
    /// The offer's name.
    pub offer_id: OfferId,
    /// The rule that found it.
    pub rule_id: RuleId,
    /// The service that it belongs to.
    pub service_id: ServiceId,
    /// What people call it.
    pub title: Text,
    /// Why this person.
    pub reason: Text,
    /// What happens next.
    pub next: Text,
    /// Which data said so.
    pub data: OfferData,
    /// Who found it.
    pub by: Text,
    /// By which law.
    pub legal_ground: Text,
    /// The day it was found.
    pub made_on: Date,
    /// Where it stands.
    pub status: OfferStatus,
    /// Grows by one with each change.
    pub revision: u64,
    /// Whether it can be declined.
    pub can_decline: bool,
    /// The card that was made.
    pub credential_id: Option<CredentialId>,
    /// The parcel that is on its way.
    pub delivery_id: Option<DeliveryId>,
    /// Whether the service can be begun from here.
    pub begins_service: bool,
    /// What the office answered to a dispute.
    pub answer: Option<Text>,
}

/// The data by which a rule found somebody.
#[uniffi::remote(Record)]
pub struct OfferData {
    /// The register.
    pub register: RegisterId,
    /// What people call it.
    pub title: Text,
    /// What was looked at in it.
    pub item: RegisterItem,
    /// The day that the register has there.
    pub value: Date,
}

/// Where an offer stands.
#[uniffi::remote(Enum)]
pub enum OfferStatus {
    /// It is the citizen's.
    Standing,
    /// The citizen does not want it.
    Declined,
    /// The citizen says that the data is wrong.
    Disputed,
    /// The office looked, and it stands.
    Upheld,
    /// The office looked, and what was made is taken back.
    TakenBack,
    /// A status that this version does not know.
    Unknown,
}
