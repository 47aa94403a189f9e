//! Days, times and ages as people read them.

use citizen_api::Language;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;

/// The whole country keeps one time, eight hours ahead of UTC.
const OFFSET: Offset = Offset::constant(8);

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A day in full: `2026年11月23日`, `23 November 2026`.
pub(crate) fn date(date: Date, language: Language) -> String {
    let month = usize::try_from(date.month() - 1).ok().and_then(|index| MONTHS.get(index)).unwrap_or(&"");
    match language {
        Language::Zh => format!("{}年{}月{}日", date.year(), date.month(), date.day()),
        Language::En => format!("{} {month} {}", date.day(), date.year()),
    }
}

/// A moment in full, by the clocks of the city.
pub(crate) fn time(moment: Timestamp, language: Language) -> String {
    let there = OFFSET.to_datetime(moment);
    format!("{} {:02}:{:02}", date(there.date(), language), there.hour(), there.minute())
}

/// How old something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Age {
    /// Less than a minute, or of a clock that has been set back since.
    Now,
    /// Less than an hour.
    Minutes(i64),
    /// Less than a day.
    Hours(i64),
    /// Longer: then the moment itself says more.
    Long,
}

/// How old a moment is.
pub(crate) fn age(moment: Timestamp, now: Timestamp) -> Age {
    match now.as_second().saturating_sub(moment.as_second()) {
        ..60 => Age::Now,
        seconds @ 60..3_600 => Age::Minutes(seconds / 60),
        seconds @ 3_600..86_400 => Age::Hours(seconds / 3_600),
        _ => Age::Long,
    }
}

impl Age {
    /// The age in words; the moment itself where it is a day or more ago.
    pub(crate) fn words(self, moment: Timestamp, language: Language) -> String {
        match (self, language) {
            (Self::Now, Language::Zh) => "刚刚".to_owned(),
            (Self::Now, Language::En) => "just now".to_owned(),
            (Self::Minutes(minutes), Language::Zh) => format!("{minutes} 分钟前"),
            (Self::Minutes(1), Language::En) => "1 minute ago".to_owned(),
            (Self::Minutes(minutes), Language::En) => format!("{minutes} minutes ago"),
            (Self::Hours(hours), Language::Zh) => format!("{hours} 小时前"),
            (Self::Hours(1), Language::En) => "1 hour ago".to_owned(),
            (Self::Hours(hours), Language::En) => format!("{hours} hours ago"),
            (Self::Long, _) => time(moment, language),
        }
    }
}

#[cfg(test)]
mod tests {
    use citizen_api::Language;
    use jiff::Timestamp;

    use super::{Age, age, date, time};

    #[test]
    fn days_and_times_read_as_they_are_spoken() {
        let moment: Timestamp = "2026-11-23T16:05:00Z".parse().unwrap();
        assert_eq!(time(moment, Language::Zh), "2026年11月24日 00:05");
        assert_eq!(time(moment, Language::En), "24 November 2026 00:05");
        assert_eq!(date("2026-01-05".parse().unwrap(), Language::Zh), "2026年1月5日");
    }

    #[test]
    fn ages_are_relative_only_under_a_day() {
        let now: Timestamp = "2026-11-23T12:00:00Z".parse().unwrap();
        for (moment, expected) in [
            ("2026-11-23T12:05:00Z", Age::Now),
            ("2026-11-23T11:59:01Z", Age::Now),
            ("2026-11-23T11:57:00Z", Age::Minutes(3)),
            ("2026-11-23T10:59:00Z", Age::Hours(1)),
            ("2026-11-22T12:00:00Z", Age::Long),
        ] {
            assert_eq!(age(moment.parse().unwrap(), now), expected, "{moment}");
        }
        assert_eq!(Age::Minutes(3).words(now, Language::Zh), "3 分钟前");
        assert_eq!(Age::Hours(1).words(now, Language::En), "1 hour ago");
    }
}
