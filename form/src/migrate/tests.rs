//! The promises of a move.

use citizen_api::catalogue::PublicService;
use citizen_api::form::Answers;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{EarlierAnswer, Fate, Written, is_understood, migrate, renamed_requirements};

fn text(words: &str) -> Value {
    json!({ "zh": words, "en": words })
}

fn service(version: u32, fields: &[(&str, Value)], migrations: Value) -> PublicService {
    let fields: Vec<Value> = fields
        .iter()
        .map(|(name, kind)| json!({ "field_id": name, "label": text(name), "kind": kind }))
        .collect();
    serde_json::from_value(json!({
        "service_id": "s", "version": version, "title": text("s"), "summary": text("s"),
        "department": text("d"), "form": { "pages": [{ "title": text("p"), "fields": fields }] },
        "migrations": migrations, "legal_deadline_days": 1, "promised_deadline_days": 1,
        "result": text("r"), "workflow": "decision"
    }))
    .unwrap()
}

fn words() -> Value {
    json!({ "type": "text", "max_length": 20 })
}

fn money() -> Value {
    json!({ "type": "money", "min": 0, "max": 100_000 })
}

fn written(answers: Value) -> Written {
    Written { answers: serde_json::from_value(answers).unwrap(), earlier: Vec::new() }
}

fn answers(written: &Written) -> Value {
    serde_json::to_value(&written.answers).unwrap()
}

fn earlier(written: &Written) -> Vec<(&str, Value, Fate)> {
    let told = |earlier: &EarlierAnswer| earlier.value.clone();
    written.earlier.iter().map(|earlier| (earlier.field_id.as_str(), told(earlier), earlier.fate)).collect()
}

#[test]
fn each_step_keeps_what_was_written() {
    let from = service(
        1,
        &[
            ("name", words()),
            ("yuan", json!({ "type": "number", "min": 0, "max": 999 })),
            ("why", words()),
            ("old", words()),
        ],
        json!([]),
    );
    let to = service(
        2,
        &[("full_name", words()), ("amount", money()), ("why", words())],
        json!([{ "from": 1, "steps": [
            { "step": "renamed", "from": "name", "to": "full_name" },
            { "step": "converted", "from": ["yuan"], "to": "amount", "rule": { "*": [{ "var": "yuan" }, 100] } },
            { "step": "ask_again", "field": "why" },
        ] }]),
    );
    let moved =
        migrate(&from, &to, written(json!({ "name": "张三", "yuan": 12, "why": "因为", "old": "旧" })));
    assert_eq!(answers(&moved), json!({ "full_name": "张三", "amount": 1200 }));
    assert_eq!(
        earlier(&moved),
        [
            ("yuan", json!(12), Fate::Converted),
            ("why", json!("因为"), Fate::AskAgain),
            ("old", json!("旧"), Fate::NoLongerAsked),
        ]
    );
    assert_eq!(moved.earlier[2].label.zh, "old");
}

#[test]
fn versions_are_moved_through_one_by_one() {
    let from = service(1, &[("a", words())], json!([]));
    let rename = |from: u32, before: &str, after: &str| {
        json!({ "from": from, "steps": [
            { "step": "renamed", "from": before, "to": after },
            { "step": "requirement_renamed", "from": before, "to": after },
        ] })
    };
    // The order in the document does not matter.
    let to =
        service(4, &[("d", words())], json!([rename(3, "c", "d"), rename(1, "a", "b"), rename(2, "b", "c")]));
    assert_eq!(answers(&migrate(&from, &to, written(json!({ "a": "x" })))), json!({ "d": "x" }));
    let names = renamed_requirements(1, &to);
    assert_eq!(names[&"a".into()], "d".into());
    assert!(is_understood(1, &to));
    let newer = service(2, &[], json!([{ "from": 1, "steps": [{ "step": "hologram" }] }]));
    assert!(!is_understood(1, &newer) && is_understood(2, &newer));
}

#[test]
fn what_does_not_fit_is_asked_again_with_what_was_written() {
    let from = service(1, &[("a", words()), ("who", words())], json!([]));
    let person = json!({ "type": "group", "entry": text("e"), "min": 0, "max": 2, "fields": [
        { "field_id": "n", "label": text("n"), "kind": words() }
    ] });
    let to = service(2, &[("a", money()), ("who", person)], json!([]));
    let moved = migrate(&from, &to, written(json!({ "a": "百元", "who": "小明" })));
    assert_eq!(answers(&moved), json!({}));
    assert_eq!(
        earlier(&moved),
        [("a", json!("百元"), Fate::AskAgain), ("who", json!("小明"), Fate::AskAgain)]
    );
}

