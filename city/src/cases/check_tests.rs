//! Checks between departments, declarations, and requests that nobody may make: over real HTTP.

use citizen_api::case::{Case, CheckStatus};
use citizen_api::officer_evidence::{CheckList, SupervisionList};
use citizen_api::submission::Acknowledgement;
use jiff::civil::{Date, date};
use reqwest::Method;
use serde_json::json;

use crate::testing::{Phone, Reply, TestCity, bus_pass, bus_pass_submission};

const TODAY: Date = date(2099, 9, 14);
const BORN: Date = date(1966, 9, 15);

struct Filed {
    city: TestCity,
    phone: Phone,
    id_number: String,
    case: Case,
}

async fn filed() -> Filed {
    let city = TestCity::on(TODAY).await;
    assert_eq!(city.publish(&bus_pass()).await.status, 200);
    let id_number = city.resident("zhao", BORN).await;
    let phone = Phone::of(&city, "zhao").await;
    let portrait = phone.photograph(&city, "portrait").await;
    let reply = phone.file(&city, &bus_pass_submission(&phone, vec![portrait])).await;
    assert_eq!(reply.status, 201, "{}", reply.text);
    let case = reply.json::<Acknowledgement>().case;
    Filed { city, phone, id_number, case }
}

impl Filed {
    async fn act(&self, act: &str) -> Reply {
        self.city.officer(Method::POST, &format!("/v1/officer/cases/{}/{act}", self.case.case_id)).await
    }

    async fn contradict(&self, check: &str) -> Reply {
        let path = format!("/v1/officer/cases/{}/checks/{check}/contradict", self.case.case_id);
        self.city.officer_post(&path, &json!({ "reason": { "zh": "没有注册", "en": "Not enrolled" } })).await
    }

    async fn ask(&self, requirement: &str) -> Reply {
        let path = format!("/v1/officer/cases/{}/request", self.case.case_id);
        let reason = json!({ "zh": "要看一看", "en": "To see" });
        self.city.officer_post(&path, &json!({ "requirement_id": requirement, "reason": reason })).await
    }

    async fn waiting(&self) -> Vec<String> {
        let list: CheckList =
            self.city.officer(Method::GET, "/v1/officer/checks?status=waiting").await.json();
        list.checks.into_iter().map(|check| check.requirement_id.0).collect()
    }
}

#[tokio::test]
async fn a_review_waits_for_the_departments_that_are_asked_instead_of_the_citizen() {
    let filed = filed().await;
    assert_eq!(filed.waiting().await, ["enrolment", "good-marks"]);
    assert_eq!(filed.case.checks.len(), 2);
    assert_eq!(filed.case.declarations[0].declaration_id.as_str(), "in-need");
    assert_eq!(filed.act("accept").await.status, 200);
    let early = filed.act("finish").await;
    assert_eq!((early.status, early.problem().0.as_str()), (409, "wrong-state"));
    assert!(early.text.contains("enrolment"), "it says which: {}", early.text);

    let confirmed = filed.act("checks/enrolment/confirm").await;
    let case: Case = confirmed.json();
    assert_eq!(case.checks[0].status, CheckStatus::Confirmed);
    assert_eq!(case.checks[0].answered_at.map(crate::clock::day_of), Some(TODAY));
    assert_eq!(filed.act("checks/enrolment/confirm").await.text, confirmed.text, "as done");
    assert_eq!(filed.contradict("enrolment").await.status, 409, "an answer stays");
    assert_eq!(filed.act("checks/stamp/confirm").await.status, 404);
    assert_eq!(filed.act("finish").await.status, 409, "the other one waits");

    let told: Case = filed.contradict("good-marks").await.json();
    assert_eq!(told.checks[1].status, CheckStatus::Contradicted);
    assert_eq!(told.checks[1].reason.as_ref().unwrap().en, "Not enrolled");
    assert!(told.revision > case.revision, "the phone takes it for the newer one");
    let seen: Case = filed.phone.get(&filed.city, &format!("/v1/cases/{}", told.case_id)).await.json();
    assert_eq!(seen, told);
    assert_eq!(filed.act("finish").await.status, 200);
    let ledger = filed.city.ledger(&filed.id_number).await;
    let statuses: Vec<CheckStatus> = ledger.checks.iter().map(|check| check.status).collect();
    assert_eq!(statuses, [CheckStatus::Confirmed, CheckStatus::Contradicted]);
}

#[tokio::test]
async fn what_is_met_without_the_citizen_cannot_be_asked_for_and_the_try_can_be_found() {
    let filed = filed().await;
    filed.act("accept").await;
    for (requirement, way) in
        [("stamp", "cancelled"), ("need", "declared"), ("good-marks", "checked"), ("id-card", "shared")]
    {
        let reply = filed.ask(requirement).await;
        assert_eq!((reply.status, reply.problem().0.as_str()), (422, "evidence-cancelled"), "{requirement}");
        let list: SupervisionList = filed.city.officer(Method::GET, "/v1/officer/supervision").await.json();
        let attempt = &list.attempts[0];
        assert_eq!((attempt.requirement_id.as_str(), attempt.way.as_str()), (requirement, way));
        assert_eq!(attempt.case_id, filed.case.case_id);
        assert!(!attempt.ground.zh.is_empty() && !attempt.officer.en.is_empty());
    }
    assert_eq!(filed.city.count("SELECT COUNT(*) FROM evidence_requests").await, 0);
    assert_eq!(filed.ask("a free wish").await.problem().0, "invalid-answer");
    filed.contradict("good-marks").await;
    assert_eq!(
        filed.ask("good-marks").await.status,
        200,
        "a contradicted check can be answered with a paper"
    );
    assert_eq!(filed.city.count("SELECT COUNT(*) FROM forbidden_requests").await, 4);
}

#[tokio::test]
async fn a_contradiction_needs_words() {
    let filed = filed().await;
    let path = format!("/v1/officer/cases/{}/checks/enrolment/contradict", filed.case.case_id);
    let reply = filed.city.officer_post(&path, &json!({ "reason": { "zh": " ", "en": "x" } })).await;
    assert_eq!(reply.problem(), ("invalid-answer".into(), Some("/reason".into())));
}
