//! Proactive runs and the cards they make, over real HTTP.

use citizen_api::changes::{Change, ChangesPage};
use citizen_api::credential::{
    CredentialClaims, CredentialKind, CredentialOffer, IssueProof, IssuedCredential, IssuerMetadata,
    StatusListClaims,
};
use citizen_api::delivery::{CourierRound, Delivery, DeliveryStatus};
use citizen_api::instruction::{InstructionDone, Told};
use citizen_api::jose::{self, Compact, typ};
use citizen_api::offer::{DisputedOffers, Offer, OfferStatus};
use citizen_api::officer::{DeliveryList, ProactiveRun};
use citizen_api::register::RegisterLog;
use jiff::civil::{Date, date};
use miniz_oxide::inflate::decompress_to_vec_zlib;
use reqwest::Method;
use serde_json::json;

use super::rules;
use super::run::carry_out;
use super::statements::Run;
use crate::clock::machine_now;
use crate::keys::{sha256, verify};
use crate::testing::{Phone, Reply, TestCity};

const BEFORE: Date = date(2099, 9, 14);
const BIRTHDAY: Date = date(2099, 9, 15);

async fn run(city: &TestCity) -> (u64, u64) {
    let reply = city.officer(Method::POST, "/v1/officer/proactive/run").await;
    let run: ProactiveRun = reply.json();
    (run.credentials_made, run.deliveries_opened)
}

async fn told(city: &TestCity, phone: &Phone) -> (Vec<CredentialOffer>, Vec<Delivery>) {
    let page: ChangesPage = phone.get(city, "/v1/changes").await.json();
    let (mut cards, mut parcels) = (Vec::new(), Vec::new());
    for change in page.changes {
        match change {
            Change::Credential(card) => cards.push(card),
            Change::Delivery(parcel) => parcels.push(parcel),
            Change::Offer(_) => {}
            other => panic!("{other:?}"),
        }
    }
    (cards, parcels)
}

async fn issue(city: &TestCity, phone: &Phone, card: &CredentialOffer, aud: &str, iat: i64) -> Reply {
    let proof = IssueProof { aud: aud.to_owned(), credential_id: card.credential_id, iat };
    let body = json!({ "proof": phone.sign(typ::ISSUE_PROOF, &proof) });
    phone.post(city, &format!("/v1/credentials/{}/issue", card.credential_id), &body).await
}

async fn is_revoked(city: &TestCity, claims: &CredentialClaims) -> bool {
    let path = claims.status.status_list.uri.strip_prefix(city.city.base_url()).unwrap();
    let reply = city.send(city.request(Method::GET, path)).await;
    let list = Compact::parse(&reply.text).unwrap();
    verify(&list, typ::STATUS_LIST, city.city.keys.issuer.public()).unwrap();
    let claimed: StatusListClaims = list.claims().unwrap();
    assert_eq!(claimed.sub, claims.status.status_list.uri);
    let bits = decompress_to_vec_zlib(&jose::decode(&claimed.status_list.lst).unwrap()).unwrap();
    let place = usize::try_from(claims.status.status_list.idx).unwrap();
    bits[place / 8] >> (place % 8) & 1 == 1
}

#[tokio::test]
async fn a_card_is_made_on_the_birthday_once_and_for_those_without_an_account_too() {
    let city = TestCity::on(BEFORE).await;
    let id_number = city.resident("sixty", date(2039, 9, 15)).await;
    let without_account = city.resident("seventy", date(2029, 9, 15)).await;
    city.resident("young", date(2039, 9, 16)).await;
    assert_eq!(run(&city).await, (1, 1), "who is 69 gets the card for 60");
    city.city.clock.set(&city.city.store, BIRTHDAY).await.unwrap();
    assert_eq!(run(&city).await, (2, 2));
    assert_eq!(run(&city).await, (0, 0), "a second run makes nothing");

    let phone = Phone::of(&city, "sixty").await;
    let (cards, parcels) = told(&city, &phone).await;
    assert_eq!((cards.len(), parcels.len()), (1, 1));
    assert_eq!((cards[0].kind, cards[0].issued_on), (CredentialKind::SeniorCard60, BIRTHDAY));
    assert!(cards[0].valid);
    assert_eq!(cards[0].delivery_id, Some(parcels[0].delivery_id));
    assert_eq!(
        (parcels[0].status, parcels[0].revision, parcels[0].events.len()),
        (DeliveryStatus::Prepared, 1, 1)
    );
    let ledger = city.ledger(&id_number).await;
    assert_eq!((ledger.credentials.len(), ledger.deliveries.len()), (1, 1));
    assert_eq!(city.ledger(&without_account).await.credentials.len(), 2);

    let first_login = Phone::of(&city, "seventy").await;
    let (cards, _) = told(&city, &first_login).await;
    let standing: Vec<(CredentialKind, bool)> = cards.iter().map(|card| (card.kind, card.valid)).collect();
    assert_eq!(
        standing,
        [
            (CredentialKind::SeniorCard60, true),
            (CredentialKind::SeniorCard70, true),
            (CredentialKind::SeniorCard60, false),
        ],
        "the card for 70 takes the place of the one for 60"
    );
    assert_eq!(cards[0].credential_id, cards[2].credential_id);
    let log: RegisterLog = first_login.get(&city, "/v1/register-log").await.json();
    assert_eq!(log.entries.len(), 2, "the citizen sees who read the register, and why");
}

