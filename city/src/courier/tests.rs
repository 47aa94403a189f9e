//! Parcels and a carrier that loses, delays and repeats, over real HTTP.

use citizen_api::Text;
use citizen_api::changes::{Change, ChangesPage};
use citizen_api::delivery::{
    CarrierEvent, CarrierMessage, CourierRound, DeliverTo, Delivery, DeliveryStatus, MessageTaken, Taken,
};
use citizen_api::instruction::Told;
use citizen_api::officer::DeliveryList;
use jiff::Timestamp;
use jiff::civil::date;
use reqwest::Method;

use crate::testing::{Phone, TestCity};

const BIRTHDAY: jiff::civil::Date = date(2099, 9, 15);

/// A city in which people have just turned 60, and their parcels.
async fn city_with(people: &'static [&'static str]) -> (TestCity, Vec<Delivery>) {
    let city = TestCity::on(BIRTHDAY).await;
    for who in people {
        city.resident(who, date(2039, 9, 15)).await;
    }
    assert_eq!(city.officer(Method::POST, "/v1/officer/proactive/run").await.status, 200);
    let list: DeliveryList = city.officer(Method::GET, "/v1/officer/deliveries").await.json();
    (city, list.deliveries)
}

async fn round(city: &TestCity) -> CourierRound {
    city.officer(Method::POST, "/v1/officer/courier/run").await.json()
}

async fn say(city: &TestCity, parcel: &Delivery, sequence: u64, what: CarrierEvent) -> Taken {
    let message = CarrierMessage {
        message_id: format!("m{sequence}"),
        tracking_number: parcel.tracking_number.clone(),
        sequence,
        what,
        at: Timestamp::UNIX_EPOCH,
    };
    city.officer_post("/v1/officer/carrier/messages", &message).await.json::<MessageTaken>().taken
}

async fn parcels(city: &TestCity, phone: &Phone) -> Vec<Delivery> {
    let page: ChangesPage = phone.get(city, "/v1/changes").await.json();
    let parcel = |change| match change {
        Change::Delivery(parcel) => Some(parcel),
        _ => None,
    };
    page.changes.into_iter().filter_map(parcel).collect()
}

fn delivered() -> CarrierEvent {
    CarrierEvent::Delivered { taken_by: Text::new("本人", "the person"), proof: "signature-7".into() }
}

#[tokio::test]
async fn messages_count_once_and_never_move_a_parcel_back() {
    let (city, list) = city_with(&["sixty"]).await;
    let parcel = &list[0];
    let failed = || CarrierEvent::Failed { reason: Text::new("没人", "nobody there") };
    assert_eq!(say(&city, parcel, 2, CarrierEvent::OutForDelivery).await, Taken::Moved);
    assert_eq!(say(&city, parcel, 1, CarrierEvent::PickedUp).await, Taken::Late, "came after a later one");
    assert_eq!(say(&city, parcel, 2, CarrierEvent::OutForDelivery).await, Taken::Repeated);
    assert_eq!(say(&city, parcel, 3, failed()).await, Taken::Moved);
    assert_eq!(say(&city, parcel, 5, delivered()).await, Taken::Moved);
    assert_eq!(say(&city, parcel, 4, CarrierEvent::OutForDelivery).await, Taken::Late);
    assert_eq!(say(&city, parcel, 6, failed()).await, Taken::Late, "what is handed over stays so");
    let phone = Phone::of(&city, "sixty").await;
    let told = parcels(&city, &phone).await;
    let seen: Vec<DeliveryStatus> = told.iter().map(|parcel| parcel.status).collect();
    use DeliveryStatus::{Delivered, Failed, OnTheWay, Prepared};
    assert_eq!(seen, [Prepared, OnTheWay, Failed, Delivered], "the phone hears of each step once");
    let notes: Vec<Option<&str>> =
        told[3].events.iter().map(|event| event.note.as_ref().map(|note| note.zh.as_str())).collect();
    assert_eq!(notes, [None, None, Some("没人"), Some("签收人：本人")]);
    assert_eq!(city.count("SELECT COUNT(*) FROM delivery_events WHERE proof = 'signature-7'").await, 1);
}

