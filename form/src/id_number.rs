//! ID numbers (GB 11643-1999): six digits of area, eight of birth date, three of order, one check character.

use citizen_api::Text;
use jiff::civil::Date;

use crate::digits;

/// How many characters an ID number has.
const LENGTH: usize = 18;

/// The modulus of the check (ISO 7064 MOD 11-2).
const MODULUS: u32 = 11;

/// The earliest year of birth that is taken for one. Nobody alive was born before it.
const EARLIEST_YEAR: i16 = 1800;

/// A valid ID number, in its normal form. `Debug` does not show it.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct IdNumber {
    number: String,
    birth_date: Date,
}

/// Why a text is not an ID number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IdNumberError {
    /// It has not 18 characters.
    #[error("an ID number has 18 characters, this has {found}")]
    Length {
        /// How many there are.
        found: usize,
    },
    /// A character is neither a digit nor, at the end, an X.
    #[error("character {position} of the ID number cannot stand there")]
    Character {
        /// Where it stands, counted from 1.
        position: usize,
    },
    /// Characters 7 to 14 are no day of the calendar.
    #[error("characters 7 to 14 of the ID number are not a day")]
    Date,
    /// The check character does not fit the other seventeen.
    #[error("the check character of the ID number should be {expected}, not {found}")]
    CheckCharacter {
        /// What fits the other characters.
        expected: char,
        /// What is there.
        found: char,
    },
}

impl IdNumber {
    /// Reads an ID number as people type it: spaces, full-width digits and a small x are taken as meant.
    pub fn parse(typed: &str) -> Result<Self, IdNumberError> {
        let number = digits::normalise(typed).to_ascii_uppercase();
        let found = number.chars().count();
        if found != LENGTH {
            return Err(IdNumberError::Length { found });
        }
        let mut body = number.clone();
        let check = body.pop().unwrap_or_default();
        if let Some(position) = digits::first_other(&body) {
            return Err(IdNumberError::Character { position });
        }
        if !check.is_ascii_digit() && check != 'X' {
            return Err(IdNumberError::Character { position: LENGTH });
        }
        let birth_date = birth_date(&body).ok_or(IdNumberError::Date)?;
        let expected = check_character(&body);
        if check != expected {
            return Err(IdNumberError::CheckCharacter { expected, found: check });
        }
        Ok(Self { number, birth_date })
    }

    /// The ID number of these parts; none where they do not make one: an area of other than six digits, an
    /// order above 999, a year of more than four digits.
    pub fn compose(area_code: &str, birth_date: Date, order: u16) -> Option<Self> {
        let body = format!("{area_code}{}{order:03}", birth_date.strftime("%Y%m%d"));
        Self::parse(&format!("{body}{}", check_character(&body))).ok()
    }

    /// The normal form: 18 ASCII characters, the last a digit or a capital X.
    pub fn as_str(&self) -> &str {
        &self.number
    }

    /// The day of birth.
    pub fn birth_date(&self) -> Date {
        self.birth_date
    }

    /// Whether the order number is even, which is how a woman's is.
    pub fn is_female(&self) -> bool {
        self.number.as_bytes().get(16).is_some_and(|digit| digit % 2 == 0)
    }

    /// The six digits of the place that gave the number.
    pub fn area_code(&self) -> &str {
        self.number.get(..6).unwrap_or_default()
    }
}

impl std::fmt::Debug for IdNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("IdNumber").finish_non_exhaustive()
    }
}

impl IdNumberError {
    /// What is wrong and how to mend it.
    pub fn reason(&self) -> Text {
        match self {
            Self::Length { found } => Text::new(
                format!("身份证号应有 18 位，现在是 {found} 位，请对照身份证核对一遍。"),
                format!(
                    "An ID number has 18 characters, this has {found}. Please check it against the card."
                ),
            ),
            Self::Character { position: LENGTH } => Text::new(
                "身份证号第 18 位应为数字或字母 X，请再核对一遍。",
                "Character 18 of the ID number must be a digit or the letter X. Please check it again.",
            ),
            Self::Character { position } => Text::new(
                format!("身份证号第 {position} 位应为数字，请再核对一遍。"),
                format!("Character {position} of the ID number must be a digit. Please check it again."),
            ),
            Self::Date => Text::new(
                "身份证号第 7 至 14 位应为出生日期，这一天不存在，请再核对一遍。",
                "Characters 7 to 14 of the ID number should be a date of birth, and there is no such day. \
                 Please check them again.",
            ),
            Self::CheckCharacter { expected, .. } => Text::new(
                format!("身份证号第 18 位应为 {expected}，请再核对一遍。"),
                format!("Character 18 of the ID number should be {expected}. Please check the number again."),
            ),
        }
    }
}

/// The day that characters 7 to 14 name.
fn birth_date(body: &str) -> Option<Date> {
    let part = |range: std::ops::Range<usize>| body.get(range)?.parse::<i16>().ok();
    let year = part(6..10).filter(|year| *year >= EARLIEST_YEAR)?;
    let month = i8::try_from(part(10..12)?).ok()?;
    let day = i8::try_from(part(12..14)?).ok()?;
    Date::new(year, month, day).ok()
}

