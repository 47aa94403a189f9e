//! The promises of a draft.

use citizen_api::register::{PrefilledAnswer, ServicePrefill, SharedEvidence, Source};
use proptest::prelude::{Just, Strategy, prop, prop_oneof, proptest};
use serde_json::{Value, json};

use crate::Error;
use crate::draft::{DraftId, FieldPath, prefill};
use crate::form::{DraftView, FieldView, Needed, Origin, ResolutionView};
use crate::testing::{TestPerson, text};

fn field(view: &DraftView, name: &str) -> FieldView {
    view.form.fields().find(|field| field.field_id.as_str() == name).unwrap().clone()
}

fn begun(person: &TestPerson) -> DraftId {
    person.compartment.drafts().create(&"reimbursement".into()).unwrap()
}

fn registers(phone: Value) -> ServicePrefill {
    let source = || Source {
        register: "population".into(),
        title: text("population"),
        as_of: jiff::civil::date(2026, 1, 2),
    };
    ServicePrefill {
        service_id: "reimbursement".into(),
        answers: vec![PrefilledAnswer { field_id: "phone".into(), value: phone, source: source() }],
        shared: vec![SharedEvidence { requirement_id: "id-card".into(), source: source() }],
        purpose: text("purpose"),
        unavailable: Vec::new(),
    }
}

fn told(person: &TestPerson, phone: Value) {
    let prefill = registers(phone);
    let keep = |tx: &rusqlite::Transaction<'_>, sealer: &_| {
        prefill::keep(tx, sealer, &"reimbursement".into(), &prefill)
    };
    person.compartment.write(keep).unwrap();
}

#[tokio::test]
async fn an_answer_is_there_when_the_store_is_opened_anew() {
    let person = TestPerson::new();
    let draft_id = begun(&person);
    person.compartment.drafts().set_answer(draft_id, &"amount".into(), &json!(5)).unwrap();
    let again = person.opened_again();
    let view = again.drafts().show(draft_id).unwrap();
    assert_eq!(field(&view, "amount").value, Some(json!(5)));
    assert_eq!(field(&view, "amount").origin, Origin::Person);
}

#[tokio::test]
async fn a_wrong_answer_changes_nothing() {
    let person = TestPerson::new();
    let (draft_id, drafts) = (begun(&person), person.compartment.drafts());
    drafts.set_answer(draft_id, &"amount".into(), &json!(5)).unwrap();
    let before = drafts.show(draft_id).unwrap();
    for wrong in [json!("5"), json!(0), json!(5.5), json!(null)] {
        let refused = drafts.set_answer(draft_id, &"amount".into(), &wrong);
        assert!(matches!(refused, Err(Error::InvalidAnswer { .. })), "{wrong}");
    }
    let unknown = drafts.set_answer(draft_id, &"colour".into(), &json!("red"));
    assert!(matches!(unknown, Err(Error::UnknownField { .. })));
    assert!(drafts.show(draft_id).unwrap() == before);
}

#[tokio::test]
async fn an_answer_is_one_row_however_often_it_is_changed() {
    let person = TestPerson::new();
    let (draft_id, drafts) = (begun(&person), person.compartment.drafts());
    for amount in 1..20 {
        drafts.set_answer(draft_id, &"amount".into(), &json!(amount)).unwrap();
    }
    assert_eq!(person.count("answers"), 1);
}

#[tokio::test]
async fn the_persons_own_answer_wins_over_a_registers_and_gives_way_when_it_is_taken_back() {
    let person = TestPerson::new();
    let (draft_id, drafts) = (begun(&person), person.compartment.drafts());
    let phone: FieldPath = "phone".into();
    told(&person, json!("13800138000"));
    let shown = field(&drafts.show(draft_id).unwrap(), "phone");
    assert_eq!(shown.value, Some(json!("13800138000")));
    assert!(
        matches!(shown.origin, Origin::Register { source } if source.as_of == jiff::civil::date(2026, 1, 2))
    );
    drafts.set_answer(draft_id, &phone, &json!("13900139000")).unwrap();
    told(&person, json!("13700137000"));
    let shown = field(&drafts.show(draft_id).unwrap(), "phone");
    assert_eq!((shown.value, shown.origin), (Some(json!("13900139000")), Origin::Person));
    drafts.clear_answer(draft_id, &phone).unwrap();
    assert_eq!(field(&drafts.show(draft_id).unwrap(), "phone").value, Some(json!("13700137000")));
}

