//! The main job at the city, over real HTTP: filed, asked, answered, settled, paid; judged by the ledger.

use citizen_api::case::{Case, CaseStatus};
use citizen_api::catalogue::DeliveryChoice;
use citizen_api::changes::{Change, ChangesPage};
use citizen_api::jose::{Compact, typ};
use citizen_api::submission::{Acknowledgement, Receipt, Submission};
use citizen_api::{CaseId, Fen, TransactionId};
use jiff::civil::{Date, date};
use reqwest::Method;
use serde_json::json;

use crate::keys::{sha256, verify};
use crate::testing::{INVOICE, Phone, Reply, TestCity, bill};

const TODAY: Date = date(2099, 9, 14);
const BORN: Date = date(1966, 9, 15);

async fn city_with_bill() -> (TestCity, Phone, String) {
    let city = TestCity::on(TODAY).await;
    let id_number = city.resident("zhao", BORN).await;
    bill(&city, "zhao").await;
    let phone = Phone::of(&city, "zhao").await;
    (city, phone, id_number)
}

async fn act(city: &TestCity, case_id: CaseId, act: &str) -> Reply {
    city.officer(Method::POST, &format!("/v1/officer/cases/{case_id}/{act}")).await
}

async fn status_after(city: &TestCity, case_id: CaseId, name: &str) -> CaseStatus {
    let reply = act(city, case_id, name).await;
    assert_eq!(reply.status, 200, "{name}: {}", reply.text);
    reply.json::<Case>().status
}

async fn ask(city: &TestCity, case_id: CaseId, requirement: &str) -> Reply {
    let body = json!({ "requirement_id": requirement, "reason": { "zh": "要核对用药", "en": "To check" } });
    city.officer_post(&format!("/v1/officer/cases/{case_id}/request"), &body).await
}

async fn settle(city: &TestCity, case_id: CaseId) -> Reply {
    city.officer_post(&format!("/v1/officer/cases/{case_id}/settle"), &json!({})).await
}

#[tokio::test]
async fn a_reimbursement_runs_from_the_phone_to_the_money_exactly_once() {
    let (city, phone, id_number) = city_with_bill().await;
    let submission = phone.reimbursement(&city, &id_number).await;
    let document = phone.sign(typ::SUBMISSION, &submission);
    let key = submission.transaction_id;
    let filed = phone.write(&city, "/v1/submissions", key, &document).await;
    assert_eq!(filed.status, 201, "{}", filed.text);
    let acknowledged: Acknowledgement = filed.json();
    let case_id = acknowledged.case.case_id;
    assert_eq!(acknowledged.case.promised_by, date(2099, 9, 21), "five working days");
    let receipt = Compact::parse(&acknowledged.receipt).unwrap();
    verify(&receipt, typ::RECEIPT, city.city.keys.issuer.public()).unwrap();
    let claims: Receipt = receipt.claims().unwrap();
    assert_eq!((claims.transaction_id, claims.case_id), (key, case_id));
    assert_eq!(claims.document_sha256, sha256(document.as_bytes()));

    let again = phone.write(&city, "/v1/submissions", key, &document).await;
    assert!(again.replayed && again.text == filed.text, "the same answer for ever");
    let asked: Acknowledgement = phone.get(&city, &format!("/v1/submissions/{key}")).await.json();
    assert_eq!(asked.receipt, acknowledged.receipt);

    assert_eq!(status_after(&city, case_id, "accept").await, CaseStatus::Accepted);
    assert_eq!(status_after(&city, case_id, "accept").await, CaseStatus::Accepted);
    let waiting: Case = ask(&city, case_id, "prescription").await.json();
    let repeated: Case = ask(&city, case_id, "prescription").await.json();
    assert_eq!(waiting, repeated, "asking the same again asks nothing more");
    let request_id = waiting.open_request().unwrap().request_id;
    let files = vec![phone.photograph(&city, "prescription").await];
    let supplement = phone.supplement(case_id, request_id, files.clone());
    let answered = phone.answer(&city, &supplement).await;
    assert_eq!(answered.status, 201, "{}", answered.text);
    let second = phone.answer(&city, &phone.supplement(case_id, request_id, files)).await;
    assert_eq!((second.status, second.problem().0.as_str()), (409, "wrong-state"));

    assert_eq!(act(&city, case_id, "pay").await.status, 409, "nothing is paid before it is settled");
    assert_eq!(status_after(&city, case_id, "finish").await, CaseStatus::Reviewed);
    let settled: Case = settle(&city, case_id).await.json();
    assert_eq!(settled.settlement.as_ref().unwrap().reimbursed, Fen(47_600), "70 % of 980.00 less 300.00");
    assert_eq!(settle(&city, case_id).await.json::<Case>(), settled);
    let paid: Case = act(&city, case_id, "pay").await.json();
    let order: Case = act(&city, case_id, "pay").await.json();
    assert_eq!((paid.status, &paid), (CaseStatus::Paid, &order));
    assert_eq!(paid.payout.as_ref().unwrap().amount, Fen(47_600));
    assert_eq!(paid.events.len(), 7);
    assert_eq!(paid.revision, 7);

    assert_effects(&city, &id_number, &submission).await;
    assert_told(&city, &phone, &paid).await;
}