/// The check character of seventeen digits (ISO 7064 MOD 11-2): the one that makes the weighted sum of all
/// eighteen leave 1. Ten is written X.
fn check_character(body: &str) -> char {
    let sum =
        body.chars().filter_map(|digit| digit.to_digit(10)).fold(0, |sum, digit| (sum + digit) * 2 % MODULUS);
    match (MODULUS + 1 - sum) % MODULUS {
        10 => 'X',
        digit => char::from_digit(digit, 10).unwrap_or('X'),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::{IdNumber, IdNumberError};

    #[test]
    fn the_example_of_the_standard_is_valid() {
        let number = IdNumber::parse("11010519491231002X").unwrap();
        assert_eq!(number.birth_date(), date(1949, 12, 31));
        assert!(number.is_female());
        assert_eq!(number.area_code(), "110105");
        let man = IdNumber::parse("440524188001010014").unwrap();
        assert_eq!(man.birth_date(), date(1880, 1, 1));
        assert!(!man.is_female());
    }

    #[test]
    fn what_people_type_is_taken_as_meant() {
        for typed in [
            "11010519491231002x",
            " 110105 19491231 002X ",
            "１１０１０５１９４９１２３１００２Ｘ",
            "11010519491231002ｘ",
        ] {
            assert_eq!(IdNumber::parse(typed).unwrap().as_str(), "11010519491231002X", "{typed}");
        }
    }

    #[test]
    fn each_fault_is_named() {
        for (typed, error) in [
            ("", IdNumberError::Length { found: 0 }),
            ("130503670401001", IdNumberError::Length { found: 15 }),
            ("1101051949123100212", IdNumberError::Length { found: 19 }),
            ("11010519491231O02X", IdNumberError::Character { position: 15 }),
            ("X1010519491231002X", IdNumberError::Character { position: 1 }),
            ("11010519491231002Y", IdNumberError::Character { position: 18 }),
            ("11010519490231002X", IdNumberError::Date),
            ("110105190002290021", IdNumberError::Date),
            ("110105000001010021", IdNumberError::Date),
            ("110105194912310021", IdNumberError::CheckCharacter { expected: 'X', found: '1' }),
        ] {
            assert_eq!(IdNumber::parse(typed), Err(error), "{typed}");
        }
    }

    #[test]
    fn a_leap_day_exists_in_leap_years_only() {
        assert!(IdNumber::compose("330782", date(2000, 2, 29), 1).is_some());
        assert!(IdNumber::compose("330782", date(1964, 2, 29), 1).is_some());
        assert_eq!(IdNumber::parse("330782196302290014"), Err(IdNumberError::Date));
    }

    #[test]
    fn parts_that_make_no_number_are_refused() {
        assert_eq!(IdNumber::compose("33078", date(2000, 1, 1), 1), None);
        assert_eq!(IdNumber::compose("330782", date(2000, 1, 1), 1000), None);
        assert_eq!(IdNumber::compose("33078a", date(2000, 1, 1), 1), None);
    }

    #[test]
    fn the_sentence_names_the_character_to_mend() {
        let error = IdNumber::parse("110105194912310021").unwrap_err();
        assert_eq!(error.reason().zh, "身份证号第 18 位应为 X，请再核对一遍。");
    }

    #[test]
    fn debug_shows_nothing_of_the_number() {
        assert_eq!(format!("{:?}", IdNumber::parse("11010519491231002X").unwrap()), "IdNumber { .. }");
    }

    prop_compose! {
        fn numbers()(area in 110_000..820_000u32, year in 1900..2100i16, day in 1..=365i16, order in 0..1000u16) -> IdNumber {
            let birth_date = date(year, 1, 1).with().day_of_year(day).build().unwrap();
            IdNumber::compose(&area.to_string(), birth_date, order).unwrap()
        }
    }

    proptest! {
        #[test]
        fn composed_numbers_round_trip(number in numbers()) {
            prop_assert_eq!(IdNumber::parse(number.as_str()), Ok(number));
        }

        #[test]
        fn every_single_wrong_character_is_caught(number in numbers()) {
            let right: Vec<char> = number.as_str().chars().collect();
            for position in 0..18 {
                for other in "0123456789X".chars().filter(|other| *other != right[position]) {
                    let mut wrong = right.clone();
                    wrong[position] = other;
                    prop_assert!(IdNumber::parse(&wrong.into_iter().collect::<String>()).is_err());
                }
            }
        }

        #[test]
        fn every_swap_of_neighbours_is_caught(number in numbers()) {
            let right: Vec<char> = number.as_str().chars().collect();
            for position in (0..17).filter(|position| right[*position] != right[position + 1]) {
                let mut wrong = right.clone();
                wrong.swap(position, position + 1);
                prop_assert!(IdNumber::parse(&wrong.into_iter().collect::<String>()).is_err());
            }
        }

        #[test]
        fn no_text_makes_it_panic(text in any::<String>()) {
            let _ = IdNumber::parse(&text).map_err(|error| error.reason());
        }
    }
}
