//! How a result travels to the door.

use serde::{Deserialize, Serialize};

use crate::{CounterId, DeliveryId, Text};

/// A parcel, whole: as the changes feed carries it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Delivery {
    /// The parcel's name.
    pub delivery_id: DeliveryId,
    /// What is in it.
    pub content: Text,
    /// Where it goes.
    #[serde(default)]
    pub to: DeliverTo,
    /// Where it stands.
    pub status: DeliveryStatus,
    /// Grows by one with each event: of two copies the one with more is the newer.
    pub revision: u64,
    /// The carrier's number for it.
    pub tracking_number: String,
    /// What happened, oldest first.
    pub events: Vec<DeliveryEvent>,
}

/// Where a parcel goes.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum DeliverTo {
    /// To the address that the population register has. It does not travel.
    #[default]
    Registered,
    /// To an address that the citizen gave.
    Address {
        /// Who opens the door.
        name: String,
        /// The phone that the courier calls.
        phone: String,
        /// The address.
        address: String,
    },
}

hidden_debug!(Delivery, DeliverTo, CarrierMessage, CarrierEvent);

impl DeliverTo {
    /// The longest address, in characters.
    pub const LONGEST: usize = 200;
}

/// Where a parcel stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DeliveryStatus {
    /// Being made ready.
    Prepared,
    /// Not handed over: an office looks into what the citizen disputes.
    Held,
    /// With the courier.
    HandedOver,
    /// On its way to the door.
    OnTheWay,
    /// Nobody was there, or the address was not found; the courier comes again.
    Failed,
    /// The courier came in vain too often and brings it to a counter.
    Returning,
    /// At a counter, where it can be fetched with the ID card.
    AtCounter,
    /// At the door, or fetched. Final.
    Delivered,
    /// Not sent, or called back. Final.
    Cancelled,
    /// A status that this version does not know. Never sent.
    #[serde(other)]
    Unknown,
}

impl DeliveryStatus {
    /// Whether nothing follows.
    pub fn is_final(self) -> bool {
        matches!(self, Self::Delivered | Self::Cancelled)
    }

    /// Whether it is still with the office, so that it can go elsewhere.
    pub fn is_here(self) -> bool {
        matches!(self, Self::Prepared | Self::Held)
    }
}

/// One thing that happened to a parcel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeliveryEvent {
    /// What it became.
    pub status: DeliveryStatus,
    /// When, by the city's civil clock.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub at: jiff::Timestamp,
    /// What the carrier says to it: why it failed, who took it, at which counter it lies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Text>,
}

/// `POST /v1/officer/carrier/messages`: what a carrier says of a parcel. Carriers repeat themselves, lose messages and bring
/// them out of order: one that is known by its name does nothing, and of two the one with the higher sequence counts.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CarrierMessage {
    /// The message's name, the same whenever it is sent.
    pub message_id: String,
    /// The parcel.
    pub tracking_number: String,
    /// The place of the message among those of the same parcel, counted by the carrier from 1.
    pub sequence: u64,
    /// What happened.
    pub what: CarrierEvent,
    /// When, by the carrier's clock.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub at: jiff::Timestamp,
}

/// What a carrier says of a parcel.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "event", rename_all = "snake_case", deny_unknown_fields)]
pub enum CarrierEvent {
    /// It was fetched at the office.
    PickedUp,
    /// It is with the courier who goes to the door.
    OutForDelivery,
    /// It could not be handed over.
    Failed {
        /// Why.
        reason: Text,
    },
    /// It could not be handed over and is brought to a counter.
    Returning {
        /// Why.
        reason: Text,
    },
    /// It lies at a counter.
    AtCounter {
        /// The counter.
        counter_id: CounterId,
    },
    /// It was handed over.
    Delivered {
        /// To whom: the person, a neighbour, a parcel locker.
        taken_by: Text,
        /// The carrier's name for its proof, such as a signature or a photograph.
        proof: String,
    },
}

/// The answer: what became of a carrier's message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MessageTaken {
    /// What became of it.
    pub taken: Taken,
}

/// What became of a carrier's message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Taken {
    /// The parcel has moved.
    Moved,
    /// It is known already.
    Repeated,
    /// The parcel is further: the message is kept, and nothing moves back.
    Late,
}

/// `POST /v1/officer/courier/run`: what a round of the courier came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CourierRound {
    /// How many parcels were handed over.
    pub handed_over: u64,
    /// How many messages moved a parcel.
    pub moved: u64,
    /// How many were known already.
    pub repeated: u64,
    /// How many came after later ones.
    pub late: u64,
    /// How many parcels were asked after because nothing was heard of them.
    pub traced: u64,
}
