//! Registers that are down, or have no record, keep nobody from filing: over real HTTP, judged by the ledger.

use citizen_api::case::{Case, CaseEventKind, CaseStatus};
use citizen_api::changes::{Change, ChangesPage};
use citizen_api::officer_evidence::{RegisterList, RegisterUp};
use citizen_api::register::{RegisterLog, ServicePrefill};
use citizen_api::submission::Acknowledgement;
use jiff::civil::{Date, date};
use reqwest::Method;

use crate::testing::{Phone, TestCity, bus_pass, bus_pass_submission};

const TODAY: Date = date(2099, 9, 14);
const BORN: Date = date(1966, 9, 15);

async fn city() -> (TestCity, Phone, String) {
    let city = TestCity::on(TODAY).await;
    assert_eq!(city.publish(&bus_pass()).await.status, 200);
    let id_number = city.resident("zhao", BORN).await;
    let phone = Phone::of(&city, "zhao").await;
    (city, phone, id_number)
}

/// Files with the one paper that has no other way.
async fn filed(city: &TestCity, phone: &Phone) -> Case {
    let portrait = phone.photograph(city, "portrait").await;
    let reply = phone.file(city, &bus_pass_submission(phone, vec![portrait])).await;
    assert_eq!(reply.status, 201, "{}", reply.text);
    reply.json::<Acknowledgement>().case
}

async fn case(city: &TestCity, phone: &Phone, shown: &Case) -> Case {
    phone.get(city, &format!("/v1/cases/{}", shown.case_id)).await.json()
}

async fn ways(city: &TestCity, id_number: &str) -> Vec<(String, String)> {
    let lookups = city.ledger(id_number).await.lookups;
    lookups.into_iter().map(|lookup| (lookup.requirement_id.0, lookup.way)).collect()
}

fn is(requirement: &str, way: &str) -> (String, String) {
    (requirement.to_owned(), way.to_owned())
}

async fn act(city: &TestCity, case: &Case, act: &str) -> u16 {
    city.officer(Method::POST, &format!("/v1/officer/cases/{}/{act}", case.case_id)).await.status
}

#[tokio::test]
async fn a_register_that_is_down_is_named_and_not_read() {
    let (city, phone, _) = city().await;
    assert_eq!(city.register("population", "down").await.status, 200);
    assert_eq!(city.register("population", "down").await.status, 200, "down already");
    assert_eq!(city.register("horoscopes", "down").await.status, 404);
    let prefill: ServicePrefill = phone.get(&city, "/v1/services/bus-pass/prefill").await.json();
    assert_eq!(prefill.unavailable, ["population".into()]);
    assert_eq!(prefill.answers.len(), 0);
    assert_eq!(prefill.shared.len(), 1, "the other register answers as ever");
    let log: RegisterLog = phone.get(&city, "/v1/register-log").await.json();
    let read: Vec<&str> = log.entries.iter().map(|entry| entry.register.as_str()).collect();
    assert_eq!(read, ["social_insurance"]);
    let list: RegisterList = city.officer(Method::GET, "/v1/officer/registers").await.json();
    let down: Vec<&str> = list
        .registers
        .iter()
        .filter(|state| state.down_since.is_some())
        .map(|state| state.register.as_str())
        .collect();
    assert_eq!(down, ["population"]);
}

#[tokio::test]
async fn what_a_register_could_not_show_is_looked_up_when_it_is_back() {
    let (city, phone, id_number) = city().await;
    city.register("population", "down").await;
    let shown = filed(&city, &phone).await;
    assert_eq!((shown.status, shown.deferred.len()), (CaseStatus::Received, 1));
    assert_eq!(ways(&city, &id_number).await, [is("id-card", "deferred")]);
    for check in ["enrolment", "good-marks"] {
        let path = format!("/v1/officer/cases/{}/checks/{check}/confirm", shown.case_id);
        assert_eq!(city.officer(Method::POST, &path).await.status, 200);
    }
    assert_eq!(act(&city, &shown, "accept").await, 200);
    assert_eq!(act(&city, &shown, "finish").await, 409, "a look-up waits");

    let up: RegisterUp = city.register("population", "up").await.json();
    assert_eq!((up.found, up.asked, up.missing, up.state.waiting), (1, 0, 0, 0));
    let again: RegisterUp = city.register("population", "up").await.json();
    assert_eq!((again.found, again.asked), (0, 0));
    assert_eq!(ways(&city, &id_number).await, [is("id-card", "shared")]);
    assert_eq!(case(&city, &phone, &shown).await.deferred, []);
    assert_eq!(act(&city, &shown, "finish").await, 200);
    let log: RegisterLog = phone.get(&city, "/v1/register-log").await.json();
    assert!(log.entries.iter().any(|entry| entry.purpose.zh.starts_with("补查材料")));
}

