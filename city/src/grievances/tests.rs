//! What could not be done in one trip, over real HTTP: its desk, its clock, what the desk may read, and the way up.

use citizen_api::case::{Case, CaseEventKind, CaseStatus};
use citizen_api::changes::{Change, ChangesPage};
use citizen_api::figures::Figures;
use citizen_api::grievance::{About, GrievanceFile, GrievanceList, RefusedBefore};
use citizen_api::problem::ProblemType;
use citizen_api::register::RegisterLog;
use citizen_api::submission::{Acknowledgement, Submission};
use citizen_api::{CaseId, Text, TransactionId};
use jiff::civil::{Date, date};
use reqwest::Method;
use serde_json::json;

use crate::testing::{Phone, TestCity, bus_pass, bus_pass_submission};

/// A Monday.
const TODAY: Date = date(2099, 9, 14);

async fn city() -> (TestCity, Phone) {
    let city = TestCity::on(TODAY).await;
    city.publish(&bus_pass()).await;
    city.resident("zhao", date(1966, 9, 15)).await;
    let phone = Phone::of(&city, "zhao").await;
    (city, phone)
}

fn complaint(phone: &Phone, about: Option<About>) -> Submission {
    Submission {
        service_id: "trip-not-done".into(),
        answers: [
            ("obstacle".into(), json!("proof")),
            ("what_happened".into(), json!("窗口还要我去村里开证明")),
            ("trips".into(), json!(3)),
        ]
        .into(),
        declarations: Vec::new(),
        about,
        transaction_id: TransactionId::generate(),
        ..bus_pass_submission(phone, Vec::new())
    }
}

async fn filed(city: &TestCity, phone: &Phone, about: Option<About>) -> Case {
    let reply = phone.file(city, &complaint(phone, about)).await;
    assert_eq!(reply.status, 201, "{}", reply.text);
    reply.json::<Acknowledgement>().case
}

async fn bus_pass_case(city: &TestCity, phone: &Phone) -> CaseId {
    let portrait = phone.photograph(city, "portrait").await;
    let reply = phone.file(city, &bus_pass_submission(phone, vec![portrait])).await;
    reply.json::<Acknowledgement>().case.case_id
}

async fn on(city: &TestCity, day: Date) {
    let set = city.officer_put("/v1/officer/clock", &json!({ "date": day })).await;
    assert_eq!(set.status, 200, "{}", set.text);
}

async fn told(city: &TestCity, phone: &Phone, case_id: CaseId) -> Case {
    let page: ChangesPage = phone.get(city, "/v1/changes").await.json();
    let mut cases = page.changes.into_iter().filter_map(|change| match change {
        Change::Case(case) if case.case_id == case_id => Some(*case),
        _ => None,
    });
    cases.next_back().unwrap()
}

fn answer(put_right: bool) -> serde_json::Value {
    json!({ "text": { "zh": "这份证明早就取消了，窗口已经改正。", "en": "That proof was cancelled; the counter was told." },
            "put_right": put_right })
}

#[tokio::test]
async fn it_goes_to_the_desk_of_the_department_and_the_answer_comes_back() {
    let (city, phone) = city().await;
    let about = About { service_id: Some("bus-pass".into()), ..About::default() };
    let case = filed(&city, &phone, Some(about)).await;
    let grievance = case.grievance.unwrap();
    assert_eq!(grievance.desk.en, "One-trip desk of the Transport Office");
    assert_eq!((grievance.level, grievance.about.unwrap().en.as_str()), (1, "Bus pass"));
    assert_eq!(case.promised_by, date(2099, 9, 21), "five working days");

    let path = format!("/v1/officer/grievances/{}/answer", case.case_id);
    assert_eq!(
        city.officer_post(&path, &json!({ "text": { "zh": "好", "en": "" }, "put_right": true }))
            .await
            .status,
        422
    );
    let answered = city.officer_post(&path, &answer(true)).await;
    assert_eq!(answered.status, 200, "{}", answered.text);
    assert_eq!(city.officer_post(&path, &answer(true)).await.text, answered.text, "as done");
    assert_eq!(city.officer_post(&path, &answer(false)).await.status, 409, "an answer stays");
    let told = told(&city, &phone, case.case_id).await;
    let said = told.grievance.unwrap().answer.unwrap();
    assert_eq!(told.status, CaseStatus::Answered);
    assert!(said.put_right && said.text.zh.contains("取消") && said.by.en.contains("Transport"));
    let left: GrievanceList = city.officer(Method::GET, "/v1/officer/grievances?open=true").await.json();
    assert!(left.grievances.is_empty());
}

#[tokio::test]
async fn what_nobody_answers_climbs_and_the_person_is_told_where_it_is() {
    let (city, phone) = city().await;
    let case = filed(&city, &phone, None).await;
    on(&city, date(2099, 9, 21)).await;
    assert_eq!(told(&city, &phone, case.case_id).await.grievance.unwrap().level, 1, "the last day is a day");
    on(&city, date(2099, 9, 22)).await;
    let higher = told(&city, &phone, case.case_id).await;
    assert_eq!(higher.events.last().unwrap().kind, CaseEventKind::Climbed);
    assert_eq!((higher.grievance.unwrap().level, higher.promised_by), (2, date(2099, 9, 25)));
    // Nobody looks for a year: the desk at the top keeps it, and it stays overdue there.
    on(&city, date(2100, 9, 22)).await;
    on(&city, date(2101, 9, 22)).await;
    let top = told(&city, &phone, case.case_id).await.grievance.unwrap();
    assert_eq!((top.level, top.desk.en.as_str()), (3, "city office of the one-trip reform"));
    let climbed = city.officer(Method::POST, "/v1/officer/grievances/climb").await;
    assert_eq!(climbed.json::<serde_json::Value>(), json!({ "climbed": 0 }));
    let left: GrievanceList = city.officer(Method::GET, "/v1/officer/grievances?open=true").await.json();
    assert!(left.grievances[0].overdue);
    let figures: Figures = city.send(city.request(Method::GET, "/v1/figures")).await.json();
    assert_eq!((figures.grievances, figures.answered_in_time_share), (1, Some(0.0)));
}