/// The ledger knows one of each.
async fn assert_effects(city: &TestCity, id_number: &str, submission: &Submission) {
    let ledger = city.ledger(id_number).await;
    assert_eq!(ledger.submissions.len(), 1);
    assert_eq!(ledger.submissions[0].transaction_id, submission.transaction_id);
    assert_eq!(ledger.submissions[0].answers, submission.answers);
    assert_eq!(ledger.submissions[0].attachments.len(), 3);
    assert_eq!(ledger.supplements.len(), 1);
    assert_eq!(ledger.payouts.len(), 1);
    assert_eq!(ledger.payouts[0].amount, Fen(47_600));
    assert_eq!(ledger.repeats, 1);
    assert_eq!(city.count("SELECT COUNT(*) FROM insurance_entries").await, 1);
    assert_eq!(city.count("SELECT reimbursed_fen FROM insurance_accounts").await, 47_600);
}

/// The feed carries the payout.
async fn assert_told(city: &TestCity, phone: &Phone, paid: &Case) {
    let page: ChangesPage = phone.get(city, "/v1/changes").await.json();
    let newest = page.changes.iter().rev().find_map(|change| match change {
        Change::Case(case) => Some(case.as_ref()),
        _ => None,
    });
    assert_eq!(newest, Some(paid), "the phone is told of the payout");
    let account = page.changes.iter().find_map(|change| match change {
        Change::Insurance(account) => Some(account),
        _ => None,
    });
    assert_eq!(account.unwrap().reimbursed_this_year, Fen(47_600));
}

#[tokio::test]
async fn what_is_not_signed_by_a_device_of_this_citizen_is_refused() {
    let (city, phone, id_number) = city_with_bill().await;
    city.resident("qian", BORN).await;
    let stranger = Phone::of(&city, "qian").await;
    let submission = phone.reimbursement(&city, &id_number).await;
    let key = submission.transaction_id;

    let stolen = stranger.sign(typ::SUBMISSION, &submission);
    let wrong_type = phone.sign(typ::SUPPLEMENT, &submission);
    let other_subject =
        phone.sign(typ::SUBMISSION, &Submission { subject: "qian".into(), ..submission.clone() });
    let other_key = phone.sign(
        typ::SUBMISSION,
        &Submission { transaction_id: TransactionId::generate(), ..submission.clone() },
    );
    let good = phone.sign(typ::SUBMISSION, &submission);
    let (said, _) = good.rsplit_once('.').unwrap();
    let (_, signature) = other_key.rsplit_once('.').unwrap();
    let tampered = format!("{said}.{signature}");
    for document in [&stolen, &wrong_type, &other_subject, &other_key, &tampered] {
        let reply = phone.write(&city, "/v1/submissions", key, document).await;
        assert_eq!((reply.status, reply.problem().0.as_str()), (422, "invalid-signature"));
    }
    assert!(city.ledger(&id_number).await.submissions.is_empty());

    let filed = phone.write(&city, "/v1/submissions", key, &good).await;
    assert_eq!(filed.status, 201, "a refusal does not use up the key");
    let case_id = filed.json::<Acknowledgement>().case.case_id;
    assert_eq!(stranger.get(&city, &format!("/v1/cases/{case_id}")).await.status, 404);
    assert_eq!(stranger.get(&city, &format!("/v1/submissions/{key}")).await.status, 404);
    let other_body = phone.sign(typ::SUBMISSION, &submission);
    let reused = phone.write(&city, "/v1/submissions", key, &other_body).await;
    assert_eq!((reused.status, reused.problem().0.as_str()), (422, "idempotency-key-reused"));
}