#[tokio::test]
async fn what_no_register_has_is_asked_for_by_the_city_one_after_the_other() {
    let (city, phone, id_number) = city().await;
    city.forget("zhao", "population").await;
    city.forget("zhao", "social_insurance").await;
    let shown = filed(&city, &phone).await;
    assert_eq!((shown.status, shown.requests.len()), (CaseStatus::EvidenceRequested, 2));
    assert_eq!((shown.events.len(), shown.revision), (3, 3));
    assert_eq!(act(&city, &shown, "accept").await, 409, "it is the citizen's turn");
    for (name, status) in [("id-card", CaseStatus::EvidenceRequested), ("income", CaseStatus::Received)] {
        let waiting = case(&city, &phone, &shown).await;
        let open = waiting.open_request().unwrap();
        assert_eq!(open.requirement_id.as_str(), name);
        assert!(open.reason.zh.contains("没有查到"));
        let files = vec![phone.photograph(&city, name).await];
        let answer = phone.supplement(shown.case_id, open.request_id, files);
        let reply = phone.answer(&city, &answer).await;
        assert_eq!(reply.status, 201, "{}", reply.text);
        assert_eq!(reply.json::<Acknowledgement>().case.status, status);
    }
    assert_eq!(ways(&city, &id_number).await, [is("id-card", "asked"), is("income", "asked")]);
    assert_eq!(act(&city, &shown, "accept").await, 200);
    assert_eq!(case(&city, &phone, &shown).await.events.len(), 6);
    assert_eq!(city.ledger(&id_number).await.supplements.len(), 2);
}

#[tokio::test]
async fn a_register_that_is_back_without_a_record_has_the_city_ask_and_the_phone_told() {
    let (city, phone, id_number) = city().await;
    city.forget("zhao", "population").await;
    city.register("population", "down").await;
    let shown = filed(&city, &phone).await;
    assert_eq!(act(&city, &shown, "accept").await, 200);
    let up: RegisterUp = city.register("population", "up").await.json();
    assert_eq!((up.found, up.asked), (0, 1));
    let page: ChangesPage = phone.get(&city, "/v1/changes").await.json();
    let Some(Change::Case(told)) = page.changes.last() else { panic!("the phone is told") };
    assert_eq!(told.status, CaseStatus::EvidenceRequested);
    assert_eq!(told.events.last().unwrap().kind, CaseEventKind::EvidenceRequested);
    let open = told.open_request().unwrap();
    let files = vec![phone.photograph(&city, "id-card").await];
    let reply = phone.answer(&city, &phone.supplement(shown.case_id, open.request_id, files)).await;
    assert_eq!(reply.json::<Acknowledgement>().case.status, CaseStatus::Accepted, "taken on before");
    assert_eq!(ways(&city, &id_number).await, [is("id-card", "asked")]);
}

#[tokio::test]
async fn a_file_that_was_provided_all_the_same_needs_no_look_up() {
    let (city, phone, id_number) = city().await;
    city.register("population", "down").await;
    let files = vec![phone.photograph(&city, "portrait").await, phone.photograph(&city, "id-card").await];
    let reply = phone.file(&city, &bus_pass_submission(&phone, files)).await;
    assert_eq!(reply.json::<Acknowledgement>().case.deferred, []);
    assert_eq!(ways(&city, &id_number).await, []);
}

#[tokio::test]
async fn an_officer_can_ask_for_what_a_register_that_is_down_would_show() {
    let (city, phone, id_number) = city().await;
    city.register("population", "down").await;
    let shown = filed(&city, &phone).await;
    assert_eq!(act(&city, &shown, "accept").await, 200);
    let body = serde_json::json!({ "requirement_id": "id-card", "reason": { "zh": "急", "en": "Urgent" } });
    let path = format!("/v1/officer/cases/{}/request", shown.case_id);
    assert_eq!(city.officer_post(&path, &body).await.status, 200);
    assert_eq!(ways(&city, &id_number).await, [is("id-card", "asked")]);
    let up: RegisterUp = city.register("population", "up").await.json();
    assert_eq!((up.found, up.asked), (0, 0), "nothing waits any more");
}

#[tokio::test]
async fn a_paper_that_only_the_citizen_has_is_still_needed() {
    let (city, phone, _) = city().await;
    let reply = phone.file(&city, &bus_pass_submission(&phone, Vec::new())).await;
    assert_eq!(reply.problem(), ("evidence-incomplete".into(), Some("/attachments".into())));
}

#[tokio::test]
async fn nothing_is_looked_up_or_checked_for_a_case_that_was_refused() {
    let (city, phone, id_number) = city().await;
    city.register("population", "down").await;
    let shown = filed(&city, &phone).await;
    let words = serde_json::json!({
        "reason": { "zh": "不符合条件", "en": "Not eligible" }, "legal_ground": { "zh": "办法", "en": "Rules" },
    });
    let path = format!("/v1/officer/cases/{}/refuse", shown.case_id);
    assert_eq!(city.officer_post(&path, &words).await.status, 200);
    let up: RegisterUp = city.register("population", "up").await.json();
    assert_eq!((up.found, up.asked, up.missing), (0, 0, 0));
    assert_eq!(ways(&city, &id_number).await, [is("id-card", "missing")]);
    let log: RegisterLog = phone.get(&city, "/v1/register-log").await.json();
    assert!(log.entries.iter().all(|entry| entry.register.as_str() != "population"));
    let checks = city.officer(Method::GET, "/v1/officer/checks?status=waiting").await;
    assert_eq!(checks.json::<serde_json::Value>()["checks"], serde_json::json!([]));
}
