//! One pass over the outbox.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use citizen_api::TransactionId;
use citizen_api::problem::{Problem, ProblemType};
use serde::Serialize;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

use super::hold::{files_wait, held_back};
use super::meter::{Meter, seconds_left};
use super::queue::{self, Queued, Waits};
use super::request::{QueuedRequest, What, upload_transaction};
use super::verdict::Verdict;
use super::{Outbox, after_lock, backoff, deliver, lease};
use crate::Error;
use crate::people::Compartment;
use crate::store::now_ms;
use crate::vault::random;
use crate::{attachment, upload};

/// After so many items in a row that found no network there is none.
const NO_NETWORK: usize = 3;
/// How often files are sent again because the city says it lost them, before a person must look.
const FILES_AGAIN: u32 = 5;

/// How far an item has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Progress {
    /// The item.
    pub transaction_id: TransactionId,
    /// How many bytes the city has, or is being given at this moment.
    pub sent: u64,
    /// How many bytes there are.
    pub total: u64,
    /// How many bytes a second went in the last seconds; nought while nobody can say.
    pub bytes_per_second: u64,
    /// How many seconds the rest will take at that; none while nobody can say.
    pub seconds_left: Option<u64>,
}

/// What a pass came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct SendReport {
    /// How many items the city has now.
    pub sent: usize,
    /// How many wait: for the network, for Wi-Fi, for time, for a sign-in, for their files, for being resumed.
    pub waiting: usize,
    /// How many wait for a person to look.
    pub blocked: usize,
}

/// Which rows a pass tries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pace {
    /// All but those that the city said a time for: a person asked, or the network came back.
    Now,
    /// Those whose time has come.
    WhenDue,
}

impl Outbox {
    /// Sends what can be sent, trying each item once but for those that the city asked to wait with, and tells how far
    /// it is. The sending goes on when this future is dropped: it belongs to the app, not to whoever waits for it.
    pub async fn send_now(&self, progress: &(dyn Fn(Progress) + Send + Sync)) -> Result<SendReport, Error> {
        self.send_at(Pace::Now, progress).await
    }

    pub(super) async fn send_at(
        &self,
        pace: Pace,
        progress: &(dyn Fn(Progress) + Send + Sync),
    ) -> Result<SendReport, Error> {
        let (sender, mut updates) = unbounded_channel();
        let compartment = self.compartment.clone();
        let sending = self.compartment.device().runtime()?.spawn(async move {
            tokio::select! {
                passed = pass(&compartment, pace, &sender) => passed,
                () = compartment.locked() => Err(Error::Locked),
            }
        });
        while let Some(update) = updates.recv().await {
            progress(update);
        }
        sending.await.map_err(|_| Error::internal("the sender ended early"))?
    }
}

/// Tries each row that is ready once, those that failed least first.
async fn pass(
    compartment: &Compartment,
    pace: Pace,
    progress: &UnboundedSender<Progress>,
) -> Result<SendReport, Error> {
    let _lease = lease::take(compartment.folder()).await?;
    if pace == Pace::Now {
        compartment.write(|tx, _| queue::clear_waits(tx))?;
    }
    after_lock::prepare(compartment).await?;
    let mut report = SendReport::default();
    let mut tried = Vec::new();
    let mut no_network = 0;
    while no_network < NO_NETWORK {
        let Some(row) = begin(compartment, &tried)? else { break };
        tried.push(row.transaction_id);
        match send(compartment, &row, progress).await {
            Ok(Ended::Sent) => {
                report.sent += 1;
                no_network = 0;
            }
            Ok(Ended::HeldBack) => {}
            Err(error) => match settle(compartment, &row, error)? {
                Waits::Network => no_network += 1,
                // Without a session every other row would fail the same way.
                Waits::SignIn => break,
                Waits::City | Waits::Asked | Waits::Nothing => no_network = 0,
            },
        }
    }
    let left = compartment.read(queue::all)?;
    report.blocked = left.iter().filter(|row| row.blocked).count();
    report.waiting = left.len() - report.blocked;
    Ok(report)
}

/// Takes the next row that was not tried in this pass, and counts the attempt.
fn begin(compartment: &Compartment, tried: &[TransactionId]) -> Result<Option<Queued>, Error> {
    let files = !files_wait(compartment)?;
    compartment.write(|tx, sealer| {
        let Some(next) = queue::ready(tx, files)?.into_iter().find(|ready| !tried.contains(ready)) else {
            return Ok(None);
        };
        queue::count_attempt(tx, next)?;
        queue::get(tx, sealer, next)
    })
}