#[tokio::test]
async fn a_card_is_bound_to_the_phone_and_can_be_checked_by_anyone() {
    let city = TestCity::on(BIRTHDAY).await;
    let id_number = city.resident("sixty", date(2039, 9, 15)).await;
    city.resident("other", date(2039, 9, 15)).await;
    run(&city).await;
    let (phone, stranger) = (Phone::of(&city, "sixty").await, Phone::of(&city, "other").await);
    let card = told(&city, &phone).await.0.remove(0);
    let issuer: IssuerMetadata =
        city.send(city.request(Method::GET, "/.well-known/jwt-vc-issuer")).await.json();
    let now = machine_now();

    assert_eq!(issue(&city, &stranger, &card, &issuer.issuer, now).await.status, 404);
    assert_eq!(issue(&city, &phone, &card, "https://elsewhere", now).await.status, 422);
    assert_eq!(issue(&city, &phone, &card, &issuer.issuer, now - 400).await.status, 422);
    assert_eq!(issue(&city, &phone, &card, &issuer.issuer, i64::MIN).await.status, 422);

    let mut issued = Vec::new();
    for _ in 0..2 {
        let reply = issue(&city, &phone, &card, &issuer.issuer, now).await;
        assert_eq!(reply.status, 200, "{}", reply.text);
        let text = reply.json::<IssuedCredential>().credential;
        let mut parts = text.split('~');
        let signed = Compact::parse(parts.next().unwrap()).unwrap();
        verify(&signed, typ::CREDENTIAL, &issuer.jwks.keys[0]).unwrap();
        let claims: CredentialClaims = signed.claims().unwrap();
        let mut disclosed: Vec<(String, String)> = Vec::new();
        for disclosure in parts.filter(|part| !part.is_empty()) {
            assert!(claims.sd.contains(&sha256(disclosure.as_bytes())));
            let [_, name, value]: [String; 3] =
                serde_json::from_slice(&jose::decode(disclosure).unwrap()).unwrap();
            disclosed.push((name, value));
        }
        issued.push((claims, disclosed));
    }
    let (claims, disclosed) = &issued[0];
    assert_eq!(claims.iss, issuer.issuer);
    assert_eq!(claims.vct, "urn:citizen-core:senior-card-60");
    assert_eq!(crate::keys::thumbprint(&claims.cnf.jwk), phone.device_id);
    assert_eq!(claims.sd.len(), 3);
    assert_eq!(disclosed[0], ("name".into(), "赵\"某\\".into()));
    assert_eq!(*disclosed, issued[1].1, "the second card says the same");
    assert_ne!(claims.sd, issued[1].0.sd, "with salts of its own");
    assert_eq!(city.ledger(&id_number).await.credentials[0].devices, 1);

    assert!(!is_revoked(&city, claims).await);
    let path = format!("/v1/officer/credentials/{}/revoke", card.credential_id);
    assert!(!city.officer(Method::POST, &path).await.json::<CredentialOffer>().valid);
    assert!(is_revoked(&city, claims).await);
    assert_eq!(issue(&city, &phone, &card, &issuer.issuer, now).await.status, 409);
}

