//! The PIN that a person chooses.

use zeroize::Zeroizing;

use crate::Error;

/// The fewest digits of a PIN.
const FEWEST: usize = 6;

/// A PIN, wiped from memory when it is dropped.
#[derive(Clone)]
pub struct Pin(Zeroizing<String>);

impl Pin {
    /// A PIN as it was entered. Spaces around it are not part of it.
    pub fn new(entered: &str) -> Self {
        Self(Zeroizing::new(entered.trim().to_owned()))
    }

    /// Whether it may be chosen: six digits or more, no repetition of one, no run up or down.
    pub fn check_strength(&self) -> Result<(), Error> {
        let digits: Vec<u8> = self.0.bytes().collect();
        let all_digits = digits.iter().all(u8::is_ascii_digit);
        let steps: Vec<i16> =
            digits.iter().zip(digits.iter().skip(1)).map(|(a, b)| i16::from(*b) - i16::from(*a)).collect();
        let even = |step: i16| steps.iter().all(|other| *other == step);
        let weak = even(0) || even(1) || even(-1);
        if digits.len() < FEWEST || !all_digits || weak { Err(Error::PinTooWeak) } else { Ok(()) }
    }

    pub(super) fn bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

/// Hides the PIN.
impl std::fmt::Debug for Pin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Pin(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::Pin;

    #[test]
    fn what_is_tried_first_cannot_be_chosen() {
        for weak in ["", "12345", "111111", "123456", "987654", "12345a", "一二三四五六"] {
            assert!(Pin::new(weak).check_strength().is_err(), "{weak}");
        }
        for good in ["274916", " 135791 ", "112233"] {
            assert!(Pin::new(good).check_strength().is_ok(), "{good}");
        }
    }
}
