//! The one thread that writes: whatever waits goes into one commit.

use std::collections::VecDeque;
use std::panic::AssertUnwindSafe;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

use rusqlite::Connection;

use super::sqlite::SqliteTx;
use super::topics::Topics;
use super::{StoreError, Tx};

/// How many jobs share a commit at most, so that the first of them does not wait for ever.
const BATCH: usize = 256;

/// A transaction as the writer sees it. One that is dropped without its acknowledgement being called has
/// not happened, and its caller learns just that.
pub(super) type Job = Box<dyn FnOnce(&mut dyn Tx) -> Outcome + Send>;

/// What a job has come to, before the commit.
pub(super) struct Outcome {
    /// Whether what it did shall stay.
    pub(super) keep: bool,
    /// Tells the caller, once the commit is durable.
    pub(super) acknowledge: Box<dyn FnOnce() + Send>,
}

/// The writer's queue and its thread.
pub(super) struct Writer {
    queue: Option<Sender<Job>>,
    threads: Vec<JoinHandle<()>>,
}

impl Writer {
    pub(super) fn start(connection: Connection, topics: Topics) -> Result<Self, StoreError> {
        let (queue, jobs) = channel();
        let threads = vec![super::spawn("city-writer", move || write_all(&connection, &jobs, &topics))?];
        Ok(Self { queue: Some(queue), threads })
    }

    pub(super) fn submit(&self, job: Job) {
        if let Some(queue) = &self.queue {
            // A queue without its thread drops the job, which tells the caller that nothing happened.
            drop(queue.send(job));
        }
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        super::drain(&mut self.queue, &mut self.threads);
    }
}

fn write_all(connection: &Connection, jobs: &Receiver<Job>, topics: &Topics) {
    while let Ok(first) = jobs.recv() {
        let mut waiting: VecDeque<Job> =
            std::iter::once(first).chain(jobs.try_iter().take(BATCH - 1)).collect();
        while !waiting.is_empty() {
            match commit_batch(connection, &mut waiting) {
                Ok(finished) => finished.into_iter().for_each(|job| job.tell(topics)),
                Err(error) => tracing::error!(%error, "a commit failed; none of its transactions happened"),
            }
        }
    }
}

/// A job that has run, to be told of once the commit is durable.
struct Finished {
    outcome: Outcome,
    notices: Vec<String>,
}

impl Finished {
    fn tell(self, topics: &Topics) {
        if self.outcome.keep {
            self.notices.iter().for_each(|topic| topics.notify(topic));
        }
        (self.outcome.acknowledge)();
    }
}

/// Runs jobs in one transaction, each in a savepoint of its own, and commits. On an error nothing of what
/// has run is kept; jobs that have not run yet stay in `waiting`, unless no transaction can be begun.
fn commit_batch(connection: &Connection, waiting: &mut VecDeque<Job>) -> Result<Vec<Finished>, StoreError> {
    if let Err(error) = connection.execute_batch("BEGIN IMMEDIATE") {
        waiting.clear();
        return Err(error.into());
    }
    let committed = run_jobs(connection, waiting).and_then(|finished| {
        connection.execute_batch("COMMIT")?;
        Ok(finished)
    });
    if !connection.is_autocommit() {
        connection.execute_batch("ROLLBACK")?;
    }
    committed
}

fn run_jobs(connection: &Connection, waiting: &mut VecDeque<Job>) -> Result<Vec<Finished>, StoreError> {
    let mut finished = Vec::new();
    while let Some(job) = waiting.pop_front() {
        connection.execute_batch("SAVEPOINT job")?;
        // A panic is a bug in one job; the savepoint undoes it, and the writer serves the others.
        let mut tx = SqliteTx::new(connection);
        let outcome = std::panic::catch_unwind(AssertUnwindSafe(|| job(&mut tx)));
        // SQLite undoes the whole transaction by itself where a disk is full: the jobs before are gone too.
        if connection.is_autocommit() {
            return Err(StoreError::NotCommitted);
        }
        if !outcome.as_ref().is_ok_and(|outcome| outcome.keep) {
            connection.execute_batch("ROLLBACK TO job")?;
        }
        connection.execute_batch("RELEASE job")?;
        finished.extend(outcome.ok().map(|outcome| Finished { outcome, notices: tx.notices }));
    }
    Ok(finished)
}
