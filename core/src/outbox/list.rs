//! What waits, and for what.

use citizen_api::problem::Problem;
use citizen_api::{Text, TransactionId};
use serde::Serialize;

use super::Outbox;
use super::hold::files_wait;
use super::queue::{self, Queued, Waits};
use super::request::What;
use crate::Error;
use crate::draft::DraftId;
use crate::store::timestamp;

/// Something that is still to be sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OutboxItemView {
    /// The transaction it is sent under.
    pub transaction_id: TransactionId,
    /// What it is.
    pub kind: OutboxKind,
    /// The draft it was made of; none for an instruction.
    pub draft_id: Option<DraftId>,
    /// What people call it: the service, or the paper.
    pub title: Text,
    /// What it waits for; none where it goes at the next chance.
    pub waits_for: Option<WaitsFor>,
    /// How often it was tried.
    pub attempts: u32,
    /// When it was filed, by the phone's clock.
    pub created_at: jiff::Timestamp,
}

/// What an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
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

/// What an item waits for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "waits_for", rename_all = "snake_case")]
pub enum WaitsFor {
    /// The network; it is tried again then or at that time.
    Network {
        /// The time.
        until: jiff::Timestamp,
    },
    /// The city, which cannot take it at the moment.
    City {
        /// When it is tried again.
        until: jiff::Timestamp,
    },
    /// The person, to sign in.
    SignIn,
    /// Its files, which go first.
    Files,
    /// Wi-Fi, as the person wants it for files.
    Wifi,
    /// The person, who has paused it.
    Paused,
    /// The person, to look at why the city refused it: it can be retried or withdrawn.
    Person {
        /// The refusal.
        problem: Problem,
    },
}

impl Outbox {
    /// Why the city refuses something that waits for the person, and the draft it was made of.
    pub(crate) fn refusal(&self, transaction_id: TransactionId) -> Result<(DraftId, Problem), Error> {
        let row = self.compartment.read(|tx, sealer| queue::get(tx, sealer, transaction_id))?;
        let request = row.ok_or(Error::NotInOutbox)?.request;
        request
            .problem
            .zip(request.draft_id)
            .map(|(problem, draft_id)| (draft_id, problem))
            .ok_or(Error::NotRefused)
    }

    /// Everything that is still to be sent, oldest first. Empty: the city has everything.
    pub fn list(&self) -> Result<Vec<OutboxItemView>, Error> {
        let files_wait = files_wait(&self.compartment)?;
        let rows = self.compartment.read(queue::all)?;
        rows.into_iter().map(|row| view(row, files_wait)).collect()
    }
}

fn view(row: Queued, files_wait: bool) -> Result<OutboxItemView, Error> {
    let for_wifi = files_wait && matches!(row.request.what, What::Upload { .. });
    let paused = row.paused;
    let kind = match row.request.what {
        What::Upload { file } => OutboxKind::Upload { size: file.size },
        What::Submission { .. } => OutboxKind::Submission,
        What::Supplement { .. } => OutboxKind::Supplement,
        What::Instruction { .. } => OutboxKind::Instruction,
    };
    let until = timestamp(row.next_attempt_at)?;
    let waits_for = match (row.request.problem, row.depends, row.waits) {
        (Some(problem), _, _) => Some(WaitsFor::Person { problem }),
        (None, _, _) if paused => Some(WaitsFor::Paused),
        (None, true, _) => Some(WaitsFor::Files),
        (None, false, _) if for_wifi => Some(WaitsFor::Wifi),
        (None, false, Waits::Nothing) => None,
        (None, false, Waits::Network) => Some(WaitsFor::Network { until }),
        (None, false, Waits::City | Waits::Asked) => Some(WaitsFor::City { until }),
        (None, false, Waits::SignIn) => Some(WaitsFor::SignIn),
    };
    Ok(OutboxItemView {
        transaction_id: row.transaction_id,
        kind,
        draft_id: row.request.draft_id,
        title: row.request.title,
        waits_for,
        attempts: row.attempts,
        created_at: timestamp(row.created_at)?,
    })
}