#[tokio::test]
async fn what_cannot_be_handed_over_waits_at_a_counter() {
    let (city, list) = city_with(&["sixty"]).await;
    let reason = Text::new("两次没人", "nobody twice");
    assert_eq!(say(&city, &list[0], 1, CarrierEvent::Returning { reason }).await, Taken::Moved);
    let nowhere = CarrierEvent::AtCounter { counter_id: "nowhere".into() };
    let message = CarrierMessage {
        message_id: "x".into(),
        tracking_number: list[0].tracking_number.clone(),
        sequence: 2,
        what: nowhere,
        at: Timestamp::UNIX_EPOCH,
    };
    assert_eq!(city.officer_post("/v1/officer/carrier/messages", &message).await.status, 404);
    let there = CarrierEvent::AtCounter { counter_id: "town-choucheng".into() };
    assert_eq!(say(&city, &list[0], 2, there).await, Taken::Moved);
    let phone = Phone::of(&city, "sixty").await;
    let told = parcels(&city, &phone).await;
    let last = told.last().unwrap();
    assert_eq!(last.status, DeliveryStatus::AtCounter);
    assert!(last.events.last().unwrap().note.as_ref().unwrap().zh.contains("稠城街道便民服务中心"));
}

#[tokio::test]
async fn a_parcel_goes_elsewhere_until_the_courier_has_it() {
    let (city, list) = city_with(&["sixty", "other"]).await;
    let (phone, stranger) = (Phone::of(&city, "sixty").await, Phone::of(&city, "other").await);
    let delivery_id = parcels(&city, &phone).await[0].delivery_id;
    let to = |name: &str, phone: &str| DeliverTo::Address {
        name: name.into(),
        phone: phone.into(),
        address: "稠江街道 9 号".into(),
    };
    let told = |to: DeliverTo| Told::RedirectDelivery { delivery_id, to };
    let daughter = to("女儿", "13800000000");
    assert_eq!(stranger.tell(&city, &told(daughter.clone())).await.status, 404, "somebody else's");
    assert_eq!(phone.tell(&city, &told(to("", "13800000000"))).await.status, 422);
    assert_eq!(phone.tell(&city, &told(to("女儿", "12"))).await.status, 422);
    assert_eq!(phone.tell(&city, &told(daughter.clone())).await.status, 200);
    let last = parcels(&city, &phone).await.pop().unwrap();
    assert_eq!((last.to, last.status), (daughter, DeliveryStatus::Prepared));
    assert_eq!(phone.tell(&city, &told(DeliverTo::Registered)).await.status, 200);
    assert_eq!(parcels(&city, &phone).await.pop().unwrap().to, DeliverTo::Registered);
    assert_eq!(round(&city).await.handed_over, u64::try_from(list.len()).unwrap());
    let late = phone.tell(&city, &told(to("女儿", "13800000000"))).await;
    assert_eq!((late.status, late.problem().0.as_str()), (409, "wrong-state"));
}

/// Whatever the made-up carrier loses, delays and repeats, every parcel comes to an end, and none moves back.
#[tokio::test]
async fn every_parcel_ends_with_a_carrier_that_loses_delays_and_repeats() {
    const PEOPLE: [&str; 24] = [
        "p01", "p02", "p03", "p04", "p05", "p06", "p07", "p08", "p09", "p10", "p11", "p12", "p13", "p14",
        "p15", "p16", "p17", "p18", "p19", "p20", "p21", "p22", "p23", "p24",
    ];
    let (city, list) = city_with(&PEOPLE).await;
    let mut sum = round(&city).await;
    assert_eq!(sum.handed_over, u64::try_from(list.len()).unwrap());
    for days in 1..=9 {
        city.city.clock.set(&city.city.store, BIRTHDAY + jiff::Span::new().days(days)).await.unwrap();
        let next = round(&city).await;
        sum.moved += next.moved;
        sum.repeated += next.repeated;
        sum.traced += next.traced;
    }
    let open = "SELECT COUNT(*) FROM deliveries WHERE status NOT IN ('delivered', 'at_counter')";
    assert_eq!(city.count(open).await, 0, "{sum:?}");
    assert!(sum.repeated > 0 && sum.traced > 0, "the carrier is not to be relied on: {sum:?}");
    let back = "SELECT COUNT(*) FROM delivery_events AS one JOIN delivery_events AS two
        ON one.delivery_id = two.delivery_id AND one.sequence < two.sequence WHERE one.status = 'delivered'";
    assert_eq!(city.count(back).await, 0);
}
