//! What one try at a PIN costs, fitted once to the device.

use std::time::{Duration, Instant};

use argon2::{Algorithm, Argon2, Params, Version};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::Error;

/// What Argon2id is asked to do for one try. It stands in the clear beside the wrapped key and is bound into it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Cost {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
}

/// How dear a try is made when a PIN is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PinCost {
    /// As dear as a person hardly notices on this device: 300 to 600 ms, measured once and then kept.
    #[default]
    Measured,
    /// The least that OWASP recommends, for machines that unlock again and again.
    Least,
}

/// The least that OWASP recommends for Argon2id: 19 MiB, two passes, one lane. No device is ever asked for less.
pub(crate) const LEAST: Cost = Cost { memory_kib: 19 * 1024, passes: 2, lanes: 1 };

/// No file asks for more: one that does was not written here and would only exhaust the phone.
const DEAREST: Cost = Cost { memory_kib: 1024 * 1024, passes: 64, lanes: 4 };

/// More memory than this, and a small phone would end other apps for it. Beyond it only passes are added.
const MOST_MEMORY_KIB: u32 = 64 * 1024;

/// What a try should take: in the middle of 300 to 600 ms.
const AIM: Duration = Duration::from_millis(430);

impl Cost {
    /// Whether it is one that this version would be asked for.
    pub(crate) fn is_sane(self) -> bool {
        self.memory_kib <= DEAREST.memory_kib && self.passes <= DEAREST.passes && self.lanes <= DEAREST.lanes
    }

    /// Its bytes, to be bound in.
    pub(crate) fn bound(self) -> Vec<u8> {
        [self.memory_kib, self.passes, self.lanes].map(u32::to_be_bytes).concat()
    }

    /// Stretches a PIN into 32 bytes.
    pub(crate) fn stretch(self, pin: &[u8], salt: &[u8], into: &mut [u8]) -> Result<(), Error> {
        let params = Params::new(self.memory_kib, self.passes, self.lanes, Some(32))
            .map_err(|_| Error::RecordAltered)?;
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(pin, salt, into)
            .map_err(|_| Error::internal("the PIN cannot be stretched"))
    }
}

/// The cost that takes this device as long as a try should.
pub(crate) fn measure() -> Result<Cost, Error> {
    fit(|cost| {
        let mut stretched = Zeroizing::new([0; 32]);
        let begun = Instant::now();
        cost.stretch(b"measured", b"measured on this device", stretched.as_mut())?;
        Ok(begun.elapsed())
    })
}

/// Finds the cost by what some take. Memory comes first, because it is what makes guessing elsewhere dear.
fn fit(took: impl Fn(Cost) -> Result<Duration, Error>) -> Result<Cost, Error> {
    let mut cost = LEAST;
    let mut time = took(cost)?;
    while time * 2 <= AIM && cost.memory_kib < MOST_MEMORY_KIB {
        cost.memory_kib = cost.memory_kib.saturating_mul(2).min(MOST_MEMORY_KIB);
        time = took(cost)?;
    }
    let a_pass = (time.as_micros() / u128::from(cost.passes)).max(1);
    let passes = u32::try_from(AIM.as_micros() / a_pass).unwrap_or(u32::MAX);
    Ok(Cost { passes: passes.clamp(LEAST.passes, DEAREST.passes), ..cost })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Cost, LEAST, MOST_MEMORY_KIB, fit};

    /// A device that fills so many KiB in a microsecond.
    fn device(kib_per_microsecond: f64) -> (Cost, Duration) {
        let took = |cost: Cost| {
            let filled = f64::from(cost.memory_kib) * f64::from(cost.passes);
            Duration::from_secs_f64(filled / kib_per_microsecond / 1e6)
        };
        let cost = fit(|cost| Ok(took(cost))).unwrap();
        (cost, took(cost))
    }

    #[test]
    fn a_try_takes_300_to_600_ms_on_any_device_that_can_and_never_less_than_the_least() {
        for speed in [0.1, 0.2, 0.3, 0.5, 1.0, 2.0, 4.0, 8.0] {
            let (cost, time) = device(speed);
            let milliseconds = time.as_millis();
            assert!((300..=600).contains(&milliseconds), "{speed}: {milliseconds} ms");
            assert!(cost.memory_kib >= LEAST.memory_kib && cost.memory_kib <= MOST_MEMORY_KIB, "{speed}");
            assert!(cost.passes >= LEAST.passes && cost.is_sane(), "{speed}");
        }
        assert_eq!(device(0.01).0, LEAST, "a device that is too slow still does the least");
    }
}
