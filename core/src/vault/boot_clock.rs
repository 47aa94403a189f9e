//! How long the device has been running: a clock that nobody can set.

use std::time::Duration;

/// Time since the device was started, sleep included. The waits between tries at a PIN are measured by it: setting
/// the date changes nothing, and starting the device anew can only make a wait longer.
pub trait BootClock: Send + Sync {
    /// Time since the device was started.
    fn since_boot(&self) -> Duration;
}

/// The operating system's own.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemBootClock;

impl BootClock for SystemBootClock {
    fn since_boot(&self) -> Duration {
        #[cfg(any(target_os = "linux", target_os = "android"))]
        let clock = rustix::time::ClockId::Boottime;
        // Apple's goes on while the device sleeps.
        #[cfg(not(any(target_os = "linux", target_os = "android")))]
        let clock = rustix::time::ClockId::Monotonic;
        let now = rustix::time::clock_gettime(clock);
        Duration::new(
            u64::try_from(now.tv_sec).unwrap_or_default(),
            u32::try_from(now.tv_nsec).unwrap_or_default(),
        )
    }
}

/// For how long something that was noted at `then` has lasted at least, seen at `now`. Where the clock has gone back
/// the device was started since, and that is all that is known.
pub(crate) fn at_least_since(then: Duration, now: Duration) -> Duration {
    now.checked_sub(then).unwrap_or(now)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{BootClock, SystemBootClock, at_least_since};

    #[test]
    fn time_passes_and_a_restart_gives_nothing_away() {
        let before = SystemBootClock.since_boot();
        assert!(!before.is_zero() && SystemBootClock.since_boot() >= before);
        let seconds = Duration::from_secs;
        assert_eq!(at_least_since(seconds(100), seconds(130)), seconds(30));
        assert_eq!(at_least_since(seconds(100), seconds(7)), seconds(7));
    }
}
