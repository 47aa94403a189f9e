//! The promises of what is told to the city.

use citizen_api::delivery::{DeliverTo, Delivery, DeliveryStatus};
use citizen_api::instruction::{Instruction, Told};
use citizen_api::jose::{Compact, typ};
use citizen_api::problem::{Problem, ProblemType};
use citizen_api::{DeliveryId, TransactionId};

use crate::outbox::{self, OutboxKind};
use crate::testing::{TestPerson, text};
use crate::{Error, delivery};

fn parcel(person: &TestPerson, status: DeliveryStatus) -> DeliveryId {
    let delivery = Delivery {
        delivery_id: DeliveryId::generate(),
        content: text("card"),
        to: DeliverTo::Registered,
        status,
        revision: 1,
        tracking_number: "YW1".into(),
        events: Vec::new(),
    };
    person.compartment.write(|tx, sealer| delivery::store(tx, sealer, &delivery)).unwrap();
    delivery.delivery_id
}

fn to(address: &str) -> DeliverTo {
    DeliverTo::Address { name: " 女儿 ".into(), phone: "138 0000 0000".into(), address: address.into() }
}

fn signed(person: &TestPerson, transaction_id: TransactionId) -> Instruction {
    let compact = Compact::parse(&person.queued_document(transaction_id)).unwrap();
    assert_eq!(compact.header.typ, typ::INSTRUCTION);
    compact.claims().unwrap()
}

#[tokio::test]
async fn what_is_said_without_a_network_is_signed_and_waits_and_is_seen() {
    let person = TestPerson::new();
    let delivery_id = parcel(&person, DeliveryStatus::Prepared);
    let parcels = person.compartment.deliveries();
    let transaction_id = parcels.redirect(delivery_id, &to("稠江街道 9 号")).unwrap();
    let expected = DeliverTo::Address {
        name: "女儿".into(),
        phone: "13800000000".into(),
        address: "稠江街道 9 号".into(),
    };
    let instruction = signed(&person, transaction_id);
    assert_eq!(instruction.transaction_id, transaction_id);
    assert!(instruction.what == Told::RedirectDelivery { delivery_id, to: expected.clone() });
    let shown = person.opened_again().deliveries().show(delivery_id).unwrap().unwrap();
    let redirecting = shown.redirecting.unwrap();
    assert!(redirecting.to == expected && redirecting.refused.is_none());
    assert_eq!(shown.delivery.to, DeliverTo::Registered, "the city has not said it yet");
    let items = person.compartment.outbox().list().unwrap();
    assert_eq!((items.len(), items[0].kind, items[0].draft_id), (1, OutboxKind::Instruction, None));
}

#[tokio::test]
async fn the_last_word_about_a_thing_counts() {
    let person = TestPerson::new();
    let (one, other) = (parcel(&person, DeliveryStatus::Prepared), parcel(&person, DeliveryStatus::Prepared));
    let parcels = person.compartment.deliveries();
    let first = parcels.redirect(one, &to("一")).unwrap();
    assert_eq!(parcels.redirect(one, &to("一")).unwrap(), first, "the same once more");
    let second = parcels.redirect(one, &to("二")).unwrap();
    parcels.redirect(other, &to("三")).unwrap();
    assert_eq!(person.count("outbox"), 2, "what was never sent is replaced");
    // From here on the city may have it: a later word follows it, and does not overtake it.
    person.execute("UPDATE outbox SET attempts = 1");
    let third = parcels.redirect(one, &to("四")).unwrap();
    assert_eq!((person.count("outbox"), person.count("outbox_dependencies")), (3, 1));
    let shown = parcels.show(one).unwrap().unwrap().redirecting.unwrap();
    assert_eq!(shown.transaction_id, third);
    let problem = Problem { kind: ProblemType::WrongState, status: 409, title: text("no"), pointer: None };
    for refused in [second, third] {
        person.compartment.write(|tx, sealer| outbox::refuse(tx, sealer, refused, &problem)).unwrap();
    }
    assert!(parcels.show(one).unwrap().unwrap().redirecting.unwrap().refused == Some(text("no")));
    parcels.redirect(one, &to("五")).unwrap();
    assert_eq!(
        (person.count("outbox"), person.count("outbox_dependencies")),
        (2, 0),
        "a refusal is answered"
    );
}

#[tokio::test]
async fn what_cannot_be_is_said_at_once() {
    let person = TestPerson::new();
    let gone = parcel(&person, DeliveryStatus::OnTheWay);
    let here = parcel(&person, DeliveryStatus::Prepared);
    let parcels = person.compartment.deliveries();
    assert_eq!(parcels.redirect(gone, &to("一")), Err(Error::ParcelOnItsWay));
    assert_eq!(parcels.redirect(DeliveryId::generate(), &to("一")), Err(Error::UnknownParcel));
    for wrong in [to(""), to(&"长".repeat(201)), to("一\n二")] {
        assert_eq!(parcels.redirect(here, &wrong), Err(Error::AddressIncomplete));
    }
    let without = DeliverTo::Address { name: "女儿".into(), phone: "1".into(), address: "一".into() };
    assert_eq!(parcels.redirect(here, &without), Err(Error::AddressIncomplete));
    assert_eq!(person.count("outbox"), 0);
}

#[tokio::test]
async fn what_was_said_is_taken_back_and_leaves_nothing() {
    let person = TestPerson::new();
    let delivery_id = parcel(&person, DeliveryStatus::Prepared);
    let transaction_id = person.compartment.deliveries().redirect(delivery_id, &to("一")).unwrap();
    assert_eq!(person.compartment.outbox().withdraw(transaction_id).await, Ok(None));
    assert_eq!(person.count("outbox"), 0);
    assert!(person.compartment.deliveries().show(delivery_id).unwrap().unwrap().redirecting.is_none());
}
