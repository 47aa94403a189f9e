//! A grievance is a draft about something, and says no more of it than the person lets it.

use citizen_api::catalogue::{PublicService, Workflow};
use citizen_api::grievance::About;
use citizen_api::jose::Compact;
use citizen_api::problem::{Problem, ProblemType};
use citizen_api::submission::Submission;
use serde_json::json;

use super::Concerning;
use crate::Error;
use crate::draft::DraftId;
use crate::outbox;
use crate::testing::{TestPerson, service, text};

/// A person whose city takes grievances.
fn person() -> TestPerson {
    let person = TestPerson::new();
    person.publish(&complaint(1));
    person
}

fn complaint(version: u32) -> PublicService {
    let mut complaint = service();
    complaint.service_id = "complaint".into();
    complaint.version = version;
    complaint.workflow = Workflow::Grievance;
    complaint.requirements.clear();
    complaint.declarations.clear();
    complaint.form.pages[0].fields.retain(|field| field.field_id.as_str() == "note");
    complaint
}

fn filed(person: &TestPerson, draft_id: DraftId) -> About {
    let transaction_id = person.compartment.submissions().submit(draft_id).unwrap();
    let submission: Submission =
        Compact::parse(&person.queued_document(transaction_id)).unwrap().claims().unwrap();
    submission.about.unwrap()
}

#[tokio::test]
async fn what_is_begun_about_one_thing_is_one_draft_and_is_there_after_the_process_died() {
    let person = person();
    let about = Concerning::Service("reimbursement".into());
    let draft_id = person.compartment.grievances().begin(&about).unwrap();
    person.compartment.drafts().type_answer(draft_id, &"note".into(), "窗口让我").unwrap();
    let again = person.opened_again();
    assert_eq!(again.grievances().begin(&about).unwrap(), draft_id);
    assert_ne!(again.grievances().begin(&Concerning::Nothing).unwrap(), draft_id);
    let view = again.drafts().open(draft_id).unwrap();
    assert_eq!(view.form.fields().next().unwrap().value, Some(json!("窗口让我")));
    let concern = view.concern.unwrap();
    assert_eq!((concern.title.en.as_str(), concern.can_share), ("reimbursement", false));
}

#[tokio::test]
async fn a_newer_form_forgets_nothing_of_what_it_is_about() {
    let person = person();
    let about = Concerning::Service("reimbursement".into());
    let draft_id = person.compartment.grievances().begin(&about).unwrap();
    person.publish(&complaint(2));
    let view = person.compartment.drafts().open(draft_id).unwrap();
    assert_eq!((view.moved_from, view.service_version), (Some(1), 2));
    assert_eq!(filed(&person, draft_id).service_id, Some("reimbursement".into()));
}

#[tokio::test]
async fn what_the_city_refused_goes_along_only_where_the_person_lets_it() {
    for shares_case in [false, true] {
        let person = person();
        let draft_id = person.complete_draft(0);
        // Enough for the outbox: a filing that the city has refused.
        let attach = person.file("a.jpg", &crate::testing::photograph(300));
        person.compartment.attachments().attach(draft_id, &"invoice".into(), &attach).unwrap();
        let transaction_id = person.compartment.submissions().submit(draft_id).unwrap();
        let begin = || person.compartment.grievances().begin(&Concerning::Refused(transaction_id));
        assert_eq!(begin(), Err(Error::NotRefused));
        let problem =
            Problem { kind: ProblemType::AlreadyClaimed, status: 409, title: text("claimed"), pointer: None };
        person.compartment.write(|tx, sealer| outbox::refuse(tx, sealer, transaction_id, &problem)).unwrap();
        let complaint = begin().unwrap();
        assert!(person.compartment.drafts().show(complaint).unwrap().concern.unwrap().can_share);
        person.compartment.drafts().share_case(complaint, shares_case).unwrap();
        let about = filed(&person, complaint);
        assert_eq!(about.refused.map(|refused| refused.kind), shares_case.then_some(problem.kind));
        assert_eq!(about.shares_case, shares_case);
    }
}

#[tokio::test]
async fn a_draft_about_nothing_has_nothing_to_share_and_a_city_may_take_no_grievances() {
    let person = TestPerson::new();
    assert_eq!(person.compartment.grievances().begin(&Concerning::Nothing), Err(Error::UnknownService));
    person.publish(&complaint(1));
    let draft_id = person.compartment.grievances().begin(&Concerning::Nothing).unwrap();
    assert_eq!(person.compartment.drafts().share_case(draft_id, true), Err(Error::NothingToShare));
    let gone = Concerning::Case(citizen_api::CaseId::generate());
    assert_eq!(person.compartment.grievances().begin(&gone), Err(Error::UnknownCase));
}
