//! Counting tries at a PIN, so that guessing takes longer than anyone has.
//!
//! A try is counted, durably, before it is made: a process that is killed in the middle of it has still counted it.
//! There is no last try after which everything is gone, because nothing a person wrote is ever deleted but by that
//! person; from the eighth on each takes an hour.

use std::fs::{self, File};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::Error;
use crate::error::disk;
use crate::store::{now_ms, replace_file};

/// How many seconds the next try waits after so many failures; after more, as long as after the last.
const WAITS: [u64; 8] = [0, 0, 0, 30, 60, 5 * 60, 15 * 60, 60 * 60];

/// The bytes that a count takes on the disk, with room for any number.
const SIZE: usize = 64;

#[derive(Default, Serialize, Deserialize)]
struct Counter {
    failed: usize,
    last_at: i64,
}

/// The tries at one person's PIN, held by one process at a time.
pub(crate) struct Attempts {
    path: PathBuf,
    counter: Counter,
    _lock: File,
}

impl Attempts {
    /// Waits until no other process tries, and reads the count.
    pub(crate) fn begin(folder: &Path) -> Result<Self, Error> {
        let path = folder.join("tries.json");
        let lock = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(folder.join("tries.lock"))
            .and_then(|lock| lock.lock().map(|()| lock))
            .map_err(disk)?;
        // A count that cannot be read begins anew: it must not keep the person out of their own data for ever, and
        // who can spoil the file can remove it as well.
        let counter = match fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes).unwrap_or_default(),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Counter::default(),
            Err(error) => return Err(disk(error)),
        };
        Ok(Self { path, counter, _lock: lock })
    }

    /// Counts the try that is about to be made, or refuses it because it comes too early.
    pub(crate) fn count(&mut self) -> Result<(), Error> {
        let now = now_ms();
        // A time that lies ahead was written by a clock that has since been set back; the wait begins anew, so
        // that it never lasts longer than it should.
        if self.counter.last_at > now {
            self.counter.last_at = now;
            self.write()?;
        }
        let passed = Duration::from_millis(u64::try_from(now - self.counter.last_at).unwrap_or_default());
        let left = wait_after(self.counter.failed).saturating_sub(passed);
        if !left.is_zero() {
            return Err(Error::PinPaused { wait: left });
        }
        self.counter = Counter { failed: self.counter.failed.saturating_add(1), last_at: now };
        self.write()
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

    /// Written over what is there, in a place of fixed size: a full disk must not keep the person from reading what
    /// they wrote, and an overwrite needs no room.
    fn write(&self) -> Result<(), Error> {
        let mut bytes =
            serde_json::to_vec(&self.counter).map_err(|_| Error::internal("a count cannot be written"))?;
        bytes.resize(bytes.len().max(SIZE), b' ');
        match File::options().write(true).open(&self.path) {
            Ok(file) if file.metadata().is_ok_and(|metadata| metadata.len() == bytes.len() as u64) => {
                file.write_all_at(&bytes, 0).and_then(|()| file.sync_data()).map_err(disk)
            }
            _ => replace_file(&self.path, &bytes),
        }
    }
}

fn wait_after(failed: usize) -> Duration {
    Duration::from_secs(WAITS.get(failed).or(WAITS.last()).copied().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::time::Duration;

    use super::{Attempts, Counter};
    use crate::Error;
    use crate::store::now_ms;

    fn attempt(folder: &std::path::Path) -> Result<Duration, Error> {
        let mut attempts = Attempts::begin(folder)?;
        attempts.count()?;
        Ok(attempts.wait())
    }

    fn set(folder: &std::path::Path, failed: usize, last_at: i64) {
        let counter = serde_json::to_vec(&Counter { failed, last_at }).unwrap();
        fs::write(folder.join("tries.json"), counter).unwrap();
    }

    #[test]
    fn counting_on_needs_no_room_on_the_disk() {
        use std::os::unix::fs::MetadataExt;
        let folder = tempfile::tempdir().unwrap();
        attempt(folder.path()).unwrap();
        let place =
            || fs::metadata(folder.path().join("tries.json")).map(|file| (file.ino(), file.len())).unwrap();
        let before = place();
        attempt(folder.path()).unwrap();
        assert_eq!(place(), before, "the count is written over, not anew");
        assert_eq!(Attempts::begin(folder.path()).unwrap().counter.failed, 2);
    }

    #[test]
    fn a_try_counts_even_if_nothing_comes_after_it() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(attempt(folder.path()), Ok(Duration::ZERO));
        assert_eq!(attempt(folder.path()), Ok(Duration::ZERO));
        assert_eq!(attempt(folder.path()), Ok(Duration::from_secs(30)));
        assert!(matches!(attempt(folder.path()), Err(Error::PinPaused { .. })));
    }

    #[test]
    fn the_waits_grow_to_an_hour_and_no_further() {
        let folder = tempfile::tempdir().unwrap();
        for (failed, seconds) in [(3, 60), (4, 300), (5, 900), (6, 3600), (7, 3600), (1000, 3600)] {
            set(folder.path(), failed, 0);
            assert_eq!(attempt(folder.path()), Ok(Duration::from_secs(seconds)), "after {failed}");
        }
    }

    #[test]
    fn a_clock_that_was_set_back_keeps_nobody_out_for_longer() {
        let folder = tempfile::tempdir().unwrap();
        set(folder.path(), 4, now_ms() + 365 * 24 * 3_600_000);
        let Err(Error::PinPaused { wait }) = attempt(folder.path()) else { panic!("not paused") };
        assert!(wait <= Duration::from_secs(60));
    }

    #[test]
    fn the_right_pin_clears_the_count() {
        let folder = tempfile::tempdir().unwrap();
        set(folder.path(), 6, 0);
        let mut attempts = Attempts::begin(folder.path()).unwrap();
        attempts.count().unwrap();
        attempts.clear().unwrap();
        assert_eq!(attempt(folder.path()), Ok(Duration::ZERO));
    }
}
