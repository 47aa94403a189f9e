//! A few threads that read, each on a connection of its own.

use std::panic::AssertUnwindSafe;
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use rusqlite::Connection;

use super::sqlite::{SqliteTx, open_reader};
use super::{StoreError, Tx};

/// Reads are short and mostly from memory: more threads than this only wait for processors.
const READERS: usize = 4;

/// A reading: gets the transaction, or why there is none.
pub(super) type Job = Box<dyn FnOnce(Result<&mut dyn Tx, StoreError>) + Send>;

/// The readers' queue and their threads.
pub(super) struct Readers {
    queue: Option<Sender<Job>>,
    threads: Vec<JoinHandle<()>>,
}

impl Readers {
    pub(super) fn start(path: &Path) -> Result<Self, StoreError> {
        let (queue, jobs) = channel();
        let jobs = Arc::new(Mutex::new(jobs));
        let mut readers = Self { queue: Some(queue), threads: Vec::new() };
        for _ in 0..READERS {
            let (connection, jobs) = (open_reader(path)?, Arc::clone(&jobs));
            readers.threads.push(super::spawn("city-reader", move || read_all(&connection, &jobs))?);
        }
        Ok(readers)
    }

    pub(super) fn submit(&self, job: Job) {
        if let Some(queue) = &self.queue {
            // A queue without its threads drops the job, and the caller learns that there is no answer.
            drop(queue.send(job));
        }
    }
}

impl Drop for Readers {
    fn drop(&mut self) {
        super::drain(&mut self.queue, &mut self.threads);
    }
}

fn read_all(connection: &Connection, jobs: &Mutex<Receiver<Job>>) {
    while let Some(job) = next(jobs) {
        let read = || match connection.execute_batch("BEGIN") {
            Ok(()) => job(Ok(&mut SqliteTx::new(connection))),
            Err(error) => job(Err(error.into())),
        };
        if std::panic::catch_unwind(AssertUnwindSafe(read)).is_err() {
            tracing::error!("a reading of the store panicked");
        }
        if !connection.is_autocommit()
            && let Err(error) = connection.execute_batch("ROLLBACK")
        {
            tracing::error!(%error, "a reading could not be ended");
        }
    }
}

/// Waits for a job. The lock is held while waiting and given up before the job is run.
fn next(jobs: &Mutex<Receiver<Job>>) -> Option<Job> {
    jobs.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}
