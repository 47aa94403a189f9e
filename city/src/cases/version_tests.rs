//! Versions of forms at the city, over real HTTP: the present one is accepted, an earlier one in its time of grace.

use citizen_api::officer_evidence::PublishedService;
use citizen_api::{Subject, TransactionId};
use jiff::civil::{Date, date};
use serde_json::{Value, json};

use crate::testing::{Phone, TestCity, reimbursement};

const TODAY: Date = date(2099, 9, 14);
const BORN: Date = date(1966, 9, 15);

/// The reimbursement in a later version, with this time of grace for the one before.
fn later(version: u32, grace_days: u32) -> Value {
    let mut document = reimbursement();
    document["version"] = json!(version);
    document["grace_days"] = json!(grace_days);
    let migrations: Vec<Value> = (1..version).map(|from| json!({ "from": from, "steps": [] })).collect();
    document["migrations"] = json!(migrations);
    document
}

/// Files the reimbursement with its bill's number, as a form of that version; gives status and kind of refusal.
async fn filed(
    city: &TestCity,
    phone: &Phone,
    id_number: &str,
    version: u32,
    invoice: &str,
) -> (u16, String) {
    let mut submission = phone.reimbursement(city, id_number).await;
    submission.service_version = version;
    submission.answers.insert("invoice_number".into(), json!(invoice));
    let reply = phone.file(city, &submission).await;
    let kind = if reply.status == 201 { String::new() } else { reply.problem().0 };
    (reply.status, kind)
}

#[tokio::test]
async fn an_earlier_form_is_taken_in_its_time_of_grace_and_then_sent_back_with_a_way_out() {
    let city = TestCity::on(TODAY).await;
    let id_number = city.resident("zhao", BORN).await;
    let phone = Phone::of(&city, "zhao").await;
    let published: PublishedService = city.publish(&later(2, 10)).await.json();
    assert_eq!((published.version, published.catalogue_version), (2, 2));
    let again: PublishedService = city.publish(&later(2, 10)).await.json();
    assert_eq!(again, published, "publishing the same again publishes nothing");

    let taken = (201, String::new());
    assert_eq!(filed(&city, &phone, &id_number, 1, "A1").await, taken);
    assert_eq!(filed(&city, &phone, &id_number, 2, "A2").await, taken);
    city.city.clock.set(&city.city.store, date(2099, 9, 24)).await.unwrap();
    assert_eq!(filed(&city, &phone, &id_number, 1, "A3").await, taken, "the last day of grace");
    city.city.clock.set(&city.city.store, date(2099, 9, 25)).await.unwrap();
    assert_eq!(filed(&city, &phone, &id_number, 1, "A4").await, (409, "form-outdated".to_owned()));
    assert_eq!(filed(&city, &phone, &id_number, 2, "A4").await, taken);
    assert_eq!(filed(&city, &phone, &id_number, 3, "A5").await, (404, "not-found".to_owned()));

    let mut submission = phone.reimbursement(&city, &id_number).await;
    submission.transaction_id = TransactionId::generate();
    submission.subject = Subject::from("zhao");
    let reply = phone.file(&city, &submission).await;
    assert_eq!(reply.problem().1.as_deref(), Some("/service_version"));
    assert!(reply.text.contains("一样也没丢") && reply.text.contains("moved to the new form"));
}

#[tokio::test]
async fn each_version_has_the_grace_of_the_one_that_took_its_place() {
    let city = TestCity::on(TODAY).await;
    let id_number = city.resident("zhao", BORN).await;
    let phone = Phone::of(&city, "zhao").await;
    assert_eq!(city.publish(&later(2, 30)).await.status, 200);
    city.city.clock.set(&city.city.store, date(2099, 9, 20)).await.unwrap();
    assert_eq!(city.publish(&later(3, 0)).await.status, 200);
    city.city.clock.set(&city.city.store, date(2099, 9, 21)).await.unwrap();
    assert_eq!(filed(&city, &phone, &id_number, 1, "A1").await.0, 201, "thirty days from the fourteenth");
    assert_eq!(filed(&city, &phone, &id_number, 2, "A2").await.1, "form-outdated", "none from the twentieth");
}

#[tokio::test]
async fn a_document_that_is_not_sound_is_not_published() {
    let city = TestCity::on(TODAY).await;
    let mut reworded = reimbursement();
    reworded["fee"] = json!(1);
    assert_eq!(city.publish(&reworded).await.problem(), ("wrong-state".into(), Some("/version".into())));
    let mut broken = later(2, 10);
    broken["title"] = json!({ "zh": "报销" });
    assert_eq!(city.publish(&broken).await.status, 422);
    let mut other = later(2, 10);
    other["service_id"] = json!("something-else");
    let path = "/v1/officer/services/medical-reimbursement";
    assert_eq!(city.officer_put(path, &other).await.status, 422, "its name is not that of the address");
    let delta = city.send(city.request(reqwest::Method::GET, "/v1/catalogue?after=1")).await;
    assert_eq!(delta.json::<Value>()["changed"], json!([]));
}

#[tokio::test]
async fn a_service_that_was_added_while_the_city_ran_is_offered_at_once() {
    let city = TestCity::on(TODAY).await;
    let mut document = reimbursement();
    document["service_id"] = json!("dental-reimbursement");
    assert_eq!(city.publish(&document).await.status, 200);
    let delta = city.send(city.request(reqwest::Method::GET, "/v1/catalogue?after=1")).await;
    assert_eq!(delta.json::<Value>()["changed"][0]["service_id"], "dental-reimbursement");
}

#[tokio::test]
async fn a_document_must_fit_those_that_were_published_before_it() {
    let city = TestCity::on(TODAY).await;
    let mut renamed = later(2, 10);
    renamed["migrations"][0]["steps"] =
        json!([{ "step": "renamed", "from": "invoice", "to": "invoice_number" }]);
    let reply = city.publish(&renamed).await;
    assert_eq!(reply.problem(), ("invalid-answer".into(), Some("/migrations/0/steps/0/from".into())));
    let mut other = crate::testing::bus_pass();
    let event = reimbursement()["life_event"]["life_event_id"].clone();
    other["life_event"]["life_event_id"] = event;
    let reply = city.publish(&other).await;
    assert_eq!(reply.problem(), ("invalid-answer".into(), Some("/life_event/title".into())));
}
