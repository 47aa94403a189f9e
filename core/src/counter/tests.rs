//! Counters without a network, and what waits for the city.

use citizen_api::catalogue::CounterLevel;
use citizen_api::counter::{Booking, BookingStatus, Counter, Hours};
use citizen_api::problem::{Problem, ProblemType};
use citizen_api::{BookingId, Text};
use jiff::civil::{date, time};

use super::{From, Pending};
use crate::Error;
use crate::outbox;
use crate::store::settings;
use crate::testing::{TestPerson, service, text};

fn counter(name: &str, level: CounterLevel, zh: &str, town: &str, latitude: i32) -> Counter {
    Counter {
        counter_id: name.into(),
        level,
        title: Text::new(zh, name),
        town: Text::new(town, town),
        address: text(name),
        latitude,
        longitude: 120_000_000,
        phone: "0579".into(),
        hours: vec![Hours { weekdays: vec![1], from: time(9, 0, 0, 0), to: time(12, 0, 0, 0) }],
        also: Vec::new(),
        seats: 1,
    }
}

fn town() -> TestPerson {
    let person = TestPerson::new();
    let mut done = service();
    done.counters = vec![CounterLevel::City, CounterLevel::Town];
    person.publish(&done);
    let counters = [
        counter("hall", CounterLevel::City, "义乌市行政服务中心", "北苑街道", 29_300_000),
        counter("near", CounterLevel::Town, "佛堂镇便民服务中心", "佛堂镇", 29_200_000),
        counter("far", CounterLevel::Town, "大陈镇便民服务中心", "大陈镇", 29_500_000),
        counter("village", CounterLevel::Village, "上陈村便民服务点", "大陈镇", 29_520_000),
    ];
    let text = serde_json::to_string(&counters).unwrap();
    person.compartment.device().database.write(|tx| settings::set(tx, "counters", &text)).unwrap();
    person
}

fn names(person: &TestPerson, service: bool, from: Option<&From>) -> Vec<String> {
    let service = service.then(|| "reimbursement".into());
    let found = person.compartment.counters().near(service.as_ref(), from, 9).unwrap();
    found.into_iter().map(|view| view.counter.counter_id.0).collect()
}

#[tokio::test]
async fn the_nearest_is_found_by_position_and_by_address() {
    let person = town();
    let here = From::Position { latitude: 29_210_000, longitude: 120_000_000 };
    assert_eq!(names(&person, true, Some(&here)), ["near", "hall", "far"], "a village does not do it");
    assert_eq!(names(&person, false, Some(&here)), ["near", "hall", "far", "village"]);
    let at = |address: &str| From::Address(address.to_owned());
    assert_eq!(names(&person, true, Some(&at("浙江省义乌市大陈镇 3 号")))[0], "far");
    assert_eq!(names(&person, false, Some(&at("大陈镇上陈村")))[0], "village", "the village is more exact");
    assert_eq!(names(&person, true, Some(&at("杭州市"))), ["hall", "far", "near"], "nowhere here");
    assert_eq!(names(&person, true, None), ["hall", "far", "near"]);
    let empty = TestPerson::new();
    assert_eq!(empty.compartment.counters().near(None, None, 9), Err(Error::NoCounters));
}

#[tokio::test]
async fn a_place_is_not_booked_before_the_city_has_said_so() {
    let person = town();
    let counters = person.compartment.counters();
    let book = |counter: &str| {
        counters.book(&counter.into(), &"reimbursement".into(), date(2026, 9, 21), time(9, 30, 0, 0))
    };
    assert_eq!(book("village"), Err(Error::NotDoneThere));
    assert_eq!(book("nowhere"), Err(Error::UnknownCounter));
    let transaction_id = book("hall").unwrap();
    assert_eq!(book("hall").unwrap(), transaction_id, "once");
    let view = counters.bookings().unwrap().remove(0);
    assert!(view.pending == Some(Pending::Booking) && view.fetched_at.is_none());
    let problem = Problem { kind: ProblemType::SlotTaken, status: 409, title: text("gone"), pointer: None };
    person.compartment.write(|tx, sealer| outbox::refuse(tx, sealer, transaction_id, &problem)).unwrap();
    let view = counters.bookings().unwrap().remove(0);
    assert!(view.pending == Some(Pending::Refused { reason: text("gone") }));
    assert_eq!(counters.cancel(BookingId(transaction_id.0)), Err(Error::UnknownBooking), "it is nobody's");
}

#[tokio::test]
async fn a_booking_is_given_back_without_a_network() {
    let person = town();
    let booking = Booking {
        booking_id: BookingId::generate(),
        counter_id: "hall".into(),
        counter: text("hall"),
        address: text("hall"),
        service_id: "reimbursement".into(),
        service: text("reimbursement"),
        day: date(2026, 9, 21),
        at: time(9, 30, 0, 0),
        status: BookingStatus::Booked,
        revision: 1,
    };
    let keep =
        |booking: &Booking| person.compartment.write(|tx, sealer| super::store(tx, sealer, booking)).unwrap();
    assert!(keep(&booking));
    let counters = person.compartment.counters();
    counters.cancel(booking.booking_id).unwrap();
    assert!(counters.booking(booking.booking_id).unwrap().pending == Some(Pending::Cancelling));
    assert!(keep(&Booking { status: BookingStatus::Cancelled, revision: 2, ..booking.clone() }));
    assert_eq!(counters.cancel(booking.booking_id), Err(Error::BookingOver));
}
