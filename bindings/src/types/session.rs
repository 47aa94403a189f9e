//! Who is here, and how they stand with the city.

use citizen_core::session::SessionStatus;
use citizen_core::{PersonId, PersonSummary};
use jiff::Timestamp;

/// Someone with data on this phone.
#[uniffi::remote(Record)]
pub struct PersonSummary {
    /// Their compartment.
    pub person_id: PersonId,
    /// What they are called.
    pub label: String,
    /// Whether it is open.
    pub unlocked: bool,
}

/// How a person stands with the city.
#[uniffi::remote(Enum)]
pub enum SessionStatus {
    /// Requests go out in the person's name.
    SignedIn {
        /// Until when, by this device's clock; it is renewed without the person.
        until: Timestamp,
    },
    /// The session has ended: what is filed now will be sent after signing in again.
    Expired,
    /// The person signed out.
    SignedOut,
}