/// How an attempt ended that did not fail.
enum Ended {
    /// The city has it.
    Sent,
    /// It was to stop, and goes on later.
    HeldBack,
}

async fn send(
    compartment: &Compartment,
    row: &Queued,
    progress: &UnboundedSender<Progress>,
) -> Result<Ended, Error> {
    let What::Upload { file } = &row.request.what else {
        return deliver::deliver(compartment, row).await.map(|()| Ended::Sent);
    };
    let (transaction_id, tell) =
        (row.transaction_id, teller(row.transaction_id, file.size, progress.clone()));
    tokio::select! {
        biased;
        held = held_back(compartment, transaction_id) => return held.map(|()| Ended::HeldBack),
        sent = upload::run(compartment, transaction_id, file, tell) => sent?,
    }
    compartment.passes().forget(transaction_id);
    compartment.write(|tx, _| {
        upload::forget(tx, transaction_id)?;
        queue::remove(tx, transaction_id)
    })?;
    Ok(Ended::Sent)
}

/// Tells how far a file is, how fast it goes and how long it will take.
fn teller(
    transaction_id: TransactionId,
    total: u64,
    progress: UnboundedSender<Progress>,
) -> impl Fn(u64) + Clone + Send + Sync + Unpin + 'static {
    let meter = Arc::new(Mutex::new(Meter::new()));
    move |sent| {
        let bytes_per_second =
            meter.lock().unwrap_or_else(PoisonError::into_inner).note(Instant::now(), sent);
        let seconds_left = seconds_left(total.saturating_sub(sent), bytes_per_second);
        // Whoever listened may be gone; the sending goes on.
        let _ = progress.send(Progress { transaction_id, sent, total, bytes_per_second, seconds_left });
    }
}

/// Writes down what became of an attempt that failed, and says what the row waits for now.
fn settle(compartment: &Compartment, row: &Queued, error: Error) -> Result<Waits, Error> {
    match Verdict::of(error) {
        Verdict::Later { waits, retry_after } => {
            put_off(compartment, row, waits, retry_after)?;
            Ok(waits)
        }
        Verdict::FilesAgain if row.attempts <= FILES_AGAIN => {
            compartment.write(|tx, sealer| files_again(tx, sealer, row))?;
            put_off(compartment, row, Waits::City, None)?;
            Ok(Waits::City)
        }
        Verdict::FilesAgain => block(compartment, row, &files_lost()),
        Verdict::Final(problem) => block(compartment, row, &problem),
        Verdict::Stop(error) => Err(error),
    }
}

fn block(compartment: &Compartment, row: &Queued, problem: &Problem) -> Result<Waits, Error> {
    compartment.write(|tx, sealer| queue::block(tx, sealer, row, problem))?;
    Ok(Waits::Nothing)
}

fn put_off(
    compartment: &Compartment,
    row: &Queued,
    waits: Waits,
    retry_after: Option<Duration>,
) -> Result<(), Error> {
    let wait = backoff::wait(row.attempts, retry_after, u64::from_le_bytes(*random()?));
    let next = now_ms().saturating_add(i64::try_from(wait.as_millis()).unwrap_or(i64::MAX));
    compartment.write(|tx, _| queue::defer(tx, row.transaction_id, next, waits))
}

/// Queues a filing's files again, and the filing behind them.
fn files_again(
    tx: &rusqlite::Transaction<'_>,
    sealer: &crate::store::Sealer,
    row: &Queued,
) -> Result<(), Error> {
    let mut depends_on = Vec::new();
    let draft_id = row.request.draft_id;
    let files = draft_id.map(|draft_id| attachment::of_draft(tx, sealer, draft_id)).transpose()?;
    for file in files.unwrap_or_default() {
        let transaction_id = upload_transaction(file.attachment_id);
        let what = What::Upload { file: file.cited() };
        let request = QueuedRequest { draft_id, title: row.request.title.clone(), what, problem: None };
        queue::push(tx, sealer, transaction_id, &request, &[])?;
        depends_on.push(transaction_id);
    }
    queue::push(tx, sealer, row.transaction_id, &row.request, &depends_on)
}

/// The problem of a filing whose files the city says it does not have, again and again.
fn files_lost() -> Problem {
    Problem {
        kind: ProblemType::EvidenceIncomplete,
        status: 409,
        title: citizen_api::Text::new(
            "城市多次说没有收到材料。材料都还在手机里，请稍后点“重试”，或撤回后检查材料再提交。",
            "The city says again and again that the files are not there. They are safe on this phone. Please retry later, or withdraw the filing and check its files.",
        ),
        pointer: None,
    }
}
