//! Counting tries at a PIN, so that guessing takes longer than anyone has and ends after ten.
//!
//! A try is counted, durably, before it is made: a process that is killed in the middle of it has still counted it.
//! Waits are measured by the time since the device was started, which nobody can set; after a restart they count from
//! there. After the tenth failure no further try is made.

use std::fs::{self, File};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::boot_clock::{BootClock, at_least_since};
use crate::Error;
use crate::error::disk;
use crate::store::replace_file;

/// How many seconds the next try waits after so many failures; after more, as long as after the last.
const WAITS: [u64; 8] = [0, 0, 0, 30, 60, 5 * 60, 15 * 60, 60 * 60];

/// After so many failures there is no further try.
const MOST: usize = 10;

/// What a count that is gone or cannot be read is taken for: three tries are left, each after the longest wait.
/// Spoiling the file gains nobody a try, and keeps nobody out of their own data for longer than an hour.
const UNREADABLE: usize = 7;

/// The bytes that a count takes on the disk, with room for any number.
const SIZE: usize = 64;

#[derive(Clone, Copy, Default, PartialEq, Eq, Debug, Serialize, Deserialize)]
struct Counter {
    failed: usize,
    /// When the last try was counted, in milliseconds since the device was started.
    #[serde(default)]
    at_since_boot: u64,
}

/// The tries at one person's PIN, held by one process at a time.
pub(crate) struct Attempts<'a> {
    path: PathBuf,
    counter: Counter,
    /// As it was before the try that was counted last.
    before: Counter,
    clock: &'a dyn BootClock,
    _lock: File,
}

impl<'a> Attempts<'a> {
    /// Waits until no other process tries, and reads the count.
    pub(crate) fn begin(folder: &Path, clock: &'a dyn BootClock) -> Result<Self, Error> {
        let path = folder.join("tries.json");
        let lock = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(folder.join("tries.lock"))
            .and_then(|lock| lock.lock().map(|()| lock))
            .map_err(disk)?;
        let read = match fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes).ok(),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(error) => return Err(disk(error)),
        };
        let spoiled = Counter { failed: UNREADABLE, at_since_boot: milliseconds(clock.since_boot()) };
        let counter = read.unwrap_or(spoiled);
        let attempts = Self { path, counter, before: counter, clock, _lock: lock };
        if read.is_none() {
            attempts.write()?;
        }
        Ok(attempts)
    }

    /// Begins to count for a PIN that is new.
    pub(crate) fn make(folder: &Path) -> Result<(), Error> {
        write(&folder.join("tries.json"), Counter::default())
    }

    /// Whether there were so many failures that no further try is made.
    pub(crate) fn are_used_up(&self) -> bool {
        self.counter.failed >= MOST
    }

    /// Counts the try that is about to be made, or refuses it because it comes too early.
    pub(crate) fn count(&mut self) -> Result<(), Error> {
        let left = self.left();
        if !left.is_zero() {
            return Err(Error::PinPaused { wait: left });
        }
        self.before = self.counter;
        let failed = self.counter.failed.saturating_add(1);
        self.counter = Counter { failed, at_since_boot: milliseconds(self.clock.since_boot()) };
        self.write()
    }

    /// Takes the counted try back: there was nothing to try it on.
    pub(crate) fn take_back(mut self) -> Result<(), Error> {
        self.counter = self.before;
        self.write()
    }

    /// How long the next try still has to wait.
    pub(crate) fn left(&self) -> Duration {
        let then = Duration::from_millis(self.counter.at_since_boot);
        wait_after(self.counter.failed).saturating_sub(at_least_since(then, self.clock.since_boot()))
    }

    /// How many tries there still are.
    pub(crate) fn tries_left(&self) -> usize {
        MOST.saturating_sub(self.counter.failed)
    }

    /// How long the next try has to wait, now that the counted one has failed.
    pub(crate) fn wait(&self) -> Duration {
        wait_after(self.counter.failed)
    }

    /// Forgets the failures: the PIN was right.
    pub(crate) fn clear(mut self) -> Result<(), Error> {
        self.counter = Counter::default();
        self.write()
    }

    fn write(&self) -> Result<(), Error> {
        write(&self.path, self.counter)
    }
}

/// Written over what is there, in a place of fixed size: a full disk must not keep the person from reading what
/// they wrote, and an overwrite needs no room.
fn write(path: &Path, counter: Counter) -> Result<(), Error> {
    let mut bytes = serde_json::to_vec(&counter).map_err(|_| Error::internal("a count cannot be written"))?;
    bytes.resize(bytes.len().max(SIZE), b' ');
    match File::options().write(true).open(path) {
        Ok(file) if file.metadata().is_ok_and(|metadata| metadata.len() == bytes.len() as u64) => {
            file.write_all_at(&bytes, 0).and_then(|()| file.sync_data()).map_err(disk)
        }
        _ => replace_file(path, &bytes),
    }
}

fn milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

fn wait_after(failed: usize) -> Duration {
    Duration::from_secs(WAITS.get(failed).or(WAITS.last()).copied().unwrap_or_default())
}

#[cfg(test)]
mod tests;
