//! Parcels.

use citizen_api::delivery::{DeliverTo, Delivery, DeliveryEvent, DeliveryStatus};
use citizen_api::{DeliveryId, Text, TransactionId};
use citizen_core::delivery::{DeliveryView, Redirecting};
use jiff::Timestamp;

/// A parcel as it is shown.
#[uniffi::remote(Record)]
pub struct DeliveryView {
    /// The parcel.
    pub delivery: Delivery,
    /// Whether it can still be sent elsewhere, as far as this device knows.
    pub can_redirect: bool,
    /// Where the person has asked it to go, while the city does not know yet or has refused; none otherwise.
    pub redirecting: Option<Redirecting>,
    /// When this was last heard of, by this device's clock.
    pub fetched_at: Timestamp,
}

/// Another address that waits for the city.
#[uniffi::remote(Record)]
pub struct Redirecting {
    /// Under which transaction it waits in the outbox.
    pub transaction_id: TransactionId,
    /// Where to.
    pub to: DeliverTo,
    /// Why the city refused it, where it did.
    pub refused: Option<Text>,
}

/// A parcel, whole.
#[uniffi::remote(Record)]
pub struct Delivery {
    /// The parcel's name.
    pub delivery_id: DeliveryId,
    /// What is in it.
    pub content: Text,
    /// Where it goes.
    pub to: DeliverTo,
    /// Where it stands.
    pub status: DeliveryStatus,
    /// Grows by one with each event.
    pub revision: u64,
    /// The carrier's number for it.
    pub tracking_number: String,
    /// What happened, oldest first.
    pub events: Vec<DeliveryEvent>,
}

/// Where a parcel goes.
#[uniffi::remote(Enum)]
pub enum DeliverTo {
    /// To the address that the population register has.
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

/// Where a parcel stands.
#[uniffi::remote(Enum)]
pub enum DeliveryStatus {
    /// Being made ready.
    Prepared,
    /// Not handed over: an office looks into what the citizen disputes.
    Held,
    /// With the courier.
    HandedOver,
    /// On its way to the door.
    OnTheWay,
    /// Nobody was there; the courier comes again.
    Failed,
    /// Brought to a counter.
    Returning,
    /// At a counter, where it can be fetched.
    AtCounter,
    /// At the door, or fetched.
    Delivered,
    /// Not sent.
    Cancelled,
    /// A status that this version does not know.
    Unknown,
}

/// One thing that happened to a parcel.
#[uniffi::remote(Record)]
pub struct DeliveryEvent {
    /// What it became.
    pub status: DeliveryStatus,
    /// When, by the city's civil clock.
    pub at: Timestamp,
    /// What the carrier says to it.
    pub note: Option<Text>,
}
