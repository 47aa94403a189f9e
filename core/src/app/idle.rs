//! For how long nobody has been there.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// How long people stay open, and since when nobody was there, by the time since the device was started.
#[derive(Debug, Default)]
pub(super) struct Idle {
    allowed: AtomicU64,
    since: AtomicU64,
}

impl Idle {
    pub(super) fn allow(&self, time: Duration) {
        self.allowed.store(milliseconds(time), Ordering::Relaxed);
    }

    pub(super) fn allowed(&self) -> Duration {
        Duration::from_millis(self.allowed.load(Ordering::Relaxed))
    }

    pub(super) fn begin_anew(&self, now: Duration) {
        self.since.store(milliseconds(now), Ordering::Relaxed);
    }

    /// What is left of the allowed time.
    pub(super) fn left(&self, now: Duration) -> Duration {
        let since = Duration::from_millis(self.since.load(Ordering::Relaxed));
        self.allowed().saturating_sub(now.saturating_sub(since))
    }
}

fn milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
