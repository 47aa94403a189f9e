//! Counters where people are served in person, on four levels (四级), and places booked there.

use serde::{Deserialize, Serialize};

use crate::catalogue::CounterLevel;
use crate::{BookingId, CounterId, ServiceId, Text};

/// `GET /v1/counters?after=VERSION`: every counter of the city, or none where the phone's version is the present one.
/// Public: needs no login.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CounterList {
    /// The version of the list. A list with another takes the place of the one before.
    pub version: String,
    /// The counters; none where nothing has changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counters: Option<Vec<Counter>>,
}

/// A counter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Counter {
    /// Its name in programs.
    pub counter_id: CounterId,
    /// On which level it stands. A service says on which levels it is done.
    pub level: CounterLevel,
    /// What people call it.
    pub title: Text,
    /// The town or street that it lies in, as it stands in addresses.
    pub town: Text,
    /// Where it is.
    pub address: Text,
    /// Degrees north, in millionths (WGS 84).
    pub latitude: i32,
    /// Degrees east, in millionths (WGS 84).
    pub longitude: i32,
    /// The telephone.
    pub phone: String,
    /// When it is open.
    pub hours: Vec<Hours>,
    /// Services that it does though its level does not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<ServiceId>,
    /// How many people are served in the same half hour; none where nothing can be booked.
    #[serde(default)]
    pub seats: u32,
}

/// When a counter is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Hours {
    /// On which days of the week: 1 is Monday, 7 is Sunday. On public holidays it is closed.
    pub weekdays: Vec<u8>,
    /// From when on.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub from: jiff::civil::Time,
    /// Until when.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub to: jiff::civil::Time,
}

/// How long a place at a counter is booked for, in minutes.
pub const SLOT_MINUTES: i64 = 30;

/// How many days ahead a place can be booked.
pub const BOOK_AHEAD_DAYS: i32 = 30;

/// `GET /v1/counters/{counter_id}/slots?day=`: how many seats are free. Public: needs no login.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Slots {
    /// The day.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub day: jiff::civil::Date,
    /// The half hours at which it is open that day and that have not begun. None where it is closed.
    pub slots: Vec<Slot>,
}

/// A half hour at a counter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Slot {
    /// When it begins.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub at: jiff::civil::Time,
    /// How many seats are free.
    pub free: u32,
}

/// A place at a counter, whole: as the changes feed carries it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Booking {
    /// The booking's name: that of the instruction that made it.
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
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub day: jiff::civil::Date,
    /// When it begins.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub at: jiff::civil::Time,
    /// Where it stands.
    pub status: BookingStatus,
    /// Grows by one with each change.
    pub revision: u64,
}

/// Where a booking stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum BookingStatus {
    /// The seat is the person's.
    Booked,
    /// Given back. Final.
    Cancelled,
    /// The person was served. Final.
    Served,
    /// A status that this version does not know. Never sent.
    #[serde(other)]
    Unknown,
}

/// `GET /v1/officer/counters/{counter_id}/bookings?day=`: who comes to a counter on a day.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CounterDay {
    /// The bookings, by time.
    pub bookings: Vec<ExpectedVisit>,
}

/// Somebody who comes to a counter.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ExpectedVisit {
    /// Who.
    pub name: String,
    /// The booking.
    pub booking: Booking,
}

hidden_debug!(CounterDay, ExpectedVisit, Booking);
