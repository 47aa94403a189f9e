use citizen_api::mandate::{Mandate, MandateActs, MandateExtent, MandateScope, MandateStatus, Party};
use citizen_api::problem::ProblemType;
use citizen_api::submission::Submission;
use citizen_api::{MandateId, Subject};
use jiff::civil::date;
use serde_json::json;

use super::{MandateStanding, store};
use crate::outbox::WaitsFor;
use crate::testing::TestPerson;
use crate::{Compartment, Error};

/// A mandate by which the person may file for their mother.
fn mandate(person: &TestPerson, status: MandateStatus) -> Mandate {
    let party = |subject: Subject, name: &str| Party { subject, name: name.to_owned() };
    Mandate {
        mandate_id: MandateId::generate(),
        from: party("mother".into(), "canary-mother"),
        to: party(person.compartment.subject().unwrap(), "daughter"),
        scope: MandateScope {
            acts: MandateActs::File,
            extent: MandateExtent::Services { services: Vec::new() },
        },
        until: date(2100, 1, 1),
        status,
        revision: 1,
        given_at: jiff::Timestamp::UNIX_EPOCH,
    }
}

fn told(person: &TestPerson, mandate: &Mandate) {
    person.compartment.write(|tx, sealer| store(tx, sealer, mandate)).unwrap();
}

fn accepted(person: &TestPerson) -> Mandate {
    let mandate = mandate(person, MandateStatus::Accepted);
    told(person, &mandate);
    mandate
}

fn revoke(person: &TestPerson, mandate: &Mandate) {
    told(
        person,
        &Mandate { status: MandateStatus::Revoked, revision: mandate.revision + 1, ..mandate.clone() },
    );
}

/// A draft for the mother that can be filed.
fn draft(mother: &Compartment, person: &TestPerson) -> crate::draft::DraftId {
    let drafts = mother.drafts();
    let draft_id = drafts.create(&"reimbursement".into()).unwrap();
    drafts.set_answer(draft_id, &"amount".into(), &json!(128_050)).unwrap();
    drafts.agree_declaration(draft_id, &"single-claim".into(), true).unwrap();
    let paper = person.file("bill.jpg", &crate::testing::photograph(300));
    mother.attachments().attach(draft_id, &"invoice".into(), &paper).unwrap();
    draft_id
}

#[tokio::test]
async fn what_is_written_for_somebody_stands_in_a_compartment_of_theirs() {
    let person = TestPerson::new();
    let mandate = accepted(&person);
    let mother = person.compartment.mandates().act_for(mandate.mandate_id).unwrap();
    assert_eq!(
        (mother.label().unwrap().as_str(), mother.subject().unwrap().as_str()),
        ("canary-mother", "mother")
    );
    draft(&mother, &person);
    assert_eq!(mother.drafts().list().unwrap().len(), 1);
    assert!(person.compartment.drafts().list().unwrap().is_empty());
    assert_eq!(person.blobs(), 0, "her papers too");
    assert_eq!(mother.device_id(), person.compartment.device_id(), "the phone's key is the helper's");

    // Another process finds the same one, by any mandate of hers.
    let later = Mandate { mandate_id: MandateId::generate(), ..mandate };
    told(&person, &later);
    let again = person.opened_again();
    let found = again.mandates().act_for(later.mandate_id).unwrap();
    assert_eq!((found.person_id(), found.drafts().list().unwrap().len()), (mother.person_id(), 1));

    person.compartment.lock();
    assert_eq!(mother.drafts().list().err(), Some(Error::Locked), "it locks with the helper");
}

#[tokio::test]
async fn what_is_signed_for_somebody_names_both() {
    let person = TestPerson::new();
    let mandate = accepted(&person);
    let mother = person.compartment.mandates().act_for(mandate.mandate_id).unwrap();
    let transaction_id = mother.submissions().submit(draft(&mother, &person)).unwrap();
    let document = mother
        .read(|tx, sealer| crate::outbox::queued_document(tx, sealer, transaction_id))
        .unwrap()
        .unwrap();
    let signed: Submission = citizen_api::jose::Compact::parse(&document).unwrap().claims().unwrap();
    let by = signed.by.unwrap();
    assert_eq!((signed.subject.as_str(), by.mandate_id), ("mother", mandate.mandate_id));
    assert_eq!(by.by, person.compartment.subject().unwrap());
}

