//! What can be agreed to, and how it stands.

use citizen_api::Text;
use citizen_core::consent::{ConsentState, Purpose, PurposeView};
use jiff::Timestamp;

/// A purpose that a person's data serve.
#[uniffi::remote(Enum)]
pub enum Purpose {
    /// Talking with the city.
    City,
    /// Asking registers ahead.
    RegistersAhead,
}

/// A purpose in words.
#[uniffi::remote(Record)]
pub struct PurposeView {
    /// The purpose.
    pub purpose: Purpose,
    /// The version of what is said here.
    pub version: u32,
    /// What it is called.
    pub title: Text,
    /// What is sent, to whom, what for.
    pub explanation: Text,
    /// What does not work without it.
    pub without: Text,
    /// Whether the app can do nothing with the city without it.
    pub needed: bool,
}

/// A purpose, and how it stands with somebody's consent to it.
#[uniffi::remote(Record)]
pub struct ConsentState {
    /// What is said of the purpose now.
    pub purpose: PurposeView,
    /// Whether that is agreed to.
    pub given: bool,
    /// When it was agreed to last, in whatever version.
    pub given_at: Option<Timestamp>,
    /// Which version that was.
    pub given_version: Option<u32>,
    /// When that was taken back.
    pub withdrawn_at: Option<Timestamp>,
}
