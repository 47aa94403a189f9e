//! The promises of a draft whose service gets a newer form.

use citizen_api::catalogue::PublicService;
use citizen_api::form::{Field, FieldKind};
use citizen_api::migration::{Migration, MigrationStep};
use proptest::prelude::{Just, ProptestConfig, Strategy, any, prop, prop_assert, prop_oneof, proptest};
use serde_json::{Value, json};

use super::{DraftId, records};
use crate::form::{DraftView, Fate, Needed};
use crate::people::Compartment;
use crate::testing::{TestPerson, service, text};

/// A version of a service with these fields.
fn version(version: u32, fields: Vec<Field>, migrations: Vec<Migration>) -> PublicService {
    let mut service = service();
    service.service_id = "changing".into();
    service.version = version;
    service.form.pages[0].fields = fields;
    service.migrations = migrations;
    service
}

fn words(name: &str) -> Field {
    Field::new(name, text(name), FieldKind::Text { max_length: 20 })
}

fn renamed(from: &str, to: &str) -> MigrationStep {
    MigrationStep::Renamed { from: from.into(), to: to.into() }
}

fn shown(view: &DraftView) -> Vec<(String, Option<Value>)> {
    view.form.fields().map(|field| (field.field_id.to_string(), field.value.clone())).collect()
}

fn begun(person: &TestPerson) -> DraftId {
    person.publish(&version(1, vec![words("name"), words("why"), words("old")], Vec::new()));
    let drafts = person.compartment.drafts();
    let draft_id = drafts.create(&"changing".into()).unwrap();
    for (field, answer) in [("name", "张三"), ("why", "因为"), ("old", "旧")] {
        drafts.set_answer(draft_id, &field.into(), &json!(answer)).unwrap();
    }
    draft_id
}

fn second() -> PublicService {
    let steps = vec![
        renamed("name", "full_name"),
        MigrationStep::AskAgain { field: "why".into() },
        MigrationStep::RequirementRenamed { from: "invoice".into(), to: "receipt".into() },
    ];
    let mut why = words("why");
    why.required = true;
    let mut second = version(2, vec![words("full_name"), why], vec![Migration { from: 1, steps }]);
    second.requirements[0].requirement_id = "receipt".into();
    second.declarations[0].statement = text("another statement");
    second
}

#[tokio::test]
async fn a_draft_is_moved_when_it_is_opened_and_not_before() {
    let person = TestPerson::new();
    let (draft_id, drafts) = (begun(&person), person.compartment.drafts());
    let photograph = person.file("a.jpg", &crate::testing::photograph(50));
    person.compartment.attachments().attach(draft_id, &"invoice".into(), &photograph).unwrap();
    drafts.agree_declaration(draft_id, &"single-claim".into(), true).unwrap();
    person.publish(&second());
    assert_eq!(drafts.show(draft_id).unwrap().service_version, 1);
    let view = drafts.open(draft_id).unwrap();
    assert_eq!((view.service_version, view.moved_from), (2, Some(1)));
    assert_eq!(shown(&view), [("full_name".to_owned(), Some(json!("张三"))), ("why".to_owned(), None)]);
    let again = view.form.fields().nth(1).unwrap();
    assert_eq!((again.earlier[0].value.clone(), again.earlier[0].version), (json!("因为"), 1));
    let [gone] = view.earlier.as_slice() else { panic!("nothing is kept beside the form") };
    assert_eq!((gone.value.clone(), gone.fate), (json!("旧"), Fate::NoLongerAsked));
    let receipt = view.requirements.iter().find(|paper| paper.requirement_id.as_str() == "receipt").unwrap();
    assert_eq!(receipt.resolution.files().len(), 1, "the photograph goes with its paper");
    assert!(
        view.needed.iter().any(|needed| matches!(needed, Needed::Declaration { .. })),
        "a word holds for what it was given to"
    );
    let again = person.opened_again().drafts().open(draft_id).unwrap();
    assert!(again == DraftView { moved_from: None, ..view });
}

