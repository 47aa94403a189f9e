//! How a result travels to the door.

use serde::{Deserialize, Serialize};

use crate::{DeliveryId, Text};

/// A parcel, whole: as the changes feed carries it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Delivery {
    /// The parcel's name.
    pub delivery_id: DeliveryId,
    /// What is in it.
    pub content: Text,
    /// Where it stands.
    pub status: DeliveryStatus,
    /// Grows by one with each event: of two copies the one with more is the newer.
    pub revision: u64,
    /// The carrier's number for it.
    pub tracking_number: String,
    /// What happened, oldest first.
    pub events: Vec<DeliveryEvent>,
}

/// Where a parcel stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DeliveryStatus {
    /// Being made ready.
    Prepared,
    /// With the courier.
    HandedOver,
    /// On its way to the door.
    OnTheWay,
    /// At the door. Final.
    Delivered,
    /// A status that this version does not know. Never sent.
    #[serde(other)]
    Unknown,
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
}
