//! The counters nearest to a person, and which of them do a service.

use citizen_api::catalogue::{CounterLevel, PublicService};
use citizen_api::counter::Counter;
use citizen_api::{CounterId, ServiceId};
use serde::Serialize;

use super::Counters;
use super::pull::counters;
use crate::Error;

/// From where a person looks.
#[derive(Clone, PartialEq, Eq)]
pub enum From {
    /// A position: degrees north and east, in millionths (WGS 84). It never leaves the phone.
    Position {
        /// Degrees north, in millionths.
        latitude: i32,
        /// Degrees east, in millionths.
        longitude: i32,
    },
    /// An address, or a part of one: a town's or a counter's name in it says where.
    Address(String),
}

/// Where somebody is, is theirs.
impl std::fmt::Debug for From {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("From")
    }
}

/// A counter as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CounterView {
    /// The counter.
    #[serde(flatten)]
    pub counter: Counter,
    /// How far away, in metres, as the crow flies; none where it is not known from where.
    pub metres: Option<u64>,
    /// Whether a place can be booked.
    pub can_book: bool,
}

/// The mean radius of the earth, in metres.
const EARTH: f64 = 6_371_000.0;

impl Counters {
    /// The counters that do a service, or all of them, the nearest first, at most `limit`; without a place to look
    /// from, those of the highest level first. Needs no network.
    pub fn near(
        &self,
        service_id: Option<&ServiceId>,
        from: Option<&From>,
        limit: usize,
    ) -> Result<Vec<CounterView>, Error> {
        let service =
            service_id.map(|service_id| self.compartment.services().show(service_id)).transpose()?;
        let all = self.compartment.device().database.read(counters)?;
        let from = from.and_then(|from| position(from, &all));
        let does = |counter: &Counter| service.as_ref().is_none_or(|service| does(counter, service));
        let mut found: Vec<CounterView> =
            all.into_iter().filter(|counter| does(counter)).map(|counter| view(counter, from)).collect();
        found.sort_by_key(|view| (view.metres, level(view.counter.level), view.counter.counter_id.clone()));
        found.truncate(limit);
        Ok(found)
    }

    /// One counter. Needs no network.
    pub fn show(&self, counter_id: &CounterId) -> Result<CounterView, Error> {
        let all = self.compartment.device().database.read(counters)?;
        let found = all.into_iter().find(|counter| counter.counter_id == *counter_id);
        found.map(|counter| view(counter, None)).ok_or(Error::UnknownCounter)
    }
}

/// Whether a counter does a service.
pub(super) fn does(counter: &Counter, service: &PublicService) -> bool {
    service.counters.contains(&counter.level) || counter.also.contains(&service.service_id)
}

fn view(counter: Counter, from: Option<(i32, i32)>) -> CounterView {
    let metres = from.map(|from| distance(from, (counter.latitude, counter.longitude)));
    CounterView { can_book: counter.seats > 0, metres, counter }
}

fn level(level: CounterLevel) -> u8 {
    match level {
        CounterLevel::City => 0,
        CounterLevel::Town => 1,
        CounterLevel::WorkArea => 2,
        CounterLevel::Village => 3,
        CounterLevel::Unknown => 4,
    }
}

/// Where a person looks from. An address lies where the most exact counter that it names stands: the one whose village
/// or town it has in it.
fn position(from: &From, all: &[Counter]) -> Option<(i32, i32)> {
    match from {
        From::Position { latitude, longitude } => Some((*latitude, *longitude)),
        From::Address(address) => {
            let folded = address.to_lowercase();
            let named = |counter: &&Counter| {
                let (place, town) = (place_of(&counter.title.zh), &counter.town);
                address.contains(place)
                    || address.contains(town.zh.as_str())
                    || folded.contains(&town.en.to_lowercase())
            };
            // A village's name that is in the address is more exact than its town's; where only the town is, the town's
            // own counter stands for it.
            let exact = |counter: &&Counter| match address.contains(place_of(&counter.title.zh)) {
                true => (true, level(counter.level)),
                false => (false, u8::MAX - level(counter.level)),
            };
            let found = all.iter().filter(named).max_by_key(exact);
            found.map(|counter| (counter.latitude, counter.longitude))
        }
    }
}

/// The place in a counter's name: what stands before the kind of counter.
fn place_of(title: &str) -> &str {
    let ends = title.find("便民").or_else(|| title.find("服务"));
    ends.and_then(|end| title.get(..end)).unwrap_or(title)
}

/// How far two positions are apart, in metres.
fn distance(from: (i32, i32), to: (i32, i32)) -> u64 {
    let radians = |millionths: i32| (f64::from(millionths) / 1_000_000.0).to_radians();
    let (north, other) = (radians(from.0), radians(to.0));
    let (across, along) = (radians(to.1) - radians(from.1), other - north);
    let half = (along / 2.0).sin().powi(2) + north.cos() * other.cos() * (across / 2.0).sin().powi(2);
    let metres = 2.0 * EARTH * half.sqrt().min(1.0).asin();
    // Never negative, and never more than half way round the earth.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 20,100,000 metres")]
    let whole = metres.round() as u64;
    whole
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn a_degree_is_a_hundred_and_eleven_kilometres() {
        assert_eq!(distance((29_000_000, 120_000_000), (29_000_000, 120_000_000)), 0);
        let north = distance((29_000_000, 120_000_000), (30_000_000, 120_000_000));
        assert!((111_000..111_500).contains(&north), "{north}");
        let east = distance((29_000_000, 120_000_000), (29_000_000, 121_000_000));
        assert!((97_000..97_500).contains(&east), "{east}");
    }
}
