//! The promises of filing.

use citizen_api::jose::{Compact, typ};
use citizen_api::submission::Submission;
use serde_json::json;

use crate::Error;
use crate::form::DraftState;
use crate::testing::TestPerson;

#[tokio::test]
async fn filing_queues_each_file_and_the_signed_filing_behind_them() {
    let person = TestPerson::new();
    let draft_id = person.complete_draft(2);
    let transaction_id = person.compartment.submissions().submit(draft_id).unwrap();
    let view = person.compartment.drafts().show(draft_id).unwrap();
    assert_eq!(view.state, DraftState::Submitted { transaction_id });
    assert_eq!((person.count("outbox"), person.count("outbox_dependencies")), (3, 2));
    let submission = person.queued_document(transaction_id);
    let compact = Compact::parse(&submission).unwrap();
    assert_eq!(compact.header.typ, typ::SUBMISSION);
    let submission: Submission = compact.claims().unwrap();
    assert_eq!(submission.transaction_id, transaction_id);
    assert_eq!(submission.service_version, 3);
    assert_eq!(submission.answers, [("amount".into(), json!(128_050))].into());
    assert_eq!(submission.declarations, ["single-claim".into()]);
    assert_eq!(submission.attachments.len(), 2);
}

#[tokio::test]
async fn filing_twice_gives_the_same_transaction_and_no_second_row() {
    let person = TestPerson::new();
    let draft_id = person.complete_draft(1);
    let submissions = person.compartment.submissions();
    let first = submissions.submit(draft_id).unwrap();
    assert_eq!(submissions.submit(draft_id).unwrap(), first);
    assert_eq!(person.count("outbox"), 2);
}

#[tokio::test]
async fn a_filed_draft_can_no_longer_be_changed() {
    let person = TestPerson::new();
    let draft_id = person.complete_draft(1);
    person.compartment.submissions().submit(draft_id).unwrap();
    let drafts = person.compartment.drafts();
    let changed = drafts.set_answer(draft_id, &"amount".into(), &json!(1));
    assert!(matches!(changed, Err(Error::AlreadySubmitted)));
    assert!(matches!(drafts.discard(draft_id), Err(Error::AlreadySubmitted)));
    let file = person.compartment.attachments().list(draft_id).unwrap().remove(0);
    let removed = person.compartment.attachments().remove(file.attachment_id);
    assert!(matches!(removed, Err(Error::AlreadySubmitted)));
    assert_eq!(person.blobs(), 1);
}

#[tokio::test]
async fn an_incomplete_draft_says_everything_that_is_missing() {
    let person = TestPerson::new();
    let draft_id = person.compartment.drafts().create(&"reimbursement".into()).unwrap();
    let Err(Error::FormIncomplete { needed }) = person.compartment.submissions().submit(draft_id) else {
        panic!("filed");
    };
    assert_eq!(needed.len(), 3);
    assert!(needed.iter().all(|needed| !needed.sentence().zh.is_empty()));
    assert_eq!(person.count("outbox"), 0);
}

#[tokio::test]
async fn filing_is_all_or_nothing() {
    let person = TestPerson::new();
    let draft_id = person.complete_draft(2);
    let before = person.compartment.drafts().show(draft_id).unwrap();
    for step in
        ["BEFORE INSERT ON outbox WHEN NEW.kind = 'submission'", "BEFORE INSERT ON outbox_dependencies"]
    {
        person.execute(&format!("CREATE TRIGGER fault {step} BEGIN SELECT RAISE(ABORT, 'fault'); END"));
        assert!(person.compartment.submissions().submit(draft_id).is_err());
        person.execute("DROP TRIGGER fault");
        assert_eq!((person.count("outbox"), person.count("outbox_dependencies")), (0, 0));
        assert!(person.compartment.drafts().show(draft_id).unwrap() == before);
    }
    person.compartment.submissions().submit(draft_id).unwrap();
}
