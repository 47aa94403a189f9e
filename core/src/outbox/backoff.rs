//! How long to wait before the next attempt.

use std::time::Duration;

/// The longest wait after the first failure; it doubles with each further one.
const BASE: Duration = Duration::from_secs(2);
/// The longest wait that nobody asked for: a person who looks at the phone after a tunnel should not wait longer.
pub(crate) const CAP: Duration = Duration::from_secs(5 * 60);
/// The longest `Retry-After` that is believed, and with it the longest wait of all: a slip at the city must not park a
/// filing for hours.
pub(crate) const LONGEST_RETRY_AFTER: Duration = Duration::from_secs(15 * 60);

/// The wait after that many attempts: somewhere between nothing and a limit that doubles (full jitter, so that
/// phones which lost the same network do not come back at the same moment), never less than the city asked for.
/// `chance` is a random number.
pub(crate) fn wait(attempts: u32, retry_after: Option<Duration>, chance: u64) -> Duration {
    let doublings = attempts.saturating_sub(1).min(16);
    let limit = BASE.saturating_mul(1 << doublings).min(CAP);
    let limit_ms = u64::try_from(limit.as_millis()).unwrap_or(u64::MAX);
    let jittered = Duration::from_millis(chance % limit_ms.saturating_add(1));
    jittered.max(retry_after.unwrap_or_default().min(LONGEST_RETRY_AFTER))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use proptest::prelude::{Rng, any, proptest};
    use proptest::test_runner::{RngAlgorithm, TestRng};

    use super::{CAP, wait};

    proptest! {
        #[test]
        fn a_wait_stays_within_its_limit(attempts in any::<u32>(), chance in any::<u64>()) {
            assert!(wait(attempts, None, chance) <= CAP);
            assert!(wait(1, None, chance) <= Duration::from_secs(2));
        }

        #[test]
        fn the_city_is_never_asked_sooner_than_it_said(attempts in any::<u32>(), chance in any::<u64>()) {
            assert!(wait(attempts, Some(Duration::from_secs(90)), chance) >= Duration::from_secs(90));
        }
    }

    #[test]
    fn the_limit_doubles_up_to_the_cap() {
        let longest = |attempts| {
            (0..=CAP.as_millis() as u64).step_by(500).map(|chance| wait(attempts, None, chance)).max()
        };
        assert_eq!(longest(1), Some(Duration::from_secs(2)));
        assert_eq!(longest(2), Some(Duration::from_secs(4)));
        assert_eq!(longest(20), Some(CAP));
    }

    #[test]
    fn an_absurd_retry_after_is_not_believed() {
        assert_eq!(wait(1, Some(Duration::from_secs(1 << 40)), 0), Duration::from_secs(15 * 60));
    }

    /// A hundred thousand phones that lost a city together, half an hour long, do not find each other again: in no ten
    /// seconds come more than twice as many as on average, once the first minutes have spread them.
    #[test]
    fn phones_that_lost_the_city_together_come_back_apart() {
        const PHONES: u32 = 100_000;
        const SECONDS: usize = 30 * 60;
        let mut chance = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
        let mut arrivals = vec![0_u32; SECONDS / 10];
        for _ in 0..PHONES {
            let (mut at, mut attempts) = (Duration::ZERO, 0);
            while let Some(count) = arrivals.get_mut(at.as_secs() as usize / 10) {
                *count += 1;
                attempts += 1;
                at += wait(attempts, None, chance.next_u64());
            }
        }
        let settled = &arrivals[60..];
        let average = settled.iter().sum::<u32>() / settled.len() as u32;
        let most = settled.iter().max().unwrap();
        assert!(*most < 2 * average, "{most} of {average} in ten seconds");
        let least = settled.iter().min().unwrap();
        assert!(*least > average / 2, "the last minutes are as full as the first: {least} of {average}");
    }
}
