//! Who has reached an age on a day.
//!
//! Born on 29 February, a person reaches an age in a common year on 28 February: where a month lacks the day
//! on which a term ends, it ends with that month's last day (Civil Code, article 202).

use jiff::Span;
use jiff::civil::Date;

/// The latest day of birth of those who have reached `years` on `day`; none where there is no such day.
pub fn born_by(day: Date, years: u8) -> Option<Date> {
    let same_day = day.checked_sub(Span::new().years(years)).ok()?;
    let ends_february = day.month() == 2 && day == day.last_of_month();
    Some(if ends_february { same_day.last_of_month() } else { same_day })
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};

    use super::born_by;

    fn has_reached(years: u8, born: Date, day: Date) -> bool {
        born <= born_by(day, years).unwrap()
    }

    #[test]
    fn an_age_is_reached_on_the_birthday_and_not_before() {
        assert!(has_reached(60, date(1966, 9, 15), date(2026, 9, 15)));
        assert!(!has_reached(60, date(1966, 9, 15), date(2026, 9, 14)));
        assert!(has_reached(60, date(1966, 12, 31), date(2026, 12, 31)));
    }

    #[test]
    fn born_on_a_leap_day_the_last_of_february_counts() {
        let born = date(1956, 2, 29);
        assert!(!has_reached(70, born, date(2026, 2, 27)));
        assert!(has_reached(70, born, date(2026, 2, 28)));
        assert!(!has_reached(60, born, date(2016, 2, 28)), "2016 has the day itself");
        assert!(has_reached(60, born, date(2016, 2, 29)));
        assert!(!has_reached(70, date(1958, 3, 1), date(2028, 2, 29)));
        assert!(has_reached(70, date(1958, 2, 28), date(2028, 2, 28)));
    }
}
