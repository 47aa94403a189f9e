//! The counters of the city, as data.

use std::sync::LazyLock;

use citizen_api::CounterId;
use citizen_api::catalogue::CounterLevel;
use citizen_api::counter::Counter;

use crate::http::Refusal;
use crate::keys::sha256;
use crate::rules::built_in;
use crate::store::Tx;

const COUNTERS: &str = include_str!("../../data/counters.json");

/// Every counter, and the version of the list. A test keeps the document from being unreadable.
static LIST: LazyLock<(String, Vec<Counter>)> = LazyLock::new(|| {
    let counters = built_in("counters", COUNTERS).unwrap_or_default();
    (sha256(COUNTERS.as_bytes()), counters)
});

/// Every counter.
pub(super) fn all() -> &'static [Counter] {
    &LIST.1
}

/// The version of the list.
pub(super) fn version() -> &'static str {
    &LIST.0
}

/// The counter of that name.
pub(crate) fn find(counter_id: &CounterId) -> Option<&'static Counter> {
    all().iter().find(|counter| counter.counter_id == *counter_id)
}

/// The counter of the town in which a citizen lives; the city's hall where the address names no town.
pub(crate) fn of_resident(tx: &mut dyn Tx, citizen_id: &str) -> Result<CounterId, Refusal> {
    let row = tx.query_one("SELECT address FROM residents WHERE citizen_id = $1", &[citizen_id.into()])?;
    let address = row.map(|row| row.text(0)).transpose()?.unwrap_or_default();
    let near = all()
        .iter()
        .find(|counter| counter.level == CounterLevel::Town && address.contains(&counter.town.zh));
    let hall = || all().iter().find(|counter| counter.level == CounterLevel::City);
    near.or_else(hall).map(|counter| counter.counter_id.clone()).ok_or_else(Refusal::internal)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use citizen_api::catalogue::CounterLevel;

    use super::all;

    #[test]
    fn there_are_counters_on_four_levels_in_fourteen_towns() {
        let on = |level: CounterLevel| all().iter().filter(|counter| counter.level == level).count();
        assert_eq!((on(CounterLevel::City), on(CounterLevel::Town)), (1, 14));
        assert_eq!((on(CounterLevel::WorkArea), on(CounterLevel::Village)), (28, 133));
        let names: BTreeSet<&str> = all().iter().map(|counter| counter.counter_id.as_str()).collect();
        assert_eq!(names.len(), all().len(), "each once");
        for counter in all() {
            assert!((28_000_000..31_000_000).contains(&counter.latitude), "{}", counter.counter_id);
            assert!((118_000_000..122_000_000).contains(&counter.longitude), "{}", counter.counter_id);
            assert!(!counter.hours.is_empty() && counter.hours.iter().all(|hours| hours.from < hours.to));
        }
    }
}
