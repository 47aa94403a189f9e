//! Lengths of time as they are typed: `90s`, `15m`, `8h`.

use citizen_api::Language;

use crate::failure::Failure;

/// The longest time that an unlock is remembered.
const LONGEST: u32 = 24 * 3_600;

/// The seconds of a typed length of time.
pub(crate) fn seconds(typed: &str) -> Result<u32, Failure> {
    let typed = typed.trim();
    let (number, factor) = [("s", 1), ("m", 60), ("h", 3_600)]
        .iter()
        .find_map(|(unit, factor)| Some((typed.strip_suffix(unit)?, *factor)))
        .ok_or(Failure::NotADuration)?;
    let seconds = number.parse::<u32>().ok().and_then(|number| number.checked_mul(factor));
    seconds.filter(|seconds| (1..=LONGEST).contains(seconds)).ok_or(Failure::NotADuration)
}

/// A length of time in words, in the largest unit that it is a whole number of.
pub(crate) fn words(seconds: u32, language: Language) -> String {
    let (number, zh, en) = match seconds {
        _ if seconds.is_multiple_of(3_600) => (seconds / 3_600, "小时", "hour"),
        _ if seconds.is_multiple_of(60) => (seconds / 60, "分钟", "minute"),
        _ => (seconds, "秒", "second"),
    };
    match (language, number) {
        (Language::Zh, _) => format!("{number} {zh}"),
        (Language::En, 1) => format!("1 {en}"),
        (Language::En, _) => format!("{number} {en}s"),
    }
}

#[cfg(test)]
mod tests {
    use citizen_api::Language;

    use super::{seconds, words};

    #[test]
    fn lengths_of_time_are_said_in_the_largest_unit() {
        assert_eq!(words(900, Language::Zh), "15 分钟");
        assert_eq!(words(3_600, Language::En), "1 hour");
        assert_eq!(words(90, Language::En), "90 seconds");
    }

    #[test]
    fn lengths_of_time_are_read_as_typed() {
        for (typed, expected) in [("90s", 90), ("15m", 900), (" 8h ", 28_800), ("24h", 86_400)] {
            assert_eq!(seconds(typed).unwrap(), expected, "{typed}");
        }
        for typed in ["", "15", "m", "0m", "-1m", "1.5h", "25h", "9999999999h", "15 m"] {
            assert!(seconds(typed).is_err(), "{typed}");
        }
    }
}
