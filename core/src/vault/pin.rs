//! The PIN that a person chooses.

use jiff::civil::Date;
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

    /// Whether it may be chosen: six digits or more, no run up or down, no digit or group over and over, and no
    /// birthday as people write one.
    pub fn check_strength(&self) -> Result<(), Error> {
        let digits = self.bytes();
        let enough = digits.len() >= FEWEST && digits.iter().all(u8::is_ascii_digit);
        let easy = || is_run(digits) || is_repetition(digits) || is_day(&self.0);
        if enough && !easy() { Ok(()) } else { Err(Error::PinTooWeak) }
    }

    /// Whether a person may choose it who has that ID number (GB 11643): beyond [`Pin::check_strength`] it is no part
    /// of the number, and not their own birthday in any order.
    pub fn check_strength_for(&self, id_number: &str) -> Result<(), Error> {
        self.check_strength()?;
        let known = id_number.contains(self.0.as_str()) || birthdays(id_number).contains(&*self.0);
        if known { Err(Error::PinTooWeak) } else { Ok(()) }
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

/// Whether it is a day of the last or this century, year first, as it is written here: YYMMDD or YYYYMMDD.
fn is_day(digits: &str) -> bool {
    let (year, rest) = match digits.len() {
        6 => digits.split_at_checked(2).map(|(year, rest)| (format!("20{year}"), rest)),
        8 => digits.split_at_checked(4).map(|(year, rest)| (year.to_owned(), rest)),
        _ => None,
    }
    .unzip();
    let (Some(year), Some((month, day))) = (year, rest.and_then(|rest: &str| rest.split_at_checked(2)))
    else {
        return false;
    };
    // 2000 and 1900 differ in one day only; two digits of a year are taken for the one that has it.
    let in_range = ("1900".."2100").contains(&year.as_str());
    in_range && format!("{year}-{month}-{day}").parse::<Date>().is_ok()
}

/// The birthday in an ID number, in every order that people write one in.
fn birthdays(id_number: &str) -> Vec<String> {
    let part = |range| id_number.get(range).unwrap_or_default();
    let (year, month, day) = (part(6..10), part(10..12), part(12..14));
    let short = part(8..10);
    [year, short]
        .into_iter()
        .flat_map(|year| {
            [[year, month, day], [year, day, month], [day, month, year], [month, day, year]]
                .map(|parts| parts.concat())
        })
        .collect()
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
            "660915",
            "000229",
            "19660915",
            "20260131",
        ] {
            assert!(Pin::new(weak).check_strength().is_err(), "{weak}");
        }
        for good in ["274916", " 135791 ", "112233", "000001"] {
            assert!(Pin::new(good).check_strength().is_ok(), "{good}");
        }
    }

    #[test]
    fn what_looks_like_a_day_but_is_none_can_be_chosen() {
        for good in ["661315", "660935", "010229", "18660915", "19661315"] {
            assert!(Pin::new(good).check_strength().is_ok(), "{good}");
        }
    }

    #[test]
    fn nothing_of_the_person_s_own_id_number_can_be_chosen() {
        let id_number = "330782196609153426";
        for weak in ["330782", "153426", "966091", "091566", "150966", "15091966", "09151966", "66150"] {
            assert!(Pin::new(weak).check_strength_for(id_number).is_err(), "{weak}");
        }
        for good in ["274916", "153427", "15096612"] {
            assert!(Pin::new(good).check_strength_for(id_number).is_ok(), "{good}");
        }
        // 1966-09-15 is a birthday, and so is every other order of it, whatever else it could be.
        assert!(Pin::new("661509").check_strength().is_ok());
        assert!(Pin::new("661509").check_strength_for(id_number).is_err());
    }

    #[test]
    fn full_width_digits_are_digits() {
        assert_eq!(Pin::new("２７４９１６\n").bytes(), b"274916");
    }
}
