//! The promises of the outbox, against a city that fails as told.

use std::task::{Context, Waker};

use citizen_api::case::EvidenceRequest;
use citizen_api::jose::Compact;
use citizen_api::problem::ProblemType;
use citizen_api::submission::Supplement;
use citizen_api::{CaseId, EvidenceRequestId, TransactionId};

use super::test_city::{Fault, TestCity, case};
use super::{SendReport, WaitsFor};
use crate::Error;
use crate::draft::DraftId;
use crate::jws::tests::TestKey;
use crate::testing::{TestPerson, photograph, text};

pub(super) async fn set_out() -> (TestCity, TestPerson) {
    let city = TestCity::start().await;
    let person = TestPerson::at(city.url.clone(), &city.key);
    (city, person)
}

fn filed(person: &TestPerson, photographs: usize) -> (DraftId, TransactionId) {
    let draft_id = person.complete_draft(photographs);
    (draft_id, person.compartment.submissions().submit(draft_id).unwrap())
}

/// A filing with one file too large to go with its creation.
pub(super) fn filed_large(person: &TestPerson) -> TransactionId {
    let draft_id = person.complete_draft(0);
    let path = person.file("large.jpg", &photograph(3_000_000));
    person.compartment.attachments().attach(draft_id, &"invoice".into(), &path).unwrap();
    person.compartment.submissions().submit(draft_id).unwrap()
}

pub(super) async fn send(person: &TestPerson) -> SendReport {
    person.compartment.outbox().send_now(&|_| ()).await.unwrap()
}