#[tokio::test]
async fn a_register_never_gives_an_answer_that_the_form_refuses() {
    let person = TestPerson::new();
    let draft_id = begun(&person);
    told(&person, json!("not a number"));
    let shown = field(&person.compartment.drafts().show(draft_id).unwrap(), "phone");
    assert_eq!((shown.value, shown.origin, shown.finding), (None, Origin::Nobody, None));
}

#[tokio::test]
async fn a_view_says_what_is_needed_and_what_is_not() {
    let person = TestPerson::new();
    let (draft_id, drafts) = (begun(&person), person.compartment.drafts());
    told(&person, json!("13800138000"));
    let view = drafts.show(draft_id).unwrap();
    assert!(matches!(
        view.needed.as_slice(),
        [Needed::Answer { .. }, Needed::Files { missing: 1, .. }, Needed::Declaration { .. }]
    ));
    let counts =
        (view.evidence.asked, view.evidence.on_request, view.evidence.prefilled, view.evidence.not_needed);
    assert_eq!(counts, (1, 1, 1, 2));
    let shared = view.requirements.iter().find(|paper| paper.requirement_id.as_str() == "id-card").unwrap();
    assert!(matches!(shared.resolution, ResolutionView::Shared { .. }));
    let complete = person.complete_draft(1);
    assert_eq!(drafts.show(complete).unwrap().needed, []);
}

#[tokio::test]
async fn the_newest_draft_comes_first_and_a_discarded_one_leaves_nothing() {
    let person = TestPerson::new();
    let drafts = person.compartment.drafts();
    let (first, second) = (person.complete_draft(2), begun(&person));
    assert_eq!(
        drafts.list().unwrap().iter().map(|draft| draft.draft_id).collect::<Vec<_>>(),
        [second, first]
    );
    assert_eq!(person.blobs(), 2);
    drafts.discard(first).unwrap();
    assert_eq!(person.blobs(), 0);
    assert_eq!(person.count("answers"), 0);
    assert_eq!(drafts.list().unwrap().len(), 1);
    assert!(matches!(drafts.show(first), Err(Error::DraftGone)));
}

/// One thing a person can do to an answer.
#[derive(Debug, Clone)]
enum Edit {
    Amount(i64),
    Note(String),
    Clear(&'static str),
    Reopen,
}

fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        (1_i64..10_000).prop_map(Edit::Amount),
        "[a-z]{0,20}".prop_map(Edit::Note),
        prop_oneof![Just("amount"), Just("note")].prop_map(Edit::Clear),
        Just(Edit::Reopen),
    ]
}

proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(16))]
    #[test]
    fn the_last_answer_to_each_question_is_kept(edits in prop::collection::vec(edit(), 1..12)) {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let _entered = runtime.enter();
        let person = TestPerson::new();
        let draft_id = begun(&person);
        let mut compartment = person.compartment.clone();
        let mut expected = std::collections::BTreeMap::new();
        for edit in edits {
            let drafts = compartment.drafts();
            match edit {
                Edit::Amount(amount) => {
                    drafts.set_answer(draft_id, &"amount".into(), &json!(amount)).unwrap();
                    expected.insert("amount", json!(amount));
                }
                Edit::Note(note) => {
                    drafts.set_answer(draft_id, &"note".into(), &json!(note)).unwrap();
                    expected.insert("note", json!(note));
                }
                Edit::Clear(name) => {
                    drafts.clear_answer(draft_id, &name.into()).unwrap();
                    expected.remove(name);
                }
                Edit::Reopen => compartment = person.opened_again(),
            }
        }
        let view = compartment.drafts().show(draft_id).unwrap();
        for name in ["amount", "note"] {
            assert_eq!(field(&view, name).value.as_ref(), expected.get(name));
        }
    }
}
