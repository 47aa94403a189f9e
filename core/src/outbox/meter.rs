//! How fast a file goes, and how long it will still take.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

/// How far back it is looked. Long enough for a number that a person can read, short enough to be true after the
/// network has changed.
const WINDOW: Duration = Duration::from_secs(5);

/// Where a file was, and when.
pub(super) struct Meter(VecDeque<(Instant, u64)>);

impl Meter {
    /// A file that sets out.
    pub(super) fn new() -> Self {
        Self(VecDeque::new())
    }

    /// Notes how far a file is; gives the bytes a second since some seconds ago, nought at the beginning.
    pub(super) fn note(&mut self, now: Instant, sent: u64) -> u64 {
        self.0.push_back((now, sent));
        while self.0.len() > 2 && self.0.front().is_some_and(|(then, _)| now - *then > WINDOW) {
            self.0.pop_front();
        }
        let Some((then, before)) = self.0.front() else { return 0 };
        let milliseconds = u64::try_from((now - *then).as_millis()).unwrap_or(u64::MAX);
        sent.saturating_sub(*before).saturating_mul(1000).checked_div(milliseconds).unwrap_or_default()
    }
}

/// How many seconds the rest will take, rounded up; none while nobody can say.
pub(super) fn seconds_left(rest: u64, bytes_per_second: u64) -> Option<u64> {
    (bytes_per_second > 0).then(|| rest.div_ceil(bytes_per_second))
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::{Meter, seconds_left};

    #[test]
    fn the_rate_is_that_of_the_last_seconds() {
        let (mut meter, begun) = (Meter::new(), Instant::now());
        let mut at = |seconds: u64, sent| meter.note(begun + Duration::from_secs(seconds), sent);
        // What was at the city before does not count.
        assert_eq!(at(0, 1_000_000), 0);
        assert_eq!(at(2, 1_200_000), 100_000);
        assert_eq!(at(4, 1_400_000), 100_000);
        // The network is ten times as fast from here on, and soon the rate is too.
        assert!((100_001..1_000_000).contains(&at(6, 3_400_000)));
        assert!((at(8, 5_400_000), at(10, 7_400_000), at(12, 9_400_000)).2 == 1_000_000);
    }

    #[test]
    fn what_is_left_is_rounded_up_and_not_guessed() {
        assert_eq!(seconds_left(100, 30), Some(4));
        assert_eq!(seconds_left(0, 30), Some(0));
        assert_eq!(seconds_left(100, 0), None);
    }
}
