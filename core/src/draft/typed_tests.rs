//! What is half typed, entries of groups, and what is wrong in a register.

use citizen_api::catalogue::PublicService;
use citizen_api::form::{Answers, Field, FieldKind};
use citizen_api::jose::Compact;
use citizen_api::register::{PrefilledAnswer, ServicePrefill, Source};
use citizen_api::submission::Submission;
use serde_json::{Value, json};

use super::{DraftId, FieldPath, prefill};
use crate::Error;
use crate::form::{DraftView, FieldView, Needed, Origin};
use crate::testing::{TestPerson, service, text};

/// A service with a group of children, each with an ID number.
fn family() -> PublicService {
    let mut service = service();
    service.service_id = "family".into();
    let mut name = Field::new("name", text("name"), FieldKind::Text { max_length: 10 });
    name.required = true;
    let fields = vec![name, Field::new("number", text("number"), FieldKind::IdNumber)];
    let group = FieldKind::Group { entry: text("child"), fields, min: 0, max: 3 };
    service.form.pages[0].fields = vec![
        Field::new("children", text("children"), group),
        Field::new("amount", text("amount"), FieldKind::Money { min: 1, max: 10_000 }),
        Field::new("phone", text("phone"), FieldKind::Phone),
    ];
    service.requirements.clear();
    service.declarations.clear();
    service
}

fn begun() -> (TestPerson, DraftId) {
    let person = TestPerson::new();
    person.publish(&family());
    let draft_id = person.compartment.drafts().create(&"family".into()).unwrap();
    (person, draft_id)
}

fn field<'v>(view: &'v DraftView, name: &str) -> &'v FieldView {
    view.form.fields().find(|field| field.field_id.as_str() == name).unwrap()
}

fn at(path: &str) -> FieldPath {
    path.parse().unwrap()
}

#[tokio::test]
async fn half_a_word_is_on_disk_and_no_answer_yet() {
    let (person, draft_id) = begun();
    let drafts = person.compartment.drafts();
    let typed = drafts.type_answer(draft_id, &at("amount"), "十二").unwrap();
    assert!(typed.finding.is_some());
    let view = person.opened_again().drafts().show(draft_id).unwrap();
    let shown = field(&view, "amount");
    assert_eq!((shown.typed.as_deref(), &shown.value), (Some("十二"), &None));
    assert!(shown.finding.is_some());
    assert!(
        matches!(view.needed.as_slice(), [Needed::Answer { field_id, .. }] if field_id.as_str() == "amount")
    );
    let typed = drafts.type_answer(draft_id, &at("amount"), "12.50").unwrap();
    assert_eq!(typed.finding, None);
    let view = drafts.show(draft_id).unwrap();
    assert_eq!(field(&view, "amount").value, Some(json!(1250)));
    assert_eq!(field(&view, "amount").words, Some(text("¥12.50")));
    assert_eq!((field(&view, "amount").typed.clone(), view.needed), (None, vec![]));
    drafts.type_answer(draft_id, &at("amount"), " ").unwrap();
    assert_eq!(field(&drafts.show(draft_id).unwrap(), "amount").value, None);
}

#[tokio::test]
async fn entries_are_added_answered_and_taken_out_one_by_one() {
    let (person, draft_id) = begun();
    let drafts = person.compartment.drafts();
    for (path, value) in [("children/0/name", "甲"), ("children/1/name", "乙"), ("children/2/name", "丙")]
    {
        drafts.set_answer(draft_id, &at(path), &json!(value)).unwrap();
    }
    drafts.type_answer(draft_id, &at("children/2/number"), "1101").unwrap();
    let too_many = drafts.set_answer(draft_id, &at("children/3/name"), &json!("丁"));
    assert!(matches!(too_many, Err(Error::InvalidAnswer { .. })));
    let skipped = drafts.set_answer(draft_id, &at("children/9/name"), &json!("丁"));
    assert!(matches!(skipped, Err(Error::UnknownField { .. })));
    drafts.remove_entry(draft_id, &"children".into(), 0).unwrap();
    let view = person.opened_again().drafts().show(draft_id).unwrap();
    let children = field(&view, "children");
    assert_eq!(children.value, Some(json!([{ "name": "乙" }, { "name": "丙" }])));
    let number = &children.entries[1][1];
    assert_eq!(
        (number.path.to_string(), number.typed.as_deref()),
        ("children/1/number".to_owned(), Some("1101"))
    );
    assert_eq!(view.needed.len(), 1, "what is half typed keeps the form from being filed");
    drafts.set_answer(draft_id, &at("children/1/number"), &json!("11010519491231002X")).unwrap();
    assert_eq!(drafts.show(draft_id).unwrap().needed, []);
    drafts.clear_answer(draft_id, &at("children")).unwrap();
    assert_eq!(person.count("answers"), 0);
}

