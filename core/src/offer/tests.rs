//! What was found, and what a person says to it.

use citizen_api::offer::{Offer, OfferData, OfferStatus};
use citizen_api::register::RegisterItem;
use citizen_api::{DeliveryId, OfferId};

use super::SaidWhat;
use crate::Error;
use crate::testing::{TestPerson, text};

fn offer(status: OfferStatus, can_decline: bool) -> Offer {
    let offer_id = OfferId::generate();
    Offer {
        offer_id,
        rule_id: "senior-card-60".into(),
        service_id: "senior-card-60".into(),
        title: text("card"),
        reason: text("60"),
        next: text("next"),
        data: OfferData {
            register: "population".into(),
            title: text("population"),
            item: RegisterItem { item: "birth_date".into(), title: text("born") },
            value: jiff::civil::date(1966, 11, 23),
        },
        by: text("office"),
        legal_ground: text("law"),
        made_on: jiff::civil::date(2026, 11, 23),
        status,
        revision: 1,
        can_decline,
        credential_id: None,
        delivery_id: Some(DeliveryId(offer_id.0)),
        begins_service: false,
        answer: None,
    }
}

fn keep(person: &TestPerson, offer: &Offer) -> bool {
    person.compartment.write(|tx, sealer| super::store(tx, sealer, offer)).unwrap()
}

#[tokio::test]
async fn what_is_said_without_a_network_is_seen_on_the_offer() {
    let person = TestPerson::new();
    let (declined, disputed) = (offer(OfferStatus::Standing, true), offer(OfferStatus::Upheld, true));
    assert!(keep(&person, &declined) && keep(&person, &disputed));
    let offers = person.compartment.offers();
    let transaction_id = offers.decline(declined.offer_id).unwrap();
    assert_eq!(offers.decline(declined.offer_id).unwrap(), transaction_id, "once");
    offers.dispute(disputed.offer_id, " 我 1940 年生 ").unwrap();
    let said = |offer: &Offer| offers.show(offer.offer_id).unwrap().said.unwrap().what;
    assert_eq!((said(&declined), said(&disputed)), (SaidWhat::Declined, SaidWhat::Disputed));
    assert_eq!(person.count("outbox"), 2);
    // The city has it: what the feed brings is shown, and an older copy changes nothing.
    let later = Offer { status: OfferStatus::Declined, revision: 2, ..declined.clone() };
    assert!(keep(&person, &later) && !keep(&person, &declined));
    assert_eq!(offers.show(declined.offer_id).unwrap().offer.status, OfferStatus::Declined);
    assert_eq!(offers.decline(declined.offer_id), Err(Error::OfferClosed));
}

#[tokio::test]
async fn what_cannot_be_said_is_refused_at_once() {
    let person = TestPerson::new();
    let kept = offer(OfferStatus::Standing, false);
    keep(&person, &kept);
    let offers = person.compartment.offers();
    assert_eq!(offers.decline(kept.offer_id), Err(Error::CannotDecline));
    assert_eq!(offers.dispute(kept.offer_id, "  "), Err(Error::NothingSaid));
    assert_eq!(offers.decline(OfferId::generate()), Err(Error::UnknownOffer));
    assert_eq!(person.count("outbox"), 0);
}