async fn offers(city: &TestCity, phone: &Phone) -> Vec<Offer> {
    let page: ChangesPage = phone.get(city, "/v1/changes").await.json();
    let offer = |change| match change {
        Change::Offer(offer) => Some(*offer),
        _ => None,
    };
    page.changes.into_iter().filter_map(offer).collect()
}

async fn know(city: &TestCity, who: &'static str, register: &'static str, item: &'static str, value: Date) {
    let work = move |tx: &mut dyn crate::store::Tx| {
        tx.execute(
            "INSERT INTO register_records (citizen_id, register, item, value, as_of) VALUES ($1, $2, $3, $4, $4)",
            &[who.into(), register.into(), item.into(), value.into()],
        )
    };
    city.city.store.write(work).await.unwrap();
}

#[tokio::test]
async fn each_rule_finds_whom_it_is_for_and_says_why() {
    let city = TestCity::on(BIRTHDAY).await;
    let born = date(2070, 1, 1);
    for who in ["ends", "parent", "moved", "nobody"] {
        city.resident(who, born).await;
    }
    know(&city, "ends", "id-card-issue", "valid_until", date(2099, 11, 1)).await;
    know(&city, "nobody", "id-card-issue", "valid_until", date(2099, 12, 31)).await;
    know(&city, "parent", "household", "newest_child_born_on", date(2099, 9, 1)).await;
    know(&city, "moved", "household-moves", "moved_in_on", date(2099, 9, 10)).await;
    assert_eq!(run(&city).await, (0, 3), "three parcels, and no card");
    let mut found = Vec::new();
    for who in ["ends", "parent", "moved", "nobody"] {
        found.push(offers(&city, &Phone::of(&city, who).await).await);
    }
    let rules: Vec<Vec<&str>> =
        found.iter().map(|offers| offers.iter().map(|offer| offer.rule_id.as_str()).collect()).collect();
    assert_eq!(rules, [vec!["id-card-ends"], vec!["newborn-insurance"], vec!["moved-in"], vec![]]);
    let ends = &found[0][0];
    assert_eq!((ends.data.value, ends.begins_service), (date(2099, 11, 1), true));
    assert!(ends.data.item.title.zh != ends.data.item.item && !ends.reason.zh.is_empty());
    assert_eq!(count(&city, "SELECT COUNT(*) FROM register_records WHERE item = 'newborn_insured'").await, 1);
    city.city.clock.set(&city.city.store, date(2099, 12, 1)).await.unwrap();
    assert_eq!(run(&city).await, (0, 1), "the other ID card, and nobody a second time");
}

async fn count(city: &TestCity, sql: &'static str) -> i64 {
    city.count(sql).await
}

#[tokio::test]
async fn nobody_is_found_twice_whoever_runs_and_however_the_clock_jumps() {
    let city = TestCity::on(BEFORE).await;
    for who in ["a", "b", "c"] {
        city.resident(who, date(2039, 9, 15)).await;
    }
    know(&city, "c", "deregistration", "since", date(2099, 1, 1)).await;
    let run_at = |day: Date| {
        let at = crate::clock::CHINA.to_timestamp(day.at(9, 0, 0, 0)).unwrap();
        let work = move |tx: &mut dyn crate::store::Tx| {
            carry_out(tx, &Run::new(day, at), &rules::embedded().unwrap())
        };
        city.city.store.write(work)
    };
    let (first, second, third) = tokio::join!(run_at(BIRTHDAY), run_at(BIRTHDAY), run_at(date(2101, 1, 1)));
    let made = [first, second, third].map(|run| run.unwrap().offers_made);
    assert_eq!(made.iter().sum::<u64>(), 2, "{made:?}: who was struck off is not found");
    assert_eq!(run_at(BEFORE).await.unwrap().offers_made, 0, "a clock that jumps back");
    assert_eq!(run_at(BIRTHDAY).await.unwrap().offers_made, 0);
    assert_eq!(count(&city, "SELECT COUNT(*) FROM deliveries").await, 2);
    assert_eq!(count(&city, "SELECT COUNT(*) FROM credentials").await, 2);
}

