//! Files that go on when the person has locked, where they have allowed it.
//!
//! What is written and signed waits for the person: only files go on, each with a key that opens nothing else. What the city
//! has then leaves the outbox, which needs no key. The process may die, and the network be off: the rows are the truth, and
//! the next pass with the person there goes on wherever the city is.

use std::time::Duration;

use super::hold::{files_wait, metered};
use super::request::What;
use super::{Outbox, backoff, lease, queue};
use crate::Error;
use crate::people::Compartment;
use crate::upload::{self, OnItsOwn};
use crate::vault::random;

impl Outbox {
    /// Has everything ready for the files that wait to go on when the person locks, and says how many are. None where they
    /// have not allowed it. What the network does not let be made ready waits for the next unlock.
    pub async fn prepare_for_lock(&self) -> Result<usize, Error> {
        let _lease = lease::take(self.compartment.folder()).await?;
        prepare(&self.compartment).await
    }
}

/// Gets a pass for each file that waits, until the network fails.
pub(super) async fn prepare(compartment: &Compartment) -> Result<usize, Error> {
    let wifi_only = compartment.wifi_only()?;
    compartment.remember_wifi_only(wifi_only);
    if !compartment.uploads_go_on()? || files_wait(compartment)? {
        return Ok(0);
    }
    let mut ready = 0;
    for row in compartment.read(queue::all)? {
        let What::Upload { file } = &row.request.what else { continue };
        if row.blocked || row.paused {
            continue;
        }
        match upload::prepare(compartment, row.transaction_id, file).await {
            Ok(()) => ready += 1,
            Err(Error::Locked) => return Err(Error::Locked),
            // The same will be met when the file is sent, and what it means for the row is judged there.
            Err(error) => {
                tracing::debug!(code = error.code(), "a file could not be made ready for a lock");
                break;
            }
        }
    }
    Ok(ready)
}

/// Sends files of somebody who has locked, until the city has them or no longer takes them so. `done` hears of each that is
/// over.
pub(crate) async fn go_on(compartment: Compartment, mut files: Vec<OnItsOwn>, mut done: impl FnMut()) {
    let mut tries = 0;
    loop {
        let Ok(lease) = lease::take(compartment.folder()).await else { return };
        let mut later = Vec::new();
        for file in files {
            if try_once(&compartment, &file).await { later.push(file) } else { done() }
        }
        drop(lease);
        files = later;
        if files.is_empty() {
            return;
        }
        tries += 1;
        tokio::time::sleep(pause(tries)).await;
    }
}

/// Sends a file, and says whether another try can help.
async fn try_once(compartment: &Compartment, file: &OnItsOwn) -> bool {
    let finished = tokio::select! {
        // The choice was made before the lock, and is remembered without the person's key.
        biased;
        () = metered(compartment), if compartment.remembers_wifi_only() => Err(Error::Offline),
        finished = file.finish() => finished,
    };
    match finished {
        Ok(()) => {
            let transaction_id = file.transaction_id();
            let noted = compartment.note(|tx| {
                upload::forget(tx, transaction_id)?;
                queue::remove(tx, transaction_id)
            });
            if let Err(error) = noted {
                tracing::debug!(code = error.code(), "a file is at the city and still in the outbox");
            }
            false
        }
        Err(error) => error.is_passing(),
    }
}

fn pause(tries: u32) -> Duration {
    match random() {
        Ok(chance) => backoff::wait(tries, None, u64::from_le_bytes(*chance)),
        Err(_) => backoff::CAP,
    }
}
