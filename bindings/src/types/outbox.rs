//! What is still to be sent.

use citizen_api::{Text, TransactionId};
use citizen_core::draft::DraftId;
use citizen_core::outbox::{NetworkKind, OutboxItemView, OutboxKind, Progress as SendProgress, WaitsFor};
use jiff::Timestamp;

/// Something that is still to be sent.
#[derive(Debug, Clone, uniffi::Record)]
pub struct OutboxItem {
    /// The transaction it is sent under.
    pub transaction_id: TransactionId,
    /// What it is.
    pub kind: OutboxKind,
    /// The draft it was made of; none for an instruction.
    pub draft_id: Option<DraftId>,
    /// What people call it: the service, or the paper.
    pub title: Text,
    /// What it waits for.
    pub waits_for: Waiting,
    /// How often it was tried.
    pub attempts: u32,
    /// When it was filed, by the phone's clock.
    pub created_at: Timestamp,
}

/// What an item is.
#[uniffi::remote(Enum)]
pub enum OutboxKind {
    /// A file.
    Upload {
        /// Its size in bytes.
        size: u64,
    },
    /// A filing.
    Submission,
    /// The answer to an office's request.
    Supplement,
    /// What the person tells the city to do with what is theirs.
    Instruction,
}

/// What kind of network the device is on.
#[uniffi::remote(Enum)]
pub enum NetworkKind {
    /// Nobody has said. Files go.
    Unknown,
    /// One that costs nothing by the byte, such as Wi-Fi.
    Unmetered,
    /// One that is paid by the byte, such as a mobile network.
    Metered,
}

/// What an item waits for.
#[derive(Debug, Clone, uniffi::Enum)]
pub enum Waiting {
    /// Nothing: it goes at the next chance.
    Nothing,
    /// The network; it is tried again then or at that time.
    Network {
        /// The time.
        until: Timestamp,
    },
    /// The city, which cannot take it at the moment.
    City {
        /// When it is tried again.
        until: Timestamp,
    },
    /// The person, to sign in.
    SignIn,
    /// Its files, which go first.
    Files,
    /// Wi-Fi, as the person wants it for files.
    Wifi,
    /// The person, who has paused it.
    Paused,
    /// The person, to look at why the city refused it.
    Person {
        /// Why.
        reason: Text,
    },
}

/// How far an item has come.
#[derive(Debug, Clone, Copy, uniffi::Record)]
pub struct UploadProgress {
    /// The item.
    pub transaction_id: TransactionId,
    /// How many bytes the city has, or is being given at this moment.
    pub sent: u64,
    /// How many bytes there are.
    pub total: u64,
    /// How many bytes a second went in the last seconds; nought while nobody can say.
    #[uniffi(default = 0)]
    pub bytes_per_second: u64,
    /// How many seconds the rest will take at that; none while nobody can say.
    #[uniffi(default = None)]
    pub seconds_left: Option<u64>,
}

impl From<OutboxItemView> for OutboxItem {
    fn from(item: OutboxItemView) -> Self {
        let OutboxItemView { transaction_id, kind, draft_id, title, waits_for, attempts, created_at } = item;
        Self { transaction_id, kind, draft_id, title, waits_for: waits_for.into(), attempts, created_at }
    }
}

impl From<Option<WaitsFor>> for Waiting {
    fn from(waits_for: Option<WaitsFor>) -> Self {
        match waits_for {
            None => Self::Nothing,
            Some(WaitsFor::Network { until }) => Self::Network { until },
            Some(WaitsFor::City { until }) => Self::City { until },
            Some(WaitsFor::SignIn) => Self::SignIn,
            Some(WaitsFor::Files) => Self::Files,
            Some(WaitsFor::Wifi) => Self::Wifi,
            Some(WaitsFor::Paused) => Self::Paused,
            Some(WaitsFor::Person { problem }) => Self::Person { reason: problem.title },
        }
    }
}

impl From<SendProgress> for UploadProgress {
    fn from(progress: SendProgress) -> Self {
        let SendProgress { transaction_id, sent, total, bytes_per_second, seconds_left } = progress;
        Self { transaction_id, sent, total, bytes_per_second, seconds_left }
    }
}