#[test]
fn the_right_parts_of_a_group_stay_answered() {
    let group = |inner: &str| {
        json!({ "type": "group", "entry": text("e"), "min": 0, "max": 2, "fields": [
            { "field_id": "n", "label": text("n"), "kind": words() },
            { "field_id": inner, "label": text(inner), "kind": words() }
        ] })
    };
    let from = service(1, &[("g", group("old"))], json!([]));
    let to = service(2, &[("g", group("new"))], json!([]));
    let given = json!([{ "n": "甲", "old": "乙" }]);
    let moved = migrate(&from, &to, written(json!({ "g": given })));
    assert_eq!(answers(&moved), json!({ "g": [{ "n": "甲" }] }));
    assert_eq!(earlier(&moved), [("g", given, Fate::AskAgain)]);
}

#[test]
fn a_question_that_comes_back_is_answered_as_before() {
    let first = service(1, &[("a", words())], json!([]));
    let second = service(2, &[], json!([]));
    let third = service(3, &[("a", words())], json!([]));
    let gone = migrate(&first, &second, written(json!({ "a": "x" })));
    assert_eq!(earlier(&gone), [("a", json!("x"), Fate::NoLongerAsked)]);
    let back = migrate(&second, &third, gone);
    assert_eq!((answers(&back), earlier(&back)), (json!({ "a": "x" }), vec![]));
}

#[test]
fn a_name_that_is_taken_over_loses_nobody() {
    let from = service(1, &[("a", words()), ("b", words())], json!([]));
    let swap = json!([{ "from": 1, "steps": [
        { "step": "renamed", "from": "a", "to": "b" }, { "step": "renamed", "from": "b", "to": "a" }
    ] }]);
    let to = service(2, &[("a", words()), ("b", words())], swap);
    let moved = migrate(&from, &to, written(json!({ "a": "甲", "b": "乙" })));
    let all = format!("{} {:?}", answers(&moved), earlier(&moved));
    assert!(all.contains("甲") && all.contains("乙"), "{all}");
}

/// A small form of the names a to e, and steps among them.
fn any_kind() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(words()),
        Just(money()),
        Just(json!({ "type": "yes_no" })),
        Just(json!({ "type": "address" })),
        Just(json!({ "type": "date_range" })),
    ]
}

fn any_form() -> impl Strategy<Value = Vec<(&'static str, Value)>> {
    let field =
        |name: &'static str| proptest::option::of(any_kind()).prop_map(move |kind| Some((name, kind?)));
    ["a", "b", "c", "d"].map(field).prop_map(|fields| fields.into_iter().flatten().collect())
}

fn any_step() -> impl Strategy<Value = Value> {
    let name = || prop_oneof![Just("a"), Just("b"), Just("c"), Just("d"), Just("e")];
    prop_oneof![
        (name(), name()).prop_map(|(from, to)| json!({ "step": "renamed", "from": from, "to": to })),
        name().prop_map(|field| json!({ "step": "ask_again", "field": field })),
        (name(), name(), name()).prop_map(|(from, also, to)| json!({
            "step": "converted", "from": [from, also], "to": to, "rule": { "cat": [{ "var": from }, { "var": also }] }
        })),
    ]
}

/// An answer of the kind that can be told from every other.
fn answer_of(kind: &Value, number: usize) -> Value {
    match kind["type"].as_str().unwrap() {
        "text" => json!(format!("word {number}")),
        "money" => json!(number),
        "yes_no" => json!(number.is_multiple_of(2)),
        "address" => json!({ "town": format!("town {number}") }),
        _ => json!({ "from": format!("2026-01-{:02}", number % 28 + 1) }),
    }
}

proptest! {
    #[test]
    fn no_value_is_ever_lost(
        forms in proptest::collection::vec((any_form(), proptest::collection::vec(any_step(), 0..4)), 2..5)
    ) {
        let mut version = 1;
        let mut service_before = service(1, &forms[0].0, json!([]));
        let mut state = Written::default();
        for (form, steps) in &forms[1..] {
            let mut given = Answers::new();
            for (place, field) in service_before.form.fields().enumerate() {
                let kind = serde_json::to_value(&field.kind).unwrap();
                given.insert(field.field_id.clone(), answer_of(&kind, version as usize * 10 + place));
            }
            state.answers.extend(given);
            let before = state.clone();
            version += 1;
            let next = service(version, form, json!([{ "from": version - 1, "steps": steps }]));
            state = migrate(&service_before, &next, state);
            let values = |written: &Written| -> Vec<Value> {
                let beside = written.earlier.iter().map(|earlier| earlier.value.clone());
                written.answers.values().cloned().chain(beside).collect()
            };
            let after = values(&state);
            for value in values(&before) {
                prop_assert!(after.contains(&value), "{} is gone", value);
            }
            service_before = next;
        }
    }
}