#[tokio::test]
async fn the_city_judges_the_answers_and_the_papers_itself() {
    let (city, phone, id_number) = city_with_bill().await;
    let good = phone.reimbursement(&city, &id_number).await;
    let changed = |change: &dyn Fn(&mut Submission)| {
        let mut submission = good.clone();
        submission.transaction_id = TransactionId::generate();
        change(&mut submission);
        submission
    };
    type Case<'a> = (&'a dyn Fn(&mut Submission), u16, &'a str, Option<&'a str>);
    let cases: [Case<'_>; 8] = [
        (&|s| drop(s.answers.remove(&"amount".into())), 422, "invalid-answer", Some("/answers/amount")),
        (
            &|s| drop(s.answers.insert("phone".into(), json!("1"))),
            422,
            "invalid-answer",
            Some("/answers/phone"),
        ),
        (&|s| s.declarations.clear(), 422, "invalid-answer", Some("/declarations")),
        (&|s| drop(s.attachments.remove(1)), 409, "evidence-incomplete", Some("/attachments")),
        (&|s| s.attachments[2].sha256 = sha256(b"x"), 409, "evidence-incomplete", Some("/attachments/2")),
        (&|s| s.attachments[0].size = 1, 409, "evidence-incomplete", Some("/attachments/0")),
        (&|s| s.service_version = 99, 404, "not-found", None),
        (&|s| s.service_id = "insurance-balance".into(), 404, "not-found", None),
    ];
    for (change, status, kind, pointer) in cases {
        let reply = phone.file(&city, &changed(change)).await;
        let problem = reply.problem();
        assert_eq!((reply.status, problem.0.as_str(), problem.1.as_deref()), (status, kind, pointer));
    }
    assert_eq!(city.count("SELECT COUNT(*) FROM cases").await, 0);
    assert_eq!(phone.file(&city, &good).await.status, 201, "no refusal has bound a file or the invoice");
}

#[tokio::test]
async fn an_invoice_is_claimed_once_in_the_whole_city_until_its_case_is_refused() {
    let (city, phone, id_number) = city_with_bill().await;
    let other_id = city.resident("qian", BORN).await;
    let other = Phone::of(&city, "qian").await;
    let filed: Acknowledgement =
        phone.file(&city, &phone.reimbursement(&city, &id_number).await).await.json();
    let mut second = other.reimbursement(&city, &other_id).await;
    second.answers.insert("invoice_number".into(), json!(INVOICE.to_lowercase()));
    let claimed = other.file(&city, &second).await;
    assert_eq!((claimed.status, claimed.problem().0.as_str()), (409, "already-claimed"));

    let words = json!({
        "reason": { "zh": "发票模糊", "en": "Illegible" }, "legal_ground": { "zh": "办法第三条", "en": "Art. 3" },
    });
    let path = format!("/v1/officer/cases/{}/refuse", filed.case.case_id);
    let refused: Case = city.officer_post(&path, &words).await.json();
    assert_eq!(refused.status, CaseStatus::Refused);
    assert_eq!(city.officer_post(&path, &words).await.json::<Case>(), refused);
    assert_eq!(other.file(&city, &second).await.status, 201);
}

#[tokio::test]
async fn cancelled_evidence_cannot_be_asked_for_and_the_try_is_kept() {
    let (city, phone, id_number) = city_with_bill().await;
    let filed: Acknowledgement =
        phone.file(&city, &phone.reimbursement(&city, &id_number).await).await.json();
    let case_id = filed.case.case_id;
    act(&city, case_id, "accept").await;
    let reply = ask(&city, case_id, "residence-proof").await;
    assert_eq!((reply.status, reply.problem().0.as_str()), (422, "evidence-cancelled"));
    assert_eq!(city.count("SELECT COUNT(*) FROM forbidden_requests").await, 1);
    assert_eq!(city.count("SELECT COUNT(*) FROM evidence_requests").await, 0);
    assert_eq!(ask(&city, case_id, "horoscope").await.status, 422);
    let case: Case = phone.get(&city, &format!("/v1/cases/{case_id}")).await.json();
    assert_eq!(case.status, CaseStatus::Accepted);
}

