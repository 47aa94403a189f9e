//! What the city has found for a citizen before they asked (无感智办): why them, by which data, what happens next, and
//! what they may do about it.

use serde::{Deserialize, Serialize};

use crate::register::RegisterItem;
use crate::{CredentialId, DeliveryId, OfferId, RegisterId, RuleId, ServiceId, Text};

/// Something that a rule over the registers has found for a citizen, whole: as the changes feed carries it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
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
    /// What happens next, and what the person need not do.
    pub next: Text,
    /// Which data said so.
    pub data: OfferData,
    /// Who found it.
    pub by: Text,
    /// By which law.
    pub legal_ground: Text,
    /// The day it was found, by the city's civil clock.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub made_on: jiff::civil::Date,
    /// Where it stands.
    pub status: OfferStatus,
    /// Grows by one with each change: of two copies the one with more is the newer.
    pub revision: u64,
    /// Whether it can be declined.
    pub can_decline: bool,
    /// The card that was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credential_id: Option<CredentialId>,
    /// The parcel that is on its way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivery_id: Option<DeliveryId>,
    /// Whether the service can be begun from here, because there is something only the person can do.
    #[serde(default)]
    pub begins_service: bool,
    /// What the office answered to a dispute.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<Text>,
}

/// The data by which a rule found somebody.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OfferData {
    /// The register.
    pub register: RegisterId,
    /// What people call it.
    pub title: Text,
    /// What was looked at in it.
    pub item: RegisterItem,
    /// The day that the register has there, for which it is found once.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub value: jiff::civil::Date,
}

/// Where an offer stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum OfferStatus {
    /// It is the citizen's, and what belongs to it is under way or there.
    Standing,
    /// The citizen does not want it. Final: the rule never finds them for the same occasion again.
    Declined,
    /// The citizen says that the data is wrong; what was under way waits for an office.
    Disputed,
    /// The office looked, and the offer stands.
    Upheld,
    /// The office looked, and the citizen is right: what was made is taken back. Final.
    TakenBack,
    /// A status that this version does not know. Never sent.
    #[serde(other)]
    Unknown,
}

impl OfferStatus {
    /// Whether the citizen can still say something to it.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Standing | Self::Upheld)
    }
}

/// `GET /v1/officer/offers/disputed`: what citizens say is wrong.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DisputedOffers {
    /// The offers, the oldest dispute first, at most 500.
    pub offers: Vec<DisputedOffer>,
}

/// An offer whose data a citizen disputes.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DisputedOffer {
    /// The offer.
    pub offer: Offer,
    /// What the citizen says.
    pub note: String,
}

hidden_debug!(DisputedOffers, DisputedOffer, Offer, OfferData);

/// `POST /v1/officer/offers/{offer_id}/answer`: what an office found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AnswerOffer {
    /// Whether the citizen is right.
    pub take_back: bool,
    /// What was found, for the citizen.
    pub text: Text,
}
