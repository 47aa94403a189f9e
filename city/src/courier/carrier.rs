//! Who carries parcels: an interface, and a carrier that is made up.

use citizen_api::delivery::{CarrierEvent, CarrierMessage};
use citizen_api::{CounterId, Text};
use jiff::{SignedDuration, Timestamp};

use crate::keys::sha256;

/// A parcel as a carrier is given it.
pub(super) struct Parcel<'a> {
    /// The number that both call it by.
    pub(super) tracking_number: &'a str,
    /// When it was handed over.
    pub(super) since: Timestamp,
    /// The counter to which it goes where nobody takes it.
    pub(super) counter_id: CounterId,
}

/// Who carries parcels. A real one speaks of them by `POST /v1/officer/carrier/messages` of its own accord; whatever it
/// says is taken by the same function.
pub(super) trait Carrier: Send {
    /// What has arrived of what the carrier said of a parcel by now: some of it twice, late, out of order, or not at
    /// all.
    fn heard(&self, parcel: &Parcel<'_>, now: Timestamp) -> Vec<CarrierMessage>;

    /// What the carrier answers when it is asked after a parcel: everything, in order.
    fn trace(&self, parcel: &Parcel<'_>, now: Timestamp) -> Vec<CarrierMessage>;
}

/// A carrier that is made up: what happens to a parcel, and to what is said of it, follows from its number alone.
pub(super) struct Simulated;

/// Chances that follow from a text, each from 0 to 99.
struct Chances(Vec<u8>);

impl Chances {
    fn of(text: &str) -> Self {
        Self(sha256(text.as_bytes()).into_bytes())
    }

    /// Whether something happens that does so in so many of a hundred cases.
    fn falls(&self, place: usize, percent: u32) -> bool {
        let mixed = self
            .0
            .iter()
            .skip(place)
            .take(4)
            .fold(0_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(*byte)));
        mixed % 100 < percent
    }
}

/// The hours after the handing over at which something happens.
const PICKED_UP: i64 = 2;
const OUT: i64 = 20;
const AT_THE_DOOR: i64 = 24;
const A_DAY: i64 = 24;

impl Simulated {
    /// Everything that happens to a parcel, with the hour.
    fn story(parcel: &Parcel<'_>) -> Vec<(i64, CarrierEvent)> {
        let chances = Chances::of(parcel.tracking_number);
        let nobody = || Text::new("家里没有人，会再送一次", "Nobody was at home; the courier comes again");
        let mut story = vec![(PICKED_UP, CarrierEvent::PickedUp), (OUT, CarrierEvent::OutForDelivery)];
        let mut door = AT_THE_DOOR;
        if chances.falls(0, 20) {
            story.push((door, CarrierEvent::Failed { reason: nobody() }));
            story.push((OUT + A_DAY, CarrierEvent::OutForDelivery));
            door += A_DAY;
            if chances.falls(4, 30) {
                let reason = Text::new("两次没有送到", "It could not be handed over twice");
                story.push((door, CarrierEvent::Returning { reason }));
                let counter_id = parcel.counter_id.clone();
                story.push((door + A_DAY, CarrierEvent::AtCounter { counter_id }));
                return story;
            }
        }
        let taken_by = if chances.falls(8, 70) {
            Text::new("本人", "the person")
        } else {
            Text::new("家人", "somebody of the family")
        };
        let proof = format!("photo-{}", parcel.tracking_number);
        story.push((door, CarrierEvent::Delivered { taken_by, proof }));
        story
    }

    fn messages(parcel: &Parcel<'_>, now: Timestamp) -> Vec<CarrierMessage> {
        let happened = |(place, (hour, what)): (usize, (i64, CarrierEvent))| {
            let sequence = u64::try_from(place).unwrap_or(u64::MAX).saturating_add(1);
            let at = parcel.since.saturating_add(SignedDuration::from_hours(hour)).ok()?;
            (at <= now).then(|| CarrierMessage {
                message_id: format!("{}-{sequence}", parcel.tracking_number),
                tracking_number: parcel.tracking_number.to_owned(),
                sequence,
                what,
                at,
            })
        };
        Self::story(parcel).into_iter().enumerate().filter_map(happened).collect()
    }
}

impl Carrier for Simulated {
    fn heard(&self, parcel: &Parcel<'_>, now: Timestamp) -> Vec<CarrierMessage> {
        let mut arrived = Vec::new();
        for message in Self::messages(parcel, now) {
            let chances = Chances::of(&message.message_id);
            let delay =
                if chances.falls(0, 25) { SignedDuration::from_hours(30) } else { SignedDuration::ZERO };
            if chances.falls(4, 15) || now.duration_since(message.at) < delay {
                continue;
            }
            if chances.falls(8, 25) {
                arrived.push(message.clone());
            }
            if chances.falls(12, 30) {
                arrived.insert(0, message);
            } else {
                arrived.push(message);
            }
        }
        arrived
    }

    fn trace(&self, parcel: &Parcel<'_>, now: Timestamp) -> Vec<CarrierMessage> {
        Self::messages(parcel, now)
    }
}
