//! What background work tells, with counts that cross.

use citizen_core::outbox::SendReport;
use citizen_core::sync::{SyncReport, SyncStatus};
use jiff::Timestamp;

/// What a pass over the outbox came to.
#[derive(Debug, Clone, Copy, uniffi::Record)]
pub struct Sent {
    /// How many items the city has now.
    pub sent: u64,
    /// How many wait.
    pub waiting: u64,
    /// How many wait for a person to look.
    pub blocked: u64,
}

impl From<&SendReport> for Sent {
    fn from(report: &SendReport) -> Self {
        Self { sent: report.sent as u64, waiting: report.waiting as u64, blocked: report.blocked as u64 }
    }
}

/// What a pull has brought.
#[derive(Debug, Clone, Copy, uniffi::Record)]
pub struct Pulled {
    /// How many changes came, new or known.
    pub changes: u64,
    /// How many cases are new or moved on.
    pub cases: u64,
    /// How many cards are new or changed their standing.
    pub cards: u64,
    /// How many parcels are new or moved on.
    pub deliveries: u64,
    /// How many mandates changed, and how much was done under them.
    pub mandates: u64,
    /// How often the insurance account changed.
    pub insurance: u64,
}

impl From<&SyncReport> for Pulled {
    fn from(report: &SyncReport) -> Self {
        Self {
            changes: report.changes as u64,
            cases: report.cases as u64,
            cards: report.credentials as u64,
            deliveries: report.deliveries as u64,
            mandates: report.mandates as u64,
            insurance: report.insurance as u64,
        }
    }
}

/// How far this device has kept up.
#[uniffi::remote(Record)]
pub struct SyncStatus {
    /// When the changes were last read, by this device's clock; none before the first time.
    pub last_pulled_at: Option<Timestamp>,
    /// When the insurance account was last fetched.
    pub insurance_fetched_at: Option<Timestamp>,
}