#[tokio::test]
async fn a_mandate_that_ends_loses_nobody_a_word() {
    let person = TestPerson::new();
    let mandate = accepted(&person);
    let mother = person.compartment.mandates().act_for(mandate.mandate_id).unwrap();
    let (sent, open) = (draft(&mother, &person), mother.drafts().create(&"reimbursement".into()).unwrap());
    let transaction_id = mother.submissions().submit(sent).unwrap();
    revoke(&person, &mandate);
    mother.outbox().send_now(&|_| ()).await.unwrap();
    let waiting = mother.outbox().list().unwrap();
    let filing = waiting.iter().find(|item| item.transaction_id == transaction_id);
    assert!(filing.is_some(), "it is there and never lost");
    let paper = waiting.iter().find(|item| item.transaction_id != transaction_id).unwrap();
    let Some(WaitsFor::Person { problem }) = &paper.waits_for else { panic!("not blocked") };
    assert_eq!(problem.kind, ProblemType::NoMandate);
    assert!(problem.title.zh.contains("委托") && problem.title.en.contains("mandate"));

    assert_eq!(mother.submissions().submit(draft(&mother, &person)).err(), Some(Error::NoMandate));
    mother.drafts().set_answer(open, &"amount".into(), &json!(7)).unwrap();
    let opened = person.compartment.mandates().act_for(mandate.mandate_id).unwrap();
    assert_eq!(opened.drafts().list().unwrap().len(), 3);
    assert!(!person.compartment.mandates().represented().unwrap()[0].holds);
}

#[tokio::test]
async fn only_who_was_given_one_acts_and_only_once_it_is_accepted() {
    let person = TestPerson::new();
    let offered = mandate(&person, MandateStatus::Offered);
    told(&person, &offered);
    let mandates = person.compartment.mandates();
    assert_eq!(mandates.act_for(offered.mandate_id).err(), Some(Error::NoMandate));
    let given = Mandate {
        mandate_id: MandateId::generate(),
        from: offered.to.clone(),
        to: offered.from.clone(),
        ..accepted(&person)
    };
    told(&person, &given);
    assert_eq!(mandates.act_for(given.mandate_id).err(), Some(Error::NoMandate));
    assert_eq!(mandates.act_for(MandateId::generate()).err(), Some(Error::NoMandate));
    let over = Mandate { until: date(2020, 1, 1), mandate_id: MandateId::generate(), ..accepted(&person) };
    told(&person, &over);
    let listed = mandates.list().unwrap();
    let standing = |id| listed.iter().find(|view| view.mandate.mandate_id == id).unwrap().standing;
    assert_eq!(standing(over.mandate_id), MandateStanding::Over);
    assert!(listed.iter().all(|view| !view.sentence.zh.is_empty() && !view.sentence.en.is_empty()));
}

#[tokio::test]
async fn removing_somebody_takes_what_is_theirs_and_nothing_else() {
    let person = TestPerson::new();
    let own = person.complete_draft(1);
    let mandate = accepted(&person);
    let mandates = person.compartment.mandates();
    let mother = mandates.act_for(mandate.mandate_id).unwrap();
    draft(&mother, &person);
    let folder = mother.folder().to_owned();
    mandates.remove_represented(mother.person_id()).unwrap();
    assert!(!folder.exists());
    assert_eq!(mother.drafts().list().err(), Some(Error::Locked));
    assert_eq!(person.count("represented"), 0, "the key is gone");
    assert!(person.compartment.drafts().show(own).is_ok());
    assert_eq!(person.blobs(), 1);
    let anew = mandates.act_for(mandate.mandate_id).unwrap();
    assert!(anew.drafts().list().unwrap().is_empty());
}
