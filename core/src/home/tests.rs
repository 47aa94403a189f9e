//! What a person sees first.

use citizen_api::case::{Case, CaseStatus, EvidenceRequest};
use citizen_api::insurance::InsuranceAccount;
use citizen_api::{CaseId, EvidenceRequestId, Fen, TransactionId};

use super::Balance;
use crate::testing::{TestPerson, text};
use crate::{case, insurance};

fn keep(person: &TestPerson, minute: u8, status: CaseStatus, asked: bool) -> CaseId {
    let received_at = format!("2026-11-23T08:{minute:02}:00Z").parse().unwrap();
    let request = EvidenceRequest {
        request_id: EvidenceRequestId::generate(),
        requirement_id: "invoice".into(),
        title: text("invoice"),
        reason: text("blurred"),
        requested_at: received_at,
        answer_by: "2026-12-01".parse().unwrap(),
        answered_by: None,
    };
    let kept = Case {
        case_id: CaseId::generate(),
        transaction_id: TransactionId::generate(),
        service_id: "reimbursement".into(),
        service_version: 1,
        title: text("reimbursement"),
        status,
        revision: 1,
        received_at,
        promised_by: "2026-11-30".parse().unwrap(),
        events: Vec::new(),
        requests: if asked { vec![request] } else { Vec::new() },
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
    person.compartment.write(|tx, sealer| case::store(tx, sealer, &kept)).unwrap();
    kept.case_id
}

#[test]
fn an_old_question_of_an_office_stands_before_the_newest_cases_that_run() {
    let person = TestPerson::new();
    let asked = keep(&person, 0, CaseStatus::EvidenceRequested, true);
    let running: Vec<CaseId> =
        (1..6).map(|minute| keep(&person, minute, CaseStatus::Accepted, false)).collect();
    for (minute, status) in [(6, CaseStatus::Paid), (7, CaseStatus::Granted), (8, CaseStatus::Refused)] {
        keep(&person, minute, status, false);
    }
    let home = person.compartment.home().unwrap();
    let ids = |cases: &[case::CaseSummary]| cases.iter().map(|case| case.case_id).collect::<Vec<_>>();
    assert_eq!(ids(&home.asked), [asked]);
    assert_eq!(ids(&home.running), running.into_iter().rev().take(3).collect::<Vec<_>>());
}

#[test]
fn what_is_filed_has_left_the_drafts_and_waits_in_the_outbox() {
    let person = TestPerson::new();
    let filed = person.complete_draft(1);
    let open = person.compartment.drafts().create(&"reimbursement".into()).unwrap();
    person.compartment.submissions().submit(filed).unwrap();
    let home = person.compartment.home().unwrap();
    assert_eq!(home.drafts.iter().map(|draft| draft.draft_id).collect::<Vec<_>>(), [open]);
    assert_eq!(home.outbox.iter().map(|item| item.draft_id).collect::<Vec<_>>(), [Some(filed); 2]);
}

#[test]
fn a_balance_is_all_the_money_and_none_where_none_was_fetched_or_it_cannot_be() {
    let person = TestPerson::new();
    assert_eq!(person.compartment.home().unwrap().balance, None);
    let mut account = InsuranceAccount {
        year: 2026,
        current_year: Fen(300),
        earlier_years: Fen(45),
        reimbursed_this_year: Fen::ZERO,
        scheme: text("scheme"),
        as_of: "2026-11-23T08:00:00Z".parse().unwrap(),
        entries: Vec::new(),
    };
    person.compartment.write(|tx, sealer| insurance::store(tx, sealer, &account)).unwrap();
    let balance = Balance { amount: Fen(345), as_of: account.as_of };
    assert_eq!(person.compartment.home().unwrap().balance, Some(balance));
    account.current_year = Fen(i64::MAX);
    person.compartment.write(|tx, sealer| insurance::store(tx, sealer, &account)).unwrap();
    assert_eq!(person.compartment.home().unwrap().balance, None);
}
