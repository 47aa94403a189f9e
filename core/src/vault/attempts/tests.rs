use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use proptest::prelude::*;

use super::{Attempts, BootClock, Counter, MOST, wait_after};
use crate::Error;

/// A clock that a test sets.
#[derive(Default)]
struct Set(AtomicU64);

impl Set {
    fn at(seconds: u64) -> Self {
        Self(AtomicU64::new(seconds))
    }
}

impl BootClock for Set {
    fn since_boot(&self) -> Duration {
        Duration::from_secs(self.0.load(Ordering::Relaxed))
    }
}

fn attempt(folder: &Path, clock: &Set) -> Result<Duration, Error> {
    let mut attempts = Attempts::begin(folder, clock)?;
    attempts.count()?;
    Ok(attempts.wait())
}

fn set(folder: &Path, failed: usize, at_since_boot: u64) {
    let counter = serde_json::to_vec(&Counter { failed, at_since_boot }).unwrap();
    fs::write(folder.join("tries.json"), counter).unwrap();
}

fn new() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    Attempts::make(folder.path()).unwrap();
    folder
}

#[test]
fn counting_on_needs_no_room_on_the_disk() {
    use std::os::unix::fs::MetadataExt;
    let (folder, clock) = (new(), Set::default());
    attempt(folder.path(), &clock).unwrap();
    let place =
        || fs::metadata(folder.path().join("tries.json")).map(|file| (file.ino(), file.len())).unwrap();
    let before = place();
    attempt(folder.path(), &clock).unwrap();
    assert_eq!(place(), before, "the count is written over, not anew");
    assert_eq!(Attempts::begin(folder.path(), &clock).unwrap().counter.failed, 2);
}

#[test]
fn a_try_counts_even_if_nothing_comes_after_it() {
    let (folder, clock) = (new(), Set::at(5));
    assert_eq!(attempt(folder.path(), &clock), Ok(Duration::ZERO));
    assert_eq!(attempt(folder.path(), &clock), Ok(Duration::ZERO));
    assert_eq!(attempt(folder.path(), &clock), Ok(Duration::from_secs(30)));
    let paused = Err(Error::PinPaused { wait: Duration::from_secs(30) });
    assert_eq!(attempt(folder.path(), &clock), paused);
}

#[test]
fn the_waits_grow_to_an_hour_and_no_further() {
    let (folder, clock) = (new(), Set::at(1_000_000));
    for (failed, seconds) in [(3, 60), (4, 300), (5, 900), (6, 3600), (7, 3600), (9, 3600)] {
        set(folder.path(), failed, 0);
        assert_eq!(attempt(folder.path(), &clock), Ok(Duration::from_secs(seconds)), "after {failed}");
    }
    assert!(Attempts::begin(folder.path(), &clock).unwrap().are_used_up());
}

#[test]
fn a_count_that_is_spoiled_or_gone_gains_nothing_and_costs_an_hour() {
    let (folder, clock) = (new(), Set::at(9_000));
    for spoil in [Some("{"), None] {
        match spoil {
            Some(text) => fs::write(folder.path().join("tries.json"), text).unwrap(),
            None => fs::remove_file(folder.path().join("tries.json")).unwrap(),
        }
        let hour = Duration::from_secs(3600);
        assert_eq!(attempt(folder.path(), &clock), Err(Error::PinPaused { wait: hour }));
        clock.0.fetch_add(3600, Ordering::Relaxed);
        assert_eq!(attempt(folder.path(), &clock), Ok(hour), "and is not measured anew each time");
    }
}

#[test]
fn the_right_pin_clears_the_count() {
    let (folder, clock) = (new(), Set::at(5_000));
    set(folder.path(), 6, 0);
    let mut attempts = Attempts::begin(folder.path(), &clock).unwrap();
    attempts.count().unwrap();
    attempts.clear().unwrap();
    assert_eq!(attempt(folder.path(), &clock), Ok(Duration::ZERO));
}

/// What somebody who holds the phone can do.
#[derive(Debug, Clone)]
enum Move {
    Try,
    Wait(u64),
    /// Starts the phone anew and lets it run for so many seconds.
    Restart(u64),
}

fn moves() -> impl Strategy<Value = Vec<Move>> {
    let one = prop_oneof![
        3 => Just(Move::Try),
        2 => (0_u64..5_000).prop_map(Move::Wait),
        1 => (0_u64..5_000).prop_map(Move::Restart),
    ];
    prop::collection::vec(one, 1..60)
}

proptest! {
    /// By the time that has really passed, no try comes before its wait is over, whatever is done to the phone, and no
    /// eleventh one at all.
    #[test]
    fn no_try_comes_early_by_the_time_that_really_passed(moves in moves()) {
        let (folder, clock) = (new(), Set::at(40));
        let (mut now, mut last, mut tries) = (0_u64, 0_u64, 0_usize);
        for step in moves {
            match step {
                Move::Wait(seconds) => {
                    now += seconds;
                    clock.0.fetch_add(seconds, Ordering::Relaxed);
                }
                Move::Restart(seconds) => {
                    now += seconds;
                    clock.0.store(seconds, Ordering::Relaxed);
                }
                Move::Try => {
                    let mut attempts = Attempts::begin(folder.path(), &clock).unwrap();
                    if attempts.are_used_up() || attempts.count().is_err() {
                        continue;
                    }
                    prop_assert!(now - last >= wait_after(tries).as_secs(), "{tries} at {now} after {last}");
                    (last, tries) = (now, tries + 1);
                    prop_assert!(tries <= MOST);
                }
            }
        }
    }
}
