//! Keeping up: pages, repetitions, cuts, and a city that has forgotten where we were.

use citizen_api::case::{Case, CaseStatus};
use citizen_api::insurance::InsuranceAccount;
use citizen_api::{CaseId, Fen, Text, TransactionId};
use serde_json::{Value, json};

use crate::Error;
use crate::http::test_server::{Answer, TestServer};
use crate::insurance;
use crate::jws::tests::TestKey;
use crate::testing::{TestPerson, text};

async fn person(answers: Vec<Answer>) -> (TestPerson, TestServer) {
    let server = TestServer::start(answers).await;
    let person = TestPerson::at(server.url("/"), &TestKey::generate());
    person.compartment.write(|tx, sealer| insurance::store(tx, sealer, &account(100))).unwrap();
    (person, server)
}

/// Takes the services away, so that no register is asked ahead for any.
fn offer_nothing(person: &TestPerson) {
    let device = person.compartment.device();
    device.database.write(|tx| Ok(tx.execute("DELETE FROM services", [])?)).unwrap();
}

fn account(current_year: i64) -> InsuranceAccount {
    InsuranceAccount {
        year: 2026,
        current_year: Fen(current_year),
        earlier_years: Fen::ZERO,
        reimbursed_this_year: Fen::ZERO,
        scheme: text("scheme"),
        as_of: "2026-11-23T08:00:00Z".parse().unwrap(),
        entries: Vec::new(),
    }
}

fn case(case_id: CaseId, revision: u64, status: CaseStatus) -> Value {
    let case = Case {
        case_id,
        transaction_id: TransactionId::generate(),
        service_id: "reimbursement".into(),
        service_version: 3,
        title: text("reimbursement"),
        status,
        revision,
        received_at: "2026-11-23T08:00:00Z".parse().unwrap(),
        promised_by: "2026-11-30".parse().unwrap(),
        events: Vec::new(),
        requests: Vec::new(),
        checks: Vec::new(),
        deferred: Vec::new(),
        declarations: Vec::new(),
        disputes: Vec::new(),
        settlement: None,
        payout: None,
        refusal: None,
        delivery_id: None,
        grievance: None,
    };
    json!({ "kind": "case", "body": case })
}

fn page(changes: &[Value], next: &str, more: bool) -> Answer {
    Answer::json(200, &json!({ "changes": changes, "next": next, "more": more }).to_string())
}

fn expired() -> Answer {
    let title = Text::new("请重新同步。", "Start over.");
    let problem = json!({ "type": "cursor-expired", "status": 410, "title": title });
    Answer::new(410, "application/problem+json", &problem.to_string())
}

#[tokio::test]
async fn pages_are_read_to_the_end_and_the_next_pull_goes_on_there() {
    let (a, b) = (CaseId::generate(), CaseId::generate());
    let answers = vec![
        page(&[case(a, 1, CaseStatus::Received)], "c1", true),
        page(&[case(b, 1, CaseStatus::Received), case(a, 2, CaseStatus::Accepted)], "c2", false),
        page(&[], "c2", false),
    ];
    let (person, server) = person(answers).await;
    let report = person.compartment.sync().read_to_the_end().await.unwrap();
    assert_eq!((report.changes, report.cases), (3, 3));
    assert_eq!(person.compartment.cases().show(a).unwrap().case.status, CaseStatus::Accepted);
    assert_eq!(person.compartment.cases().list().unwrap().len(), 2);
    assert_eq!(person.compartment.sync().read_to_the_end().await.unwrap().changes, 0);
    let requests = server.requests();
    assert!(!requests[0].contains("after="));
    assert!(requests[1].contains("after=c1") && requests[2].contains("after=c2"));
    assert!(person.compartment.sync().status().unwrap().last_pulled_at.is_some());
}