#[tokio::test]
async fn drafts_of_the_last_three_versions_all_open() {
    let migrations = |to: u32| {
        (1..to).map(|from| Migration {
            from,
            steps: vec![renamed(&format!("f{from}"), &format!("f{}", from + 1))],
        })
    };
    let person = TestPerson::new();
    let drafts = person.compartment.drafts();
    let mut begun = Vec::new();
    for number in 1..=4 {
        let fields = vec![words(&format!("f{number}"))];
        person.publish(&version(number, fields, migrations(number).collect()));
        let draft_id = drafts.create(&"changing".into()).unwrap();
        let field = format!("f{number}");
        drafts.set_answer(draft_id, &field.as_str().into(), &json!(field)).unwrap();
        begun.push((draft_id, field));
    }
    for (draft_id, word) in begun {
        let view = drafts.open(draft_id).unwrap();
        assert_eq!((view.service_version, shown(&view)), (4, vec![("f4".to_owned(), Some(json!(word)))]));
    }
}

#[tokio::test]
async fn a_form_that_needs_a_newer_app_leaves_the_draft_as_it_was() {
    let person = TestPerson::new();
    let (draft_id, drafts) = (begun(&person), person.compartment.drafts());
    let before = drafts.show(draft_id).unwrap();
    let strange = vec![Migration { from: 1, steps: vec![MigrationStep::Unknown] }];
    person.publish(&version(2, vec![words("name")], strange));
    assert!(drafts.open(draft_id).unwrap() == before);
    let mut beyond = words("name");
    beyond.kind = FieldKind::Unknown;
    person.publish(&version(3, vec![beyond], Vec::new()));
    assert!(drafts.open(draft_id).unwrap() == before);
}

#[tokio::test]
async fn a_move_is_all_or_nothing() {
    let person = TestPerson::new();
    let (draft_id, drafts) = (begun(&person), person.compartment.drafts());
    let before = drafts.show(draft_id).unwrap();
    person.publish(&second());
    for step in ["INSERT ON answers", "DELETE ON answers", "INSERT ON draft_parts", "UPDATE ON draft_parts"] {
        person
            .execute(&format!("CREATE TRIGGER fault BEFORE {step} BEGIN SELECT RAISE(ABORT, 'fault'); END"));
        assert!(drafts.open(draft_id).is_err(), "{step}");
        person.execute("DROP TRIGGER fault");
        assert!(person.opened_again().drafts().show(draft_id).unwrap() == before, "{step}");
    }
    assert_eq!(drafts.open(draft_id).unwrap().service_version, 2);
}

