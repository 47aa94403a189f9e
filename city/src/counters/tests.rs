//! Counters and bookings over real HTTP.

use citizen_api::TransactionId;
use citizen_api::changes::Change;
use citizen_api::counter::{Booking, BookingStatus, CounterDay, CounterList, Slots};
use citizen_api::instruction::{InstructionDone, Told};
use citizen_api::problem::Problem;
use jiff::civil::{Date, Time, date, time};
use reqwest::Method;

use crate::testing::{Phone, TestCity};

/// A Tuesday.
const DAY: Date = date(2099, 9, 15);
/// A village with one seat, which is open on Wednesdays.
const VILLAGE: &str = "village-futian-1";
const NEXT: Date = date(2099, 9, 16);

fn place(day: Date, at: Time) -> Told {
    Told::Book { counter_id: VILLAGE.into(), service_id: "senior-age-allowance".into(), day, at }
}

async fn free(city: &TestCity, day: Date) -> Vec<(String, u32)> {
    let path = format!("/v1/counters/{VILLAGE}/slots?day={day}");
    let slots: Slots = city.send(city.request(Method::GET, &path)).await.json();
    slots.slots.iter().map(|slot| (slot.at.strftime("%H:%M").to_string(), slot.free)).collect()
}

fn booking(done: &InstructionDone) -> Booking {
    match done.changes.as_slice() {
        [Change::Booking(booking)] => booking.clone(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn two_phones_never_have_the_same_seat() {
    let city = TestCity::on(DAY).await;
    let mut phones = Vec::new();
    for who in ["a", "b", "c", "d", "e", "f"] {
        city.resident(who, date(2039, 9, 15)).await;
        phones.push(Phone::of(&city, who).await);
    }
    let told = place(NEXT, time(9, 30, 0, 0));
    let answers = futures_util::future::join_all(phones.iter().map(|phone| phone.tell(&city, &told))).await;
    let booked = answers.iter().filter(|answer| answer.status == 200).count();
    assert_eq!(booked, 1, "one seat, six phones at once");
    let refused = answers.iter().find(|answer| answer.status == 409).unwrap();
    assert_eq!(refused.problem().0, "slot-taken");
    let title = refused.json::<Problem>().title;
    assert!(title.zh.contains("09:00") && title.en.contains("10:00"), "what is still free: {title:?}");
    assert_eq!(city.count("SELECT COUNT(*) FROM seats").await, 1);
    assert_eq!(city.count("SELECT COUNT(*) FROM bookings").await, 1, "who was refused left nothing");
    assert!(free(&city, NEXT).await.contains(&("09:30".to_owned(), 0)));
}

#[tokio::test]
async fn a_booking_sent_again_is_the_same_and_one_given_back_is_free() {
    let city = TestCity::on(DAY).await;
    for who in ["a", "b"] {
        city.resident(who, date(2039, 9, 15)).await;
    }
    let (one, other) = (Phone::of(&city, "a").await, Phone::of(&city, "b").await);
    let (key, told) = (TransactionId::generate(), place(NEXT, time(10, 0, 0, 0)));
    let document = one.instruction(key, &told);
    let first = one.write(&city, "/v1/instructions", key, &document).await;
    let again = one.write(&city, "/v1/instructions", key, &document).await;
    assert_eq!((first.status, again.status, again.text == first.text), (200, 200, true));
    let asked = one.get(&city, &format!("/v1/instructions/{key}")).await;
    assert_eq!(asked.text, first.text, "a phone that lost the answer asks");
    assert_eq!(other.get(&city, &format!("/v1/instructions/{key}")).await.status, 404);
    let booking_id = booking(&first.json()).booking_id;
    assert_eq!(booking_id.0, key.0);
    assert_eq!(other.tell(&city, &told).await.status, 409);
    assert_eq!(other.tell(&city, &Told::CancelBooking { booking_id }).await.status, 404, "somebody else's");
    let given_back: InstructionDone = one.tell(&city, &Told::CancelBooking { booking_id }).await.json();
    assert_eq!(booking(&given_back).status, BookingStatus::Cancelled);
    assert_eq!(one.tell(&city, &Told::CancelBooking { booking_id }).await.status, 409);
    let mine = booking(&other.tell(&city, &told).await.json());
    let day: CounterDay = city
        .officer(Method::GET, &format!("/v1/officer/counters/{VILLAGE}/bookings?day={NEXT}"))
        .await
        .json();
    assert_eq!(
        day.bookings.iter().map(|visit| visit.booking.booking_id).collect::<Vec<_>>(),
        [mine.booking_id]
    );
    let path = format!("/v1/officer/bookings/{}/serve", mine.booking_id);
    assert_eq!(city.officer(Method::POST, &path).await.json::<Booking>().status, BookingStatus::Served);
    assert_eq!(city.officer(Method::POST, &path).await.status, 200, "noted before");
    let path = format!("/v1/officer/bookings/{booking_id}/serve");
    assert_eq!(city.officer(Method::POST, &path).await.status, 409, "given back");
}

#[tokio::test]
async fn only_what_is_open_and_done_there_can_be_booked() {
    let city = TestCity::on(DAY).await;
    city.resident("a", date(2039, 9, 15)).await;
    let phone = Phone::of(&city, "a").await;
    let status = async |told: Told| phone.tell(&city, &told).await.status;
    assert_eq!(status(place(date(2099, 9, 17), time(9, 0, 0, 0))).await, 422, "closed on Thursdays");
    assert_eq!(status(place(NEXT, time(9, 10, 0, 0))).await, 422, "no half hour begins then");
    assert_eq!(status(place(date(2099, 9, 14), time(9, 0, 0, 0))).await, 422, "over");
    assert_eq!(status(place(date(2099, 12, 16), time(9, 0, 0, 0))).await, 422, "too far ahead");
    let elsewhere = |counter: &str, service: &str| Told::Book {
        counter_id: counter.into(),
        service_id: service.into(),
        day: NEXT,
        at: time(9, 0, 0, 0),
    };
    assert_eq!(status(elsewhere(VILLAGE, "passport")).await, 422, "a village issues no passports");
    assert_eq!(status(elsewhere("nowhere", "passport")).await, 404);
    assert_eq!(status(elsewhere(VILLAGE, "no-such")).await, 404);
    for minute in [0, 30] {
        assert_eq!(status(place(NEXT, time(9, minute, 0, 0))).await, 200);
    }
    for day in [date(2099, 9, 18), date(2099, 9, 21), date(2099, 9, 23)] {
        assert_eq!(status(place(day, time(9, 0, 0, 0))).await, 200);
    }
    assert_eq!(status(place(date(2099, 9, 25), time(9, 0, 0, 0))).await, 409, "nobody holds more than five");
}

#[tokio::test]
async fn the_list_is_sent_once() {
    let city = TestCity::on(DAY).await;
    let list: CounterList = city.send(city.request(Method::GET, "/v1/counters")).await.json();
    assert_eq!(list.counters.unwrap().len(), 176);
    let path = format!("/v1/counters?after={}", list.version);
    let again: CounterList = city.send(city.request(Method::GET, &path)).await.json();
    assert_eq!((again.version, again.counters), (list.version, None));
}