#[tokio::test]
async fn a_bill_that_the_register_does_not_know_needs_its_lines() {
    let (city, phone, id_number) = city_with_bill().await;
    let mut submission = phone.reimbursement(&city, &id_number).await;
    submission.answers.insert("invoice_number".into(), json!("ZJ999"));
    let filed: Acknowledgement = phone.file(&city, &submission).await.json();
    let case_id = filed.case.case_id;
    assert_eq!(settle(&city, case_id).await.status, 409);
    act(&city, case_id, "accept").await;
    act(&city, case_id, "finish").await;
    let unknown = settle(&city, case_id).await;
    assert_eq!((unknown.status, unknown.problem().1.as_deref()), (404, Some("/lines")));
    let path = format!("/v1/officer/cases/{case_id}/settle");
    let lines = |amount: i64| json!({ "lines": [{ "name": "药费", "class": "a", "amount": amount }] });
    let negative = city.officer_post(&path, &lines(-1)).await;
    assert_eq!((negative.status, negative.problem().1.as_deref()), (422, Some("/lines/0/amount")));
    let settled: Case = city.officer_post(&path, &lines(40_000)).await.json();
    assert_eq!(settled.settlement.unwrap().reimbursed, Fen(7_000));
    assert_eq!(city.officer_post(&path, &lines(50_000)).await.status, 409, "settled otherwise before");
}

#[tokio::test]
async fn officers_and_citizens_have_doors_of_their_own() {
    let (city, phone, _) = city_with_bill().await;
    assert_eq!(phone.get(&city, "/v1/officer/cases").await.status, 403);
    assert_eq!(city.officer(Method::GET, "/v1/cases").await.status, 401);
    assert_eq!(city.officer(Method::GET, "/v1/officer/cases?status=received").await.status, 200);
    assert_eq!(city.officer(Method::GET, "/v1/officer/cases?status=nonsense").await.status, 400);
    assert_eq!(phone.get(&city, "/v1/cases/not-a-name").await.status, 404);
}

#[tokio::test]
async fn a_decision_is_granted_and_its_result_goes_to_the_door_once() {
    let (city, phone, id_number) = city_with_bill().await;
    let mut submission = phone.reimbursement(&city, &id_number).await;
    submission.service_id = "lawyer-licence".into();
    submission.answers = serde_json::from_value(json!({
        "applicant_name": "赵某", "applicant_id_number": id_number, "phone": "13800000000",
        "law_firm": "某律师事务所", "licence_kind": "full_time", "qualification_number": "A20163307820001",
        "situation": "目前没有其他工作单位",
    }))
    .unwrap();
    submission.attachments = vec![phone.photograph(&city, "qualification-certificate").await];
    submission.declarations = vec!["no-employment".into()];
    submission.delivery = Some(DeliveryChoice::Courier);
    let filed = phone.file(&city, &submission).await;
    assert_eq!(filed.status, 201, "{}", filed.text);
    let case_id = filed.json::<Acknowledgement>().case.case_id;

    assert_eq!(status_after(&city, case_id, "accept").await, CaseStatus::Accepted);
    let waiting: Case = ask(&city, case_id, "qualification-certificate").await.json();
    let request_id = waiting.open_request().unwrap().request_id;
    let silent = phone.answer(&city, &phone.supplement(case_id, request_id, vec![])).await;
    assert_eq!(silent.problem().0, "evidence-incomplete", "an answer shows or says something");
    let mut words = phone.supplement(case_id, request_id, vec![]);
    words.note = "证书遗失，正在补办".into();
    assert_eq!(phone.answer(&city, &words).await.status, 201);
    for check in &waiting.checks {
        act(&city, case_id, &format!("checks/{}/confirm", check.requirement_id)).await;
    }
    assert_eq!(status_after(&city, case_id, "finish").await, CaseStatus::Reviewed);
    assert_eq!(settle(&city, case_id).await.status, 409, "a decision settles no bill");
    let granted: Case = act(&city, case_id, "grant").await.json();
    assert_eq!(act(&city, case_id, "grant").await.json::<Case>(), granted);
    let ledger = city.ledger(&id_number).await;
    assert_eq!(ledger.deliveries.len(), 1);
    assert_eq!(granted.delivery_id, Some(ledger.deliveries[0].delivery_id));
}