pub(super) fn report(sent: usize, waiting: usize, blocked: usize) -> SendReport {
    SendReport { sent, waiting, blocked }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_filing_and_its_files_reach_the_city_once() {
    let (city, person) = set_out().await;
    let (_, transaction_id) = filed(&person, 2);
    let document = person.queued_document(transaction_id);
    assert_eq!(send(&person).await, report(3, 0, 0));
    assert_eq!(send(&person).await, report(0, 0, 0));
    city.look(|kept| {
        assert_eq!(kept.filings.len(), 1);
        assert_eq!(kept.filings[&transaction_id.to_string()].0, document);
        assert!(kept.uploads.values().all(|(length, bytes)| *length == bytes.len()));
        // A small file goes with its creation.
        assert_eq!(kept.requests.len(), 3);
    });
    let counts = ["outbox", "outbox_dependencies", "uploads", "receipts"].map(|table| person.count(table));
    assert_eq!(counts, [0, 0, 0, 1]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_answer_is_asked_for_again_and_has_one_effect() {
    let (city, person) = set_out().await;
    let (_, transaction_id) = filed(&person, 1);
    let document = person.queued_document(transaction_id);
    city.fail("POST /v1/uploads", Fault::LoseAnswer);
    city.fail("POST /v1/submissions", Fault::LoseAnswer);
    for _ in 0..3 {
        send(&person).await;
    }
    assert_eq!(person.count("outbox"), 0);
    assert_eq!((city.asked("POST /v1/uploads"), city.asked("POST /v1/submissions")), (2, 2));
    city.look(|kept| {
        assert_eq!((kept.uploads.len(), kept.filings.len()), (1, 1));
        assert_eq!(kept.filings[&transaction_id.to_string()].0, document);
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_that_does_not_fit_leaves_the_row() {
    let (city, person) = set_out().await;
    filed(&person, 1);
    for fault in [Fault::ForeignKey, Fault::OtherDocument, Fault::Html, Fault::Busy] {
        city.look(|kept| kept.filings.clear());
        city.fail("POST /v1/submissions", fault);
        assert_eq!(send(&person).await.waiting, 1);
        assert_eq!((person.count("receipts"), person.count("mirror")), (0, 0));
    }
    assert_eq!(send(&person).await, report(1, 0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipt_by_a_newer_key_of_the_city_is_believed_after_asking_for_its_keys() {
    let city = TestCity::start().await;
    let person = TestPerson::at(city.url.clone(), &TestKey::generate());
    let (_, transaction_id) = filed(&person, 1);
    city.publish_key();
    assert_eq!(send(&person).await, report(2, 0, 0));
    assert!(person.compartment.submissions().case_of(transaction_id).unwrap().is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_city_refuses_waits_for_a_person_and_holds_up_nothing() {
    let (city, person) = set_out().await;
    let (_, refused) = filed(&person, 1);
    let (_, sound) = filed(&person, 2);
    city.fail("POST /v1/submissions", Fault::Refuse(ProblemType::AlreadyClaimed, 409));
    assert_eq!(send(&person).await, report(4, 0, 1));
    assert!(city.look(|kept| kept.filings.contains_key(&sound.to_string())));
    let waiting = person.compartment.outbox().list().unwrap();
    assert_eq!(waiting.iter().map(|item| item.transaction_id).collect::<Vec<_>>(), [refused]);
    assert!(
        matches!(&waiting[0].waits_for, Some(WaitsFor::Person { problem }) if problem.kind == ProblemType::AlreadyClaimed)
    );
    assert_eq!(send(&person).await, report(0, 0, 1));
    person.compartment.outbox().retry(refused).unwrap();
    assert_eq!(send(&person).await, report(1, 0, 0));
    assert!(city.look(|kept| kept.filings.contains_key(&refused.to_string())));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_refused_holds_up_only_what_cites_it() {
    let (city, person) = set_out().await;
    filed(&person, 1);
    filed(&person, 2);
    city.fail("POST /v1/uploads", Fault::Refuse(ProblemType::UnsupportedMediaType, 415));
    assert_eq!(send(&person).await, report(3, 1, 1));
    assert_eq!(city.look(|kept| kept.filings.len()), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cut_upload_goes_on_where_the_city_is() {
    let (city, person) = set_out().await;
    let transaction_id = filed_large(&person);
    city.fail("PATCH", Fault::Cut(1_500_000));
    assert_eq!(send(&person).await, report(2, 0, 0));
    assert!(city.look(|kept| kept.filings.contains_key(&transaction_id.to_string())));
    let sent: usize = city.look(|kept| {
        kept.requests.iter().filter(|(line, _)| line.starts_with("PATCH")).map(|(_, bytes)| bytes).sum()
    });
    let size = city.look(|kept| kept.uploads.values().next().unwrap().0);
    assert_eq!((sent, city.asked("HEAD"), city.asked("POST /v1/uploads")), (size, 1, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_died_mid_file_goes_on_at_the_citys_offset() {
    let (city, person) = set_out().await;
    filed_large(&person);
    city.fail("PATCH", Fault::Cut(1_000_000));
    city.fail("HEAD", Fault::LoseAnswer);
    assert_eq!(send(&person).await, report(0, 2, 0));
    let report_after = person.opened_again().outbox().send_now(&|_| ()).await.unwrap();
    assert_eq!(report_after, report(2, 0, 0));
    assert_eq!(city.asked("POST /v1/uploads"), 1);
    let last = city.look(|kept| kept.requests.iter().rfind(|(line, _)| line.starts_with("PATCH")).unwrap().1);
    let size = city.look(|kept| kept.uploads.values().next().unwrap().0);
    assert_eq!(last, size - 1_000_000);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_that_the_city_forgot_is_begun_once_more() {
    let (city, person) = set_out().await;
    filed_large(&person);
    city.fail("PATCH", Fault::Cut(1_000_000));
    city.fail("HEAD", Fault::LoseAnswer);
    send(&person).await;
    city.look(|kept| kept.uploads.clear());
    assert_eq!(send(&person).await, report(2, 0, 0));
    assert_eq!(city.asked("POST /v1/uploads"), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn files_that_the_city_lost_are_sent_again() {
    let (city, person) = set_out().await;
    let (_, transaction_id) = filed(&person, 2);
    city.fail("POST /v1/submissions", Fault::Busy);
    send(&person).await;
    city.look(|kept| kept.uploads.clear());
    for _ in 0..2 {
        send(&person).await;
    }
    assert!(city.look(|kept| kept.filings.contains_key(&transaction_id.to_string())));
    assert_eq!(person.count("outbox"), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_withdrawn_filing_opens_its_draft_and_can_be_filed_anew() {
    let (city, person) = set_out().await;
    let (draft_id, first) = filed(&person, 1);
    city.fail("POST /v1/submissions", Fault::Refuse(ProblemType::InvalidAnswer, 422));
    send(&person).await;
    assert_eq!(person.compartment.outbox().withdraw(first).await.unwrap(), Some(draft_id));
    assert_eq!((person.count("outbox"), city.asked(&format!("GET /v1/submissions/{first}"))), (0, 1));
    person.compartment.drafts().set_answer(draft_id, &"amount".into(), &7.into()).unwrap();
    let second = person.compartment.submissions().submit(draft_id).unwrap();
    assert_ne!(first, second);
    assert_eq!(send(&person).await, report(2, 0, 0));
    city.look(|kept| {
        assert_eq!(kept.filings.keys().collect::<Vec<_>>(), [&second.to_string()]);
        assert_eq!(kept.uploads.len(), 1);
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_city_has_after_all_is_not_withdrawn() {
    let (city, person) = set_out().await;
    let (_, transaction_id) = filed(&person, 1);
    city.fail("POST /v1/submissions", Fault::LoseAnswer);
    send(&person).await;
    let withdrawn = person.compartment.outbox().withdraw(transaction_id).await;
    assert_eq!(withdrawn, Err(Error::AlreadySubmitted));
    assert_eq!((person.count("outbox"), person.count("receipts"), person.count("mirror")), (0, 1, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_citys_word_nothing_that_was_sent_is_withdrawn() {
    let (city, person) = set_out().await;
    let (_, transaction_id) = filed(&person, 1);
    city.fail("POST /v1/submissions", Fault::LoseAnswer);
    send(&person).await;
    city.fail("GET", Fault::Busy);
    assert!(person.compartment.outbox().withdraw(transaction_id).await.is_err());
    assert_eq!(person.count("outbox"), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_senders_at_once_send_each_thing_once() {
    let (city, person) = set_out().await;
    filed(&person, 2);
    let other = person.opened_again();
    let (mine, others) = (person.compartment.outbox(), other.outbox());
    let (first, second) = tokio::join!(mine.send_now(&|_| ()), others.send_now(&|_| ()));
    assert_eq!(first.unwrap().sent + second.unwrap().sent, 3);
    assert_eq!((city.asked("POST /v1/uploads"), city.asked("POST /v1/submissions")), (2, 1));
}

/// A case of which an office has asked for a paper, as the feed would have brought it.
fn asked(person: &TestPerson) -> CaseId {
    let case_id = CaseId::generate();
    let mut case = case(case_id, TransactionId::generate());
    case.requests.push(EvidenceRequest {
        request_id: EvidenceRequestId::generate(),
        requirement_id: "diagnosis".into(),
        title: text("diagnosis"),
        reason: text("reason"),
        requested_at: jiff::Timestamp::UNIX_EPOCH,
        answer_by: jiff::civil::date(2026, 12, 1),
        answered_by: None,
    });
    person.compartment.write(|tx, sealer| crate::case::store(tx, sealer, &case)).unwrap();
    case_id
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offices_request_is_answered_like_a_draft_and_arrives_once() {
    let (city, person) = set_out().await;
    let case_id = asked(&person);
    let (submissions, drafts) = (person.compartment.submissions(), person.compartment.drafts());
    let draft_id = submissions.answer(case_id).unwrap();
    assert_eq!(submissions.answer(case_id).unwrap(), draft_id, "an answer is begun once");
    assert!(matches!(submissions.submit(draft_id), Err(Error::FormIncomplete { .. })));
    let path = person.file("d.jpg", &photograph(50));
    person.compartment.attachments().attach(draft_id, &"diagnosis".into(), &path).unwrap();
    drafts.set_note(draft_id, " 在这里 ").unwrap();
    let transaction_id = submissions.submit(draft_id).unwrap();
    city.fail("POST /v1/cases", Fault::LoseAnswer);
    send(&person).await;
    assert_eq!(submissions.case_of(transaction_id).unwrap(), None);
    assert_eq!(send(&person).await, report(1, 0, 0));
    assert_eq!(submissions.case_of(transaction_id).unwrap(), Some(case_id));
    assert_eq!(city.asked(&format!("POST /v1/cases/{case_id}/supplements")), 2);
    let document = city.look(|kept| kept.filings[&transaction_id.to_string()].0.clone());
    let supplement: Supplement = Compact::parse(&document).unwrap().claims().unwrap();
    assert_eq!((supplement.note.as_str(), supplement.attachments.len()), ("在这里", 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_filed_is_thrown_away_only_once_the_city_has_it() {
    let (_city, person) = set_out().await;
    let (draft_id, transaction_id) = filed(&person, 1);
    let drafts = person.compartment.drafts();
    assert_eq!(drafts.discard(draft_id), Err(Error::AlreadySubmitted));
    send(&person).await;
    drafts.discard(draft_id).unwrap();
    assert_eq!((person.blobs(), person.count("drafts"), person.count("receipts")), (0, 0, 1));
    assert!(person.compartment.submissions().case_of(transaction_id).unwrap().is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn sending_goes_on_when_nobody_waits_for_it_any_longer() {
    let (city, person) = set_out().await;
    let (_, transaction_id) = filed(&person, 2);
    let outbox = person.compartment.outbox();
    let tell = |_| ();
    let mut sending = Box::pin(outbox.send_now(&tell));
    // One poll sets it off; then whoever waited is gone.
    let mut context = Context::from_waker(Waker::noop());
    assert!(sending.as_mut().poll(&mut context).is_pending());
    drop(sending);
    let arrived = || city.look(|kept| kept.filings.contains_key(&transaction_id.to_string()));
    while !arrived() {
        tokio::task::yield_now().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_city_that_asked_to_wait_is_not_asked_before_its_time() {
    let (city, person) = set_out().await;
    filed(&person, 1);
    city.fail("POST /v1/submissions", Fault::BusyFor(600));
    assert_eq!(send(&person).await, report(1, 1, 0));
    person.compartment.outbox().network_changed().unwrap();
    assert_eq!(send(&person).await, report(0, 1, 0));
    assert_eq!(city.asked("POST /v1/submissions"), 1);
    let waiting = person.compartment.outbox().list().unwrap();
    let soon = jiff::Timestamp::now() + jiff::SignedDuration::from_mins(5);
    assert!(matches!(waiting[0].waits_for, Some(WaitsFor::City { until }) if until > soon));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_filed_while_the_app_is_open_goes_by_itself() {
    let (city, person) = set_out().await;
    let (sent, stop) = tokio::sync::oneshot::channel();
    let sent = std::sync::Mutex::new(Some(sent));
    let outbox = person.compartment.outbox();
    let stop = async { drop(stop.await) };
    let tell = |report: &SendReport| {
        if report.waiting == 0
            && let Some(sent) = sent.lock().unwrap().take()
        {
            sent.send(()).unwrap();
        }
    };
    // The first pass finds nothing; from then on only what is filed can wake it.
    let file = async { filed(&person, 1) };
    let (kept_up, (_, transaction_id)) = tokio::join!(outbox.keep_sending(stop, &|_| (), tell), file);
    kept_up.unwrap();
    city.look(|kept| assert!(kept.filings.contains_key(&transaction_id.to_string())));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_locked_outbox_ends_its_sending_with_a_word() {
    let (_city, person) = set_out().await;
    person.compartment.lock();
    let ended = person.compartment.outbox().keep_sending(std::future::pending(), &|_| (), |_| ()).await;
    assert_eq!(ended, Err(Error::Locked));
}
