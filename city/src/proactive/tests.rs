//! Proactive runs and the cards they make, over real HTTP.

use citizen_api::changes::{Change, ChangesPage};
use citizen_api::credential::{
    CredentialClaims, CredentialKind, CredentialOffer, IssueProof, IssuedCredential, IssuerMetadata,
    StatusListClaims,
};
use citizen_api::delivery::{Delivery, DeliveryStatus};
use citizen_api::jose::{self, Compact, typ};
use citizen_api::officer::{DeliveryList, ProactiveRun};
use citizen_api::register::RegisterLog;
use jiff::civil::{Date, date};
use miniz_oxide::inflate::decompress_to_vec_zlib;
use reqwest::Method;
use serde_json::json;

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