#[tokio::test]
async fn an_entry_that_lacks_an_answer_is_named() {
    let (person, draft_id) = begun();
    let drafts = person.compartment.drafts();
    drafts.set_answer(draft_id, &at("children/0/number"), &json!("11010519491231002X")).unwrap();
    let needed = drafts.show(draft_id).unwrap().needed;
    assert!(needed[0].sentence().zh.contains("第 1 个的“name”"), "{:?}", needed[0].sentence());
}

fn told(person: &TestPerson, phone: &str) {
    let source = Source {
        register: "population".into(),
        title: text("population"),
        as_of: jiff::civil::date(2026, 1, 2),
    };
    let said = ServicePrefill {
        service_id: "family".into(),
        answers: vec![PrefilledAnswer { field_id: "phone".into(), value: json!(phone), source }],
        shared: Vec::new(),
        purpose: text("purpose"),
        unavailable: Vec::new(),
    };
    person.compartment.write(|tx, sealer| prefill::keep(tx, sealer, &"family".into(), &said)).unwrap();
}

#[tokio::test]
async fn a_register_can_be_disputed_and_the_dispute_goes_along() {
    let (person, draft_id) = begun();
    let drafts = person.compartment.drafts();
    assert_eq!(drafts.dispute(draft_id, &"phone".into(), ""), Err(Error::NothingToDispute));
    told(&person, "13800138000");
    drafts.set_answer(draft_id, &at("phone"), &json!("13900139000")).unwrap();
    drafts.dispute(draft_id, &"phone".into(), "号码换了").unwrap();
    let view = drafts.show(draft_id).unwrap();
    let shown = field(&view, "phone");
    assert_eq!((shown.origin.clone(), shown.dispute.as_deref()), (Origin::Person, Some("号码换了")));
    let register = shown.register.as_ref().unwrap();
    assert_eq!((&register.value, &register.purpose), (&json!("13800138000"), &text("purpose")));
    let submission: Submission = filed(&person, draft_id);
    let [dispute] = submission.disputes.as_slice() else { panic!("nothing is disputed") };
    assert_eq!((dispute.registered.clone(), dispute.note.as_str()), (json!("13800138000"), "号码换了"));
    assert_eq!(submission.answers, Answers::from([("phone".into(), json!("13900139000"))]));
}

#[tokio::test]
async fn a_dispute_of_what_is_left_as_it_was_is_not_sent() {
    let (person, draft_id) = begun();
    told(&person, "13800138000");
    person.compartment.drafts().dispute(draft_id, &"phone".into(), "").unwrap();
    assert!(filed(&person, draft_id).disputes.is_empty());
}

fn filed(person: &TestPerson, draft_id: DraftId) -> Submission {
    let transaction_id = person.compartment.submissions().submit(draft_id).unwrap();
    Compact::parse(&person.queued_document(transaction_id)).unwrap().claims().unwrap()
}

#[tokio::test]
async fn what_is_hidden_is_kept_and_not_filed() {
    let (person, _) = begun();
    let mut service = family();
    service.service_id = "hiding".into();
    service.form.pages[0].fields[2].visible_when = Some(json!({ ">": [{ "var": "amount" }, 100] }));
    person.publish(&service);
    let drafts = person.compartment.drafts();
    let draft_id = drafts.create(&"hiding".into()).unwrap();
    drafts.set_answer(draft_id, &at("amount"), &json!(500)).unwrap();
    drafts.set_answer(draft_id, &at("phone"), &json!("13900139000")).unwrap();
    drafts.set_answer(draft_id, &at("amount"), &json!(5)).unwrap();
    let view = drafts.show(draft_id).unwrap();
    assert!(!view.form.fields().any(|field| field.field_id.as_str() == "phone"));
    drafts.set_answer(draft_id, &at("amount"), &json!(500)).unwrap();
    assert_eq!(field(&drafts.show(draft_id).unwrap(), "phone").value, Some(json!("13900139000")));
    drafts.set_answer(draft_id, &at("amount"), &json!(5)).unwrap();
    let answers: Vec<(String, Value)> = filed(&person, draft_id)
        .answers
        .into_iter()
        .map(|(field, value)| (field.to_string(), value))
        .collect();
    assert_eq!(answers, [("amount".to_owned(), json!(5))]);
}

#[tokio::test]
async fn what_a_service_needs_is_said_before_and_after_registers_answered() {
    let (person, _) = begun();
    let mut service = family();
    service.requirements = crate::testing::service().requirements;
    person.publish(&service);
    let drafts = person.compartment.drafts();
    let before = drafts.needs(&"family".into()).unwrap();
    assert!(!before.for_this_person && !before.only_the_id);
    assert_eq!(before.sentence.zh, "要准备：invoice；签承诺书代替single。");
    service.requirements.retain(|paper| paper.requirement_id.as_str() == "id-card");
    service.requirements[0].routes.pop();
    person.publish(&service);
    assert!(drafts.needs(&"family".into()).unwrap().only_the_id);
    told(&person, "13800138000");
    let after = drafts.needs(&"family".into()).unwrap();
    assert!(after.for_this_person && !after.only_the_id, "the register turned out to have no record");
    assert_eq!(after.at_counter, [text("id-card")]);
}
