//! "Wrong in the register": kept with the filing, settled by officers, told to the phone; over real HTTP.

use citizen_api::case::{Case, DisputeStatus};
use citizen_api::changes::{Change, ChangesPage};
use citizen_api::officer_evidence::DisputeList;
use citizen_api::submission::{Acknowledgement, Dispute, Submission};
use jiff::civil::{Date, date};
use reqwest::Method;
use serde_json::json;

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

fn dispute(field: &str, register: &str) -> Dispute {
    Dispute {
        field_id: field.into(),
        register: register.into(),
        registered: json!("赵某"),
        note: "名字少一个字".into(),
    }
}

async fn disputing(city: &TestCity, phone: &Phone, disputes: Vec<Dispute>) -> Submission {
    let portrait = phone.photograph(city, "portrait").await;
    Submission { disputes, ..bus_pass_submission(phone, vec![portrait]) }
}

#[tokio::test]
async fn a_record_is_put_right_and_the_phone_is_told() {
    let (city, phone, id_number) = city().await;
    let submission = disputing(&city, &phone, vec![dispute("name", "population")]).await;
    let filed: Acknowledgement = phone.file(&city, &submission).await.json();
    assert_eq!(filed.case.disputes[0].status, DisputeStatus::Received);
    assert_eq!(filed.case.disputes[0].register.en, "Population register");
    let list: DisputeList = city.officer(Method::GET, "/v1/officer/disputes?status=received").await.json();
    assert_eq!(
        (list.disputes[0].answer.clone(), list.disputes[0].note.as_str()),
        (json!("赵某某"), "名字少一个字")
    );

    let path = format!("/v1/officer/cases/{}/disputes/name/correct", filed.case.case_id);
    let corrected = city.officer(Method::POST, &path).await;
    assert_eq!(corrected.status, 200, "{}", corrected.text);
    assert_eq!(city.officer(Method::POST, &path).await.text, corrected.text, "as done");
    let ledger = city.ledger(&id_number).await;
    assert_eq!(ledger.disputes[0].status, DisputeStatus::Corrected);
    assert_eq!(ledger.disputes[0].registered_now.as_deref(), Some("赵某某"));
    let sql = "SELECT COUNT(*) FROM register_records WHERE item = 'name' AND as_of = '2099-09-14'";
    assert_eq!(city.count(sql).await, 1);
    let page: ChangesPage = phone.get(&city, "/v1/changes").await.json();
    let Some(Change::Case(told)) = page.changes.last() else { panic!("the phone is told") };
    assert_eq!(told.disputes[0].status, DisputeStatus::Corrected);
}

#[tokio::test]
async fn a_record_is_kept_only_with_a_reason() {
    let (city, phone, id_number) = city().await;
    let submission = disputing(&city, &phone, vec![dispute("name", "population")]).await;
    let filed: Acknowledgement = phone.file(&city, &submission).await.json();
    let path = format!("/v1/officer/cases/{}/disputes/name/keep", filed.case.case_id);
    assert_eq!(city.officer_post(&path, &json!({ "reason": { "zh": "", "en": "" } })).await.status, 422);
    let words =
        json!({ "reason": { "zh": "户口簿上是两个字", "en": "The household book has two characters" } });
    let kept: Case = city.officer_post(&path, &words).await.json();
    assert_eq!(kept.disputes[0].status, DisputeStatus::Kept);
    assert_eq!(kept.disputes[0].reason.as_ref().unwrap().zh, "户口簿上是两个字");
    let correct = format!("/v1/officer/cases/{}/disputes/name/correct", filed.case.case_id);
    assert_eq!(city.officer(Method::POST, &correct).await.status, 409, "settled once");
    assert_eq!(city.ledger(&id_number).await.disputes[0].registered_now, None);
}

#[tokio::test]
async fn only_what_a_register_answers_can_be_wrong_in_it() {
    let (city, phone, _) = city().await;
    let cases = [
        (vec![dispute("line", "population")], "/disputes/0/field_id"),
        (vec![dispute("horoscope", "population")], "/disputes/0/field_id"),
        (vec![dispute("name", "social_insurance")], "/disputes/0/register"),
        (vec![dispute("name", "population"), dispute("name", "population")], "/disputes/1/field_id"),
        (vec![Dispute { note: "长".repeat(2_001), ..dispute("name", "population") }], "/disputes/0/note"),
    ];
    for (disputes, pointer) in cases {
        let reply = phone.file(&city, &disputing(&city, &phone, disputes).await).await;
        assert_eq!(reply.problem(), ("invalid-answer".into(), Some(pointer.into())));
    }
    assert_eq!(city.count("SELECT COUNT(*) FROM cases").await, 0, "with the filing or not at all");
}
