//! Working days: Monday to Friday, but for the holidays and with the weekends that are worked for them.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::{Date, Weekday};
use serde::Deserialize;

use crate::clock::CHINA;
use crate::http::Refusal;
use crate::rules::built_in;

/// The calendar as the State Council publishes it each year. A year it does not name has plain weeks.
const CALENDAR: &str = include_str!("../../data/working_days.json");

/// The hours that begin while offices are open.
const OPEN: std::ops::Range<i8> = 9..17;

/// Which days offices work.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkingDays {
    holidays: BTreeSet<Date>,
    made_up: BTreeSet<Date>,
}

impl WorkingDays {
    /// The calendar that is built in.
    pub fn embedded() -> Result<Self, Refusal> {
        built_in("working_days", CALENDAR)
    }

    /// The day that lies `count` working days after `day`; `day` itself does not count.
    pub fn after(&self, day: Date, count: u32) -> Date {
        let mut day = day;
        let mut left = count;
        while left > 0 {
            day = day.saturating_add(jiff::Span::new().days(1));
            if day == Date::MAX {
                break;
            }
            if self.is_worked(day) {
                left -= 1;
            }
        }
        day
    }

    /// Whether offices are open at that moment: on a working day, from nine to five.
    pub fn is_open(&self, moment: Timestamp) -> bool {
        let local = CHINA.to_datetime(moment);
        self.is_worked(local.date()) && OPEN.contains(&local.hour())
    }

    /// Whether it is a public holiday.
    pub fn is_holiday(&self, day: Date) -> bool {
        self.holidays.contains(&day)
    }

    fn is_worked(&self, day: Date) -> bool {
        let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        self.made_up.contains(&day) || !(weekend || self.holidays.contains(&day))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::WorkingDays;

    #[test]
    fn weekends_and_holidays_do_not_count_and_made_up_days_do() {
        let calendar = WorkingDays::embedded().unwrap();
        assert_eq!(calendar.after(date(2026, 11, 23), 5), date(2026, 11, 30), "over a weekend");
        assert_eq!(calendar.after(date(2026, 11, 23), 0), date(2026, 11, 23));
        assert_eq!(calendar.after(date(2026, 9, 30), 1), date(2026, 10, 8), "over the National Day");
        assert_eq!(calendar.after(date(2026, 10, 9), 1), date(2026, 10, 10), "a Saturday that is worked");
        assert_eq!(calendar.after(date(9999, 12, 30), 99), date(9999, 12, 31));
    }

    #[test]
    fn offices_are_open_from_nine_to_five_on_working_days_of_china() {
        let calendar = WorkingDays::embedded().unwrap();
        let open = |moment: &str| calendar.is_open(moment.parse().unwrap());
        assert!(open("2026-11-23T01:00:00Z") && open("2026-11-23T08:59:59Z"));
        assert!(!open("2026-11-23T00:59:59Z") && !open("2026-11-23T09:00:00Z"));
        assert!(!open("2026-11-22T03:00:00Z"), "a Sunday");
        assert!(!open("2026-10-01T03:00:00Z"), "the National Day");
        assert!(open("2026-10-10T03:00:00Z"), "a Saturday that is worked");
    }
}