/// What can happen to a draft.
#[derive(Debug, Clone)]
enum Event {
    Set(&'static str),
    Type(&'static str),
    Clear(&'static str),
    Publish(Vec<(&'static str, bool)>, Vec<MigrationStep>),
    Open,
    BreakWhileOpening(usize),
    Reopen,
}

fn name() -> impl Strategy<Value = &'static str> {
    prop_oneof![Just("a"), Just("b"), Just("c"), Just("d")]
}

fn event() -> impl Strategy<Value = Event> {
    let step = prop_oneof![
        (name(), name()).prop_map(|(from, to)| renamed(from, to)),
        name().prop_map(|field| MigrationStep::AskAgain { field: field.into() }),
        (name(), name()).prop_map(|(from, to)| MigrationStep::Converted {
            from: vec![from.into()],
            to: to.into(),
            rule: json!({ "cat": [{ "var": from }, "!"] }),
        }),
    ];
    let publish = (prop::collection::vec((name(), any::<bool>()), 1..4), prop::collection::vec(step, 0..3));
    prop_oneof![
        4 => name().prop_map(Event::Set),
        2 => name().prop_map(Event::Type),
        1 => name().prop_map(Event::Clear),
        2 => publish.prop_map(|(fields, steps)| Event::Publish(fields, steps)),
        3 => Just(Event::Open),
        1 => (0_usize..4).prop_map(Event::BreakWhileOpening),
        1 => Just(Event::Reopen),
    ]
}

/// Everything that the person wrote and can still find: answers, hidden or not, half words, and what is kept beside
/// the form.
fn reachable(compartment: &Compartment, draft_id: DraftId) -> Vec<Value> {
    let own = compartment.read(|tx, sealer| records::own_answers(tx, sealer, draft_id)).unwrap();
    let earlier = compartment.read(|tx, sealer| records::earlier(tx, sealer, draft_id)).unwrap();
    let typed = own.typed.into_values().map(Value::from);
    own.answers.into_values().chain(typed).chain(earlier.into_iter().map(|earlier| earlier.value)).collect()
}

struct Story {
    person: TestPerson,
    compartment: Compartment,
    draft_id: DraftId,
    number: u32,
    written: Vec<Value>,
}

impl Story {
    fn begin() -> Self {
        let person = TestPerson::new();
        person.publish(&version(1, vec![words("a"), words("b")], Vec::new()));
        let compartment = person.compartment.clone();
        let draft_id = compartment.drafts().create(&"changing".into()).unwrap();
        Self { person, compartment, draft_id, number: 1, written: Vec::new() }
    }

    /// What stands at a field now, and would be gone with a new answer.
    fn standing(&self, field: &str) -> Option<Value> {
        let draft_id = self.draft_id;
        let own = self.compartment.read(|tx, sealer| records::own_answers(tx, sealer, draft_id)).unwrap();
        let typed = own.typed.get(field).cloned().map(Value::from);
        typed.or_else(|| own.answers.get(&field.into()).cloned())
    }

    /// Notes that the person put something in the place of what stood there.
    fn replaced(&mut self, old: Option<Value>, new: Option<Value>) {
        let place = old.and_then(|old| self.written.iter().position(|value| *value == old));
        place.map(|place| self.written.remove(place));
        self.written.extend(new);
    }

    fn happen(&mut self, turn: usize, event: Event) {
        let drafts = self.compartment.drafts();
        match event {
            Event::Set(field) => {
                let (word, old) = (json!(format!("word {turn}")), self.standing(field));
                if drafts.set_answer(self.draft_id, &field.into(), &word).is_ok() {
                    self.replaced(old, Some(word));
                }
            }
            Event::Type(field) => {
                let (word, old) = (format!("much too long a word {turn}"), self.standing(field));
                if drafts.type_answer(self.draft_id, &field.into(), &word).is_ok() {
                    self.replaced(old, Some(json!(word)));
                }
            }
            Event::Clear(field) => {
                let old = self.standing(field);
                drafts.clear_answer(self.draft_id, &field.into()).unwrap();
                self.replaced(old, None);
            }
            Event::Publish(fields, steps) => {
                let mut seen = Vec::new();
                let field = |(name, long): (&'static str, bool)| {
                    let max_length = if long { 200 } else { 20 };
                    Field { kind: FieldKind::Text { max_length }, ..words(name) }
                };
                let fields = fields.into_iter().filter(|(name, _)| {
                    !seen.contains(name) && {
                        seen.push(*name);
                        true
                    }
                });
                let fields = fields.map(field).collect();
                let migrations = vec![Migration { from: self.number, steps }];
                self.number += 1;
                self.person.publish(&version(self.number, fields, migrations));
            }
            Event::Open => drop(drafts.open(self.draft_id).unwrap()),
            Event::BreakWhileOpening(step) => {
                let steps =
                    ["INSERT ON answers", "DELETE ON answers", "INSERT ON draft_parts", "UPDATE ON drafts"];
                self.person.execute(&format!(
                    "CREATE TRIGGER fault BEFORE {} BEGIN SELECT RAISE(ABORT, 'fault'); END",
                    steps[step]
                ));
                drop(drafts.open(self.draft_id));
                self.person.execute("DROP TRIGGER fault");
            }
            Event::Reopen => self.compartment = self.person.opened_again(),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn nothing_written_is_ever_out_of_reach(events in prop::collection::vec(event(), 1..24)) {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let _entered = runtime.enter();
        let mut story = Story::begin();
        for (turn, event) in events.into_iter().enumerate() {
            story.happen(turn, event);
            let found = reachable(&story.compartment, story.draft_id);
            for written in &story.written {
                prop_assert!(found.contains(written), "{} is out of reach", written);
            }
            let drafts = story.compartment.drafts();
            let (once, twice) = (drafts.show(story.draft_id).unwrap(), drafts.show(story.draft_id).unwrap());
            prop_assert!(once == twice, "the same draft was shown in two ways");
        }
    }
}
