//! Counters, and places booked there.

use citizen_api::catalogue::CounterLevel;
use citizen_api::counter::{Booking, BookingStatus, Counter, Hours, Slot, Slots};
use citizen_api::{BookingId, CounterId, ServiceId, Text};
use citizen_core::counter::{BookingView, CounterView, From as LooksFrom, Pending, SlotsView};
use jiff::Timestamp;
use jiff::civil::{Date, Time};

/// From where a person looks.
#[derive(Clone, uniffi::Enum)]
pub enum NearTo {
    /// A position: degrees north and east, in millionths. It never leaves the phone.
    Position {
        /// Degrees north, in millionths.
        latitude: i32,
        /// Degrees east, in millionths.
        longitude: i32,
    },
    /// An address, or a part of one.
    Address {
        /// The address.
        text: String,
    },
}

/// Where somebody is, is theirs.
impl std::fmt::Debug for NearTo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NearTo")
    }
}

impl From<NearTo> for LooksFrom {
    fn from(near: NearTo) -> Self {
        match near {
            NearTo::Position { latitude, longitude } => Self::Position { latitude, longitude },
            NearTo::Address { text } => Self::Address(text),
        }
    }
}

/// A counter as it is shown.
#[uniffi::remote(Record)]
pub struct CounterView {
    /// The counter.
    pub counter: Counter,
    /// How far away, in metres; none where it is not known from where.
    pub metres: Option<u64>,
    /// Whether a place can be booked.
    pub can_book: bool,
}

/// A counter.
#[uniffi::remote(Record)]
pub struct Counter {
    /// Its name in programs.
    pub counter_id: CounterId,
    /// On which level it stands.
    pub level: CounterLevel,
    /// What people call it.
    pub title: Text,
    /// The town or street that it lies in.
    pub town: Text,
    /// Where it is.
    pub address: Text,
    /// Degrees north, in millionths.
    pub latitude: i32,
    /// Degrees east, in millionths.
    pub longitude: i32,
    /// The telephone.
    pub phone: String,
    /// When it is open.
    pub hours: Vec<Hours>,
    /// Services that it does though its level does not.
    pub also: Vec<ServiceId>,
    /// How many people are served in the same half hour.
    pub seats: u32,
}

/// When a counter is open.
#[uniffi::remote(Record)]
pub struct Hours {
    /// On which days of the week: 1 is Monday, 7 is Sunday.
    pub weekdays: Vec<u8>,
    /// From when on.
    pub from: Time,
    /// Until when.
    pub to: Time,
}

/// The seats of a day as it is shown.
#[uniffi::remote(Record)]
pub struct SlotsView {
    /// The day, with its half hours and how many seats were free a moment ago.
    pub slots: Slots,
}

/// The seats of a day.
#[uniffi::remote(Record)]
pub struct Slots {
    /// The day.
    pub day: Date,
    /// The half hours at which it is open and that have not begun.
    pub slots: Vec<Slot>,
}

/// A half hour at a counter.
#[uniffi::remote(Record)]
pub struct Slot {
    /// When it begins.
    pub at: Time,
    /// How many seats are free.
    pub free: u32,
}

/// A booking as it is shown.
#[uniffi::remote(Record)]
pub struct BookingView {
    /// The booking.
    pub booking: Booking,
    /// What waits for the city; none where it has said what stands here.
    pub pending: Option<Pending>,
    /// When this was last heard of; none where the city does not know it yet.
    pub fetched_at: Option<Timestamp>,
}

/// What waits for the city.
#[uniffi::remote(Enum)]
pub enum Pending {
    /// The place is asked for, and not the person's yet.
    Booking,
    /// The place is not to be had.
    Refused {
        /// Why, and what is still free.
        reason: Text,
    },
    /// It is given back, which the city does not know yet.
    Cancelling,
}

/// A place at a counter.
#[uniffi::remote(Record)]
pub struct Booking {
    /// The booking's name.
    pub booking_id: BookingId,
    /// The counter.
    pub counter_id: CounterId,
    /// What people call it.
    pub counter: Text,
    /// Where it is.
    pub address: Text,
    /// What for.
    pub service_id: ServiceId,
    /// What people call that.
    pub service: Text,
    /// The day.
    pub day: Date,
    /// When it begins.
    pub at: Time,
    /// Where it stands.
    pub status: BookingStatus,
    /// Grows by one with each change.
    pub revision: u64,
}

/// Where a booking stands.
#[uniffi::remote(Enum)]
pub enum BookingStatus {
    /// The seat is the person's.
    Booked,
    /// Given back.
    Cancelled,
    /// The person was served.
    Served,
    /// A status that this version does not know.
    Unknown,
}
