//! What time it is, by this device's clock as the servers correct it.
//!
//! A phone's clock can be wrong by a year. Whatever compares moments with a server's goes by this clock: every answer
//! says when it was sent, and the last one counts. Nothing is kept over the life of the process.

use std::sync::atomic::{AtomicI64, Ordering};

use jiff::fmt::rfc2822::DateTimeParser;
use jiff::{SignedDuration, Timestamp};
use reqwest::header::{DATE, HeaderMap};

/// Smaller differences say nothing: a `Date` is whole seconds and has been on its way for a while.
const SLACK_SECONDS: i64 = 2;

/// A clock that is corrected by what servers say.
#[derive(Debug, Default)]
pub(super) struct Clock {
    /// By how many seconds the servers' clock is ahead of this device's.
    ahead: AtomicI64,
}

impl Clock {
    /// Now, as the servers have it.
    pub(super) fn now(&self) -> Timestamp {
        let (now, ahead) = (Timestamp::now(), self.ahead.load(Ordering::Relaxed));
        now.checked_add(SignedDuration::from_secs(ahead)).unwrap_or(now)
    }

    /// Sets itself by the `Date` of an answer.
    pub(super) fn learn(&self, headers: &HeaderMap) {
        let said = headers.get(DATE).and_then(|date| date.to_str().ok());
        let Some(moment) = said.and_then(|date| DateTimeParser::new().parse_timestamp(date).ok()) else {
            return;
        };
        let ahead = moment.as_second().saturating_sub(Timestamp::now().as_second());
        self.ahead.store(if ahead.abs() <= SLACK_SECONDS { 0 } else { ahead }, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use reqwest::header::{DATE, HeaderMap};

    use super::Clock;

    fn date(text: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(DATE, text.parse().unwrap());
        headers
    }

    #[test]
    fn the_last_answer_that_says_a_time_counts() {
        let clock = Clock::default();
        clock.learn(&date("Sun, 06 Nov 2067 08:49:37 GMT"));
        let year = |clock: &Clock| clock.now().to_string().get(..4).unwrap().to_owned();
        assert_eq!(year(&clock), "2067");
        clock.learn(&date("yesterday"));
        clock.learn(&HeaderMap::new());
        assert_eq!(year(&clock), "2067", "an answer without a time changes nothing");
        let local = Timestamp::now().strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
        clock.learn(&date(&local));
        assert!((clock.now().as_second() - Timestamp::now().as_second()).abs() <= 1);
    }
}