#[tokio::test]
async fn the_account_is_asked_for_once_and_then_told_by_the_feed() {
    let answers = vec![
        page(&[], "c1", false),
        Answer::json(200, &serde_json::to_string(&account(200)).unwrap()),
        page(&[json!({ "kind": "insurance", "body": account(300) })], "c2", false),
    ];
    let (person, server) = person(answers).await;
    person.execute("DELETE FROM mirror");
    offer_nothing(&person);
    let shown = || person.compartment.insurance().show().unwrap().unwrap().account.current_year;
    // Nothing stood in the feed, and yet there is something new to see: whoever shows the account must hear of it.
    let first = person.compartment.sync().pull().await.unwrap();
    assert_eq!((first.changes, first.insurance, first.is_news()), (0, 1, true));
    assert_eq!(shown(), Fen(200));
    assert_eq!(person.compartment.sync().pull().await.unwrap().insurance, 1);
    assert_eq!(shown(), Fen(300));
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn what_comes_twice_or_late_changes_nothing() {
    let a = CaseId::generate();
    let changes =
        [case(a, 3, CaseStatus::Paid), case(a, 3, CaseStatus::Paid), case(a, 1, CaseStatus::Received)];
    let (person, _server) = person(vec![page(&changes, "c1", false)]).await;
    assert_eq!(person.compartment.sync().read_to_the_end().await.unwrap().cases, 1);
    let shown = person.compartment.cases().show(a).unwrap().case;
    assert_eq!((shown.revision, shown.status), (3, CaseStatus::Paid));
}

#[tokio::test]
async fn a_cut_between_pages_keeps_the_first_and_goes_on_with_the_second() {
    let (a, b) = (CaseId::generate(), CaseId::generate());
    let answers = vec![
        page(&[case(a, 1, CaseStatus::Received)], "c1", true),
        Answer::silence(),
        page(&[case(b, 1, CaseStatus::Received)], "c2", false),
    ];
    let (person, server) = person(answers).await;
    assert_eq!(person.compartment.sync().read_to_the_end().await, Err(Error::CityUnreachable));
    // Another process finds what the first page brought.
    let again = person.opened_again();
    assert!(again.cases().show(a).is_ok());
    assert_eq!(again.sync().read_to_the_end().await.unwrap().cases, 1);
    assert!(server.requests()[2].contains("after=c1"));
}

#[tokio::test]
async fn a_city_that_has_forgotten_where_we_were_is_read_from_the_beginning() {
    let a = CaseId::generate();
    let answers = vec![
        page(&[case(a, 2, CaseStatus::Accepted)], "c1", false),
        expired(),
        page(&[case(a, 2, CaseStatus::Accepted)], "d1", false),
    ];
    let (person, server) = person(answers).await;
    let draft = person.complete_draft(0);
    let waiting = person.complete_draft(1);
    person.compartment.submissions().submit(waiting).unwrap();
    let queued = person.count("outbox");
    person.compartment.sync().read_to_the_end().await.unwrap();
    let report = person.compartment.sync().read_to_the_end().await.unwrap();
    assert!(report.started_over);
    assert_eq!(report.cases, 0, "what was known is not news");
    assert!(!server.requests()[2].contains("after="));
    assert!(person.compartment.drafts().show(draft).is_ok());
    assert!(queued > 0 && person.count("outbox") == queued);
}

#[tokio::test]
async fn a_city_that_never_knows_where_we_were_is_not_asked_for_ever() {
    let (person, server) = person(vec![expired(), expired()]).await;
    assert!(matches!(person.compartment.sync().read_to_the_end().await, Err(Error::Refused(_))));
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_feed_that_does_not_move_is_nonsense() {
    let (person, _server) = person(vec![page(&[], "c1", true), page(&[], "c1", true)]).await;
    assert_eq!(person.compartment.sync().read_to_the_end().await, Err(Error::CityAnsweredNonsense));
}

#[tokio::test]
async fn following_pulls_at_once_and_at_each_event() {
    let a = CaseId::generate();
    let answers = vec![
        Answer::new(200, "text/event-stream", "event: changed\ndata: 1\n\n"),
        page(&[case(a, 1, CaseStatus::Received)], "c1", false),
        page(&[case(a, 2, CaseStatus::Accepted)], "c2", false),
    ];
    let (person, _server) = person(answers).await;
    offer_nothing(&person);
    let (told, mut hears) = tokio::sync::mpsc::unbounded_channel();
    let stop = async {
        for _ in 0..2 {
            hears.recv().await.unwrap();
        }
    };
    let tell = |report: &super::SyncReport| told.send(report.cases).unwrap();
    assert_eq!(person.compartment.sync().follow(stop, tell).await, Ok(()));
    assert_eq!(person.compartment.cases().show(a).unwrap().case.revision, 2);
}
