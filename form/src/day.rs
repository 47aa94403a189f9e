//! The day of the calendar on which something happens, for rules that look at days.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;

/// The civil time of the whole country: no summer time, one zone.
pub const CHINA: Offset = Offset::constant(8);

/// The day that a moment falls on.
pub fn civil_day(moment: Timestamp) -> Date {
    CHINA.to_datetime(moment).date()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::civil_day;

    #[test]
    fn a_day_begins_at_midnight_in_china() {
        assert_eq!(civil_day("2026-11-23T15:59:59Z".parse().unwrap()), date(2026, 11, 23));
        assert_eq!(civil_day("2026-11-23T16:00:00Z".parse().unwrap()), date(2026, 11, 24));
    }
}
