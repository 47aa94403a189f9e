//! The PIN that a person chooses.

use zeroize::Zeroizing;

use crate::Error;

/// The fewest digits of a PIN.
const FEWEST: usize = 6;

/// A PIN, wiped from memory when it is dropped.
#[derive(Clone)]
pub struct Pin(Zeroizing<String>);

impl Pin {
    /// A PIN as it was entered. Spaces around it are not part of it, and full-width digits, as Chinese keyboards give
    /// them, are digits.
    pub fn new(entered: &str) -> Self {
        let digit = |c: char| match c {
            '０'..='９' => char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')).unwrap_or(c),
            _ => c,
        };
        Self(Zeroizing::new(entered.trim().chars().map(digit).collect()))
    }

    /// Whether it may be chosen: six digits or more, no run up or down, and no digit or group over and over.
    pub fn check_strength(&self) -> Result<(), Error> {
        let digits = self.bytes();
        let enough = digits.len() >= FEWEST && digits.iter().all(u8::is_ascii_digit);
        if enough && !is_run(digits) && !is_repetition(digits) { Ok(()) } else { Err(Error::PinTooWeak) }
    }

    pub(super) fn bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

/// Whether each digit follows on the one before it, up or down, going round from 9 to 0.
fn is_run(digits: &[u8]) -> bool {
    let steps_by =
        |step: u8| digits.iter().zip(digits.iter().skip(1)).all(|(a, b)| (a - b'0' + step) % 10 == b - b'0');
    steps_by(1) || steps_by(9)
}

/// Whether it is a group of at most half its length over and over, such as 000000, 121212 and 123123.
fn is_repetition(digits: &[u8]) -> bool {
    (1..=digits.len() / 2)
        .any(|group| digits.iter().zip(digits.iter().skip(group)).all(|(earlier, later)| earlier == later))
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
        for weak in [
            "",
            "12345",
            "111111",
            "123456",
            "987654",
            "890123",
            "121212",
            "123123",
            "12341234",
            "12345a",
            "-27491",
            "27 4916",
            "一二三四五六",
        ] {
            assert!(Pin::new(weak).check_strength().is_err(), "{weak}");
        }
        for good in ["274916", " 135791 ", "112233", "000001"] {
            assert!(Pin::new(good).check_strength().is_ok(), "{good}");
        }
    }

    #[test]
    fn full_width_digits_are_digits() {
        assert_eq!(Pin::new("２７４９１６\n").bytes(), b"274916");
    }
}
