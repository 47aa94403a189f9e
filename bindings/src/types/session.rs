//! Who is here, and how they stand with the city.

use std::time::Duration;

use citizen_api::Text;
use citizen_core::session::SessionStatus;
use citizen_core::{LeftBehind, PersonId, PersonState, PersonSummary};
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
    /// Whether these are data that a sign-in begun others beside, because their PIN was forgotten or their key is gone.
    pub earlier: bool,
}

/// How it stands with a person's data on this phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum PersonStateKind {
    /// They are open.
    Open,
    /// The PIN opens them.
    Locked,
    /// A wrong PIN was given so often that none is tried for a while.
    Paused,
    /// The PIN was wrong ten times; signing in begins new data beside the files.
    PinUsedUp,
    /// The key is not on this phone, as after a backup was restored; signing in begins new data beside the files.
    KeyMissing,
    /// The phone was started and not unlocked since.
    DeviceNotYetUnlocked,
}

/// How it stands with a person's data, ready to be shown.
#[derive(Debug, Clone, uniffi::Record)]
pub struct PersonStateView {
    /// Which state.
    pub kind: PersonStateKind,
    /// What is the matter and what to do; empty while all is well.
    pub sentence: Text,
    /// How long the next try at the PIN waits, in seconds, rounded up; nought where none does.
    pub wait_seconds: u64,
    /// How many tries there are before the key is destroyed; nought where there is none to make.
    pub tries_left: u32,
    /// Drafts in files that do not open here, and never were at the city.
    pub unreadable_drafts: u32,
    /// Filings in files that do not open here, and were not sent.
    pub unreadable_unsent: u32,
}

impl From<PersonState> for PersonStateView {
    fn from(state: PersonState) -> Self {
        let (kind, wait, tries, left) = match state {
            PersonState::Open => (PersonStateKind::Open, Duration::ZERO, 0, LeftBehind::default()),
            PersonState::Locked { tries_left } => {
                (PersonStateKind::Locked, Duration::ZERO, tries_left, LeftBehind::default())
            }
            PersonState::Paused { wait, tries_left } => {
                (PersonStateKind::Paused, wait, tries_left, LeftBehind::default())
            }
            PersonState::PinUsedUp(left) => (PersonStateKind::PinUsedUp, Duration::ZERO, 0, left),
            PersonState::KeyMissing(left) => (PersonStateKind::KeyMissing, Duration::ZERO, 0, left),
            PersonState::DeviceNotYetUnlocked => {
                (PersonStateKind::DeviceNotYetUnlocked, Duration::ZERO, 0, LeftBehind::default())
            }
        };
        Self {
            kind,
            sentence: state.sentence(),
            wait_seconds: wait.as_secs() + u64::from(wait.subsec_nanos() > 0),
            tries_left: small(tries),
            unreadable_drafts: small(left.drafts),
            unreadable_unsent: small(left.unsent),
        }
    }
}

fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
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