#[tokio::test]
async fn an_answer_that_did_not_help_is_complained_about_one_desk_higher() {
    let (city, phone) = city().await;
    let about = About { case_id: Some(bus_pass_case(&city, &phone).await), ..About::default() };
    let first = filed(&city, &phone, Some(about)).await;
    let path = format!("/v1/officer/grievances/{}/answer", first.case_id);
    assert_eq!(city.officer_post(&path, &answer(false)).await.status, 200);
    let about = About { case_id: Some(first.case_id), ..About::default() };
    let second = filed(&city, &phone, Some(about)).await.grievance.unwrap();
    assert_eq!((second.level, second.desk.en.as_str()), (2, "head of the Transport Office"));
    assert_eq!(second.about.unwrap().en, "Bus pass", "the same matter");
}

#[tokio::test]
async fn the_desk_reads_the_case_only_where_the_citizen_lets_it() {
    let (city, phone) = city().await;
    let case_id = bus_pass_case(&city, &phone).await;
    for shares_case in [false, true] {
        let about = About { case_id: Some(case_id), shares_case, ..About::default() };
        let case = filed(&city, &phone, Some(about)).await;
        let path = format!("/v1/officer/grievances/{}", case.case_id);
        let file: GrievanceFile = city.officer(Method::GET, &path).await.json();
        assert_eq!(file.about.map(|about| about.case_id), shares_case.then_some(case_id));
        assert_eq!(file.answers[&"trips".into()], 3);
        assert_eq!(file.entry.trips, 3);
    }
    let title = Text::new("材料不全", "incomplete");
    let refused = RefusedBefore { kind: ProblemType::InvalidAnswer, title };
    let about = About { refused: Some(refused.clone()), shares_case: true, ..About::default() };
    let case = filed(&city, &phone, Some(about)).await;
    let file: GrievanceFile =
        city.officer(Method::GET, &format!("/v1/officer/grievances/{}", case.case_id)).await.json();
    assert_eq!(file.refused, Some(refused));
}

#[tokio::test]
async fn what_it_is_about_is_the_citizens_own_or_is_not_found() {
    let (city, phone) = city().await;
    city.resident("qian", date(1970, 1, 1)).await;
    let other = Phone::of(&city, "qian").await;
    let foreign = bus_pass_case(&city, &other).await;
    for about in [
        About { case_id: Some(foreign), ..About::default() },
        About { case_id: Some(CaseId::generate()), ..About::default() },
    ] {
        let reply = phone.file(&city, &complaint(&phone, Some(about))).await;
        assert_eq!(reply.problem(), ("not-found".into(), Some("/about/case_id".into())));
    }
    let about = About { service_id: Some("no-such".into()), ..About::default() };
    let reply = phone.file(&city, &complaint(&phone, Some(about))).await;
    assert_eq!(reply.problem(), ("not-found".into(), Some("/about/service_id".into())));
    let portrait = phone.photograph(&city, "portrait").await;
    let stray = Submission { about: Some(About::default()), ..bus_pass_submission(&phone, vec![portrait]) };
    assert_eq!(phone.file(&city, &stray).await.problem(), ("invalid-answer".into(), Some("/about".into())));
    assert_eq!(city.count("SELECT COUNT(*) FROM grievances").await, 0);
    assert_eq!(city.count("SELECT COUNT(*) FROM cases").await, 1, "only the neighbour's");
}

#[tokio::test]
async fn trips_in_vain_count_and_a_grievance_is_no_case_of_the_reform() {
    let (city, phone) = city().await;
    bus_pass_case(&city, &phone).await;
    filed(&city, &phone, None).await;
    let figures: Figures = city.send(city.request(Method::GET, "/v1/figures")).await.json();
    assert_eq!((figures.cases, figures.trips_per_case), (1, Some(3.0)));
    assert_eq!((figures.evidence_asked_per_case, figures.answered_in_time_share), (Some(1.0), None));
}

#[tokio::test]
async fn an_objection_goes_to_whoever_read_the_record() {
    let (city, phone) = city().await;
    assert_eq!(phone.get(&city, "/v1/services/bus-pass/prefill").await.status, 200);
    let log: RegisterLog = phone.get(&city, "/v1/register-log").await.json();
    let reading = log.entries.iter().find(|entry| entry.register.as_str() == "population").unwrap();
    let about = About { reading: Some(reading.sequence), ..About::default() };
    let case = filed(&city, &phone, Some(about)).await;
    assert_eq!(case.grievance.unwrap().desk.en, "One-trip desk of the Transport Office");
    let path = format!("/v1/officer/grievances/{}", case.case_id);
    let file: GrievanceFile = city.officer(Method::GET, &path).await.json();
    assert_eq!(file.reading.as_ref(), Some(reading));
    let about = About { reading: Some(999), ..About::default() };
    let reply = phone.file(&city, &complaint(&phone, Some(about))).await;
    assert_eq!(reply.problem(), ("not-found".into(), Some("/about/reading".into())));
}
