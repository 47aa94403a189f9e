//! Chance that falls the same each time.

use jiff::Span;
use jiff::civil::Date;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// A generator, begun from a number.
pub(crate) struct Chance(ChaCha8Rng);

impl Chance {
    pub(crate) fn from_seed(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    /// A number from `low` on and below `high`; `low` where there is none. That the remainder favours small
    /// numbers a little does not matter for people who are made up.
    pub(crate) fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = high.saturating_sub(low).max(1).unsigned_abs();
        low.saturating_add_unsigned(self.0.next_u64() % span)
    }

    /// Yes, so many times out of a hundred.
    pub(crate) fn percent(&mut self, percent: i64) -> bool {
        self.between(0, 100) < percent
    }

    /// One of several; the type's default where there is none.
    pub(crate) fn pick<T: Copy + Default>(&mut self, choices: &[T]) -> T {
        let count = i64::try_from(choices.len()).unwrap_or(i64::MAX);
        let index = usize::try_from(self.between(0, count)).unwrap_or(0);
        choices.get(index).copied().unwrap_or_default()
    }

    /// That many digits.
    pub(crate) fn digits(&mut self, count: usize) -> String {
        (0..count).map(|_| char::from_digit(self.0.next_u32() % 10, 10).unwrap_or('0')).collect()
    }

    /// A day from the first on and before the second.
    pub(crate) fn day(&mut self, from: Date, before: Date) -> Date {
        let days = from.duration_until(before).as_hours() / 24;
        from.saturating_add(Span::new().days(self.between(0, days)))
    }

    /// 80 random bits, for a name that is given once.
    pub(crate) fn bytes(&mut self) -> [u8; 10] {
        let mut bytes = [0; 10];
        self.0.fill_bytes(&mut bytes);
        bytes
    }
}