#[tokio::test]
async fn what_is_declined_is_taken_back_for_good() {
    let city = TestCity::on(BIRTHDAY).await;
    let id_number = city.resident("sixty", date(2039, 9, 15)).await;
    city.resident("other", date(2039, 9, 15)).await;
    run(&city).await;
    let (phone, stranger) = (Phone::of(&city, "sixty").await, Phone::of(&city, "other").await);
    let offer_id = offers(&city, &phone).await[0].offer_id;
    let decline = Told::DeclineOffer { offer_id };
    assert_eq!(stranger.tell(&city, &decline).await.status, 404, "somebody else's");
    let done: InstructionDone = phone.tell(&city, &decline).await.json();
    let standing = |change: &Change| match change {
        Change::Offer(offer) => offer.status == OfferStatus::Declined,
        Change::Credential(card) => !card.valid,
        Change::Delivery(parcel) => parcel.status == DeliveryStatus::Cancelled,
        other => panic!("{other:?}"),
    };
    assert!(done.changes.len() == 3 && done.changes.iter().all(standing), "{done:?}");
    assert_eq!(phone.tell(&city, &decline).await.status, 409, "once");
    city.city.clock.set(&city.city.store, date(2100, 9, 15)).await.unwrap();
    assert_eq!(run(&city).await, (0, 0), "never again for the same occasion");
    assert_eq!(city.ledger(&id_number).await.credentials.len(), 1);
}

#[tokio::test]
async fn a_dispute_stops_the_parcel_until_an_office_has_looked() {
    let city = TestCity::on(BIRTHDAY).await;
    for who in ["right", "wrong"] {
        city.resident(who, date(2039, 9, 15)).await;
    }
    run(&city).await;
    let mut names = Vec::new();
    for who in ["right", "wrong"] {
        let phone = Phone::of(&city, who).await;
        let offer_id = offers(&city, &phone).await[0].offer_id;
        let dispute = Told::DisputeOffer { offer_id, note: "我 1940 年生".into() };
        assert_eq!(phone.tell(&city, &dispute).await.status, 200);
        names.push((phone, offer_id));
    }
    let round: CourierRound = city.officer(Method::POST, "/v1/officer/courier/run").await.json();
    assert_eq!(round.handed_over, 0, "nothing goes out that is disputed");
    let list: DisputedOffers = city.officer(Method::GET, "/v1/officer/offers/disputed").await.json();
    assert_eq!(list.offers.len(), 2);
    assert_eq!(list.offers[0].note, "我 1940 年生");
    for ((phone, offer_id), (take_back, status)) in
        names.iter().zip([(true, OfferStatus::TakenBack), (false, OfferStatus::Upheld)])
    {
        let body = json!({ "take_back": take_back, "text": { "zh": "查过了。", "en": "Looked into." } });
        let path = format!("/v1/officer/offers/{offer_id}/answer");
        assert_eq!(city.officer_post(&path, &body).await.json::<Offer>().status, status);
        assert_eq!(city.officer_post(&path, &body).await.status, 409, "answered once");
        let (cards, parcels) = told(&city, phone).await;
        assert_eq!(cards.last().unwrap().valid, !take_back);
        let sent = parcels.last().unwrap().status;
        assert_eq!(sent, if take_back { DeliveryStatus::Cancelled } else { DeliveryStatus::Prepared });
        assert_eq!(offers(&city, phone).await.last().unwrap().answer.as_ref().unwrap().zh, "查过了。");
    }
}

#[tokio::test]
async fn a_parcel_goes_to_the_door_step_by_step_and_stays_there() {
    let city = TestCity::on(BIRTHDAY).await;
    city.resident("sixty", date(2039, 9, 15)).await;
    run(&city).await;
    let phone = Phone::of(&city, "sixty").await;
    let list: DeliveryList = city.officer(Method::GET, "/v1/officer/deliveries").await.json();
    let path = format!("/v1/officer/deliveries/{}/advance", list.deliveries[0].delivery_id);
    let mut seen = Vec::new();
    for _ in 0..4 {
        seen.push(city.officer(Method::POST, &path).await.json::<Delivery>().status);
    }
    use DeliveryStatus::{Delivered, HandedOver, OnTheWay};
    assert_eq!(seen, [HandedOver, OnTheWay, Delivered, Delivered]);
    let (_, parcels) = told(&city, &phone).await;
    let revisions: Vec<u64> = parcels.iter().map(|parcel| parcel.revision).collect();
    assert_eq!(revisions, [1, 2, 3, 4], "the phone is told of each step once");
    let left: DeliveryList = city.officer(Method::GET, "/v1/officer/deliveries").await.json();
    assert!(left.deliveries.is_empty());
}
