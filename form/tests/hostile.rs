//! Documents that somebody made to do harm, or for a newer app: refused with words, never a panic.

#![cfg(test)]

use citizen_api::catalogue::PublicService;
use citizen_api::form::Answers;
use citizen_form::answers::check_all;
use citizen_form::compiled::{DocumentError, MAX_DOCUMENT, read_service};
use citizen_form::migrate::{MAX_MIGRATION_STEPS, Written, is_understood, migrate};
use citizen_form::{CompiledForm, answer};
use jiff::civil::{Date, date};
use serde_json::{Value, json};

#[path = "worst/mod.rs"]
mod worst;

const TODAY: Date = date(2026, 11, 24);

fn text(words: &str) -> Value {
    json!({ "zh": words, "en": words })
}

fn field(name: &str, kind: Value) -> Value {
    json!({ "field_id": name, "label": text(name), "kind": kind })
}

fn ruled(name: &str, rule: &Value) -> Value {
    json!({ "field_id": name, "label": text(name), "kind": { "type": "yes_no" }, "visible_when": rule })
}

fn group(fields: &[Value], max: u64) -> Value {
    json!({ "type": "group", "entry": text("entry"), "min": 0, "max": max, "fields": fields })
}

fn choice(options: usize) -> Value {
    let option = |at: usize| json!({ "value": at.to_string(), "label": text("o") });
    json!({ "type": "choice", "options": (0..options).map(option).collect::<Vec<_>>() })
}

fn document(fields: &[Value]) -> Value {
    json!({
        "service_id": "hostile", "version": 1, "title": text("t"), "summary": text("s"), "department": text("d"),
        "form": { "pages": [{ "title": text("p"), "fields": fields }] },
        "legal_deadline_days": 1, "promised_deadline_days": 1, "result": text("r"), "workflow": "decision"
    })
}

fn with(name: &str, value: Value) -> String {
    let mut document = document(&[]);
    document[name] = value;
    document.to_string()
}

fn read(fields: &[Value]) -> PublicService {
    read_service(&document(fields).to_string()).unwrap()
}

#[test]
fn a_document_that_is_too_large_or_none_is_not_read() {
    let sound = document(&[field("a", json!({ "type": "date" }))]).to_string();
    assert!(read_service(&sound).is_ok());
    let spaces = |count: usize| sound.clone() + &" ".repeat(count);
    assert!(read_service(&spaces(MAX_DOCUMENT - sound.len())).is_ok());
    let many: Vec<Value> = (0..100_000).map(|at| field(&at.to_string(), json!({ "type": "note" }))).collect();
    for large in [
        spaces(MAX_DOCUMENT + 1 - sound.len()),
        with("summary", text(&"x".repeat(1_024 * 1_024))),
        document(&many).to_string(),
    ] {
        assert_eq!(read_service(&large), Err(DocumentError::TooLarge));
    }
    let deep = "[".repeat(100_000) + &"]".repeat(100_000);
    let twice = sound.replacen("\"version\":1", "\"version\":1,\"version\":2", 1);
    for strange in [
        deep.clone(),
        format!("{{\"form\":{deep}}}"),
        twice,
        sound.replace("\"version\":1", "\"version\":4294967296"),
        sound.replace("\"version\":1", "\"version\":1e999"),
        sound.replace("\"version\":1", "\"version\":-1"),
        sound.replace("\"zh\":\"a\"", "\"zh\":\"\\ud800\""),
        sound.replace("\"zh\":\"a\"", "\"zh\":\"\u{0}\""),
        with("workflow", json!("by_dream")),
        with("delivery", json!(["by_owl"])),
        with(
            "requirements",
            json!([{ "requirement_id": "r", "title": text("r"), "routes": [{ "route": "tunnel" }] }]),
        ),
        String::new(),
        "null".to_owned(),
    ] {
        assert_eq!(read_service(&strange), Err(DocumentError::NotUnderstood), "{:.80}", strange);
    }
    let reason = DocumentError::TooLarge.reason();
    assert!(reason.zh.contains("窗口") && reason.en.contains("counter"), "{reason:?}");
}

#[test]
fn what_a_newer_city_may_add_is_read_past() {
    for (name, value) in [
        ("audience", json!(["robots"])),
        ("counters", json!(["moon"])),
        ("smell", json!({ "of": ["roses"] })),
        ("migrations", json!([{ "from": 0, "steps": [{ "step": "dream", "of": 1 }] }])),
    ] {
        assert!(read_service(&with(name, value)).is_ok(), "{name}");
    }
    let odd = [field("a\u{0}\u{202e}\u{1f600}", json!({ "type": "text", "max_length": u32::MAX }))];
    assert!(CompiledForm::compile(&read(&odd).form).is_ok(), "a name is a name");
}

#[test]
fn a_form_beyond_the_bounds_is_refused_with_its_fault() {
    let date = || json!({ "type": "date" });
    let list: Vec<u32> = vec![1; 4_096];
    let deep = (0..32).fold(json!(1), |inner, _| json!({ "!": inner }));
    let looped = |from: &str, to: &str| ruled(from, &json!({ "var": to }));
    let paper = |name: &str| field(name, json!({ "type": "attachment", "requirement": "r" }));
    for (fields, fault, newer) in [
        (vec![field("a", json!({ "type": "hologram" }))], "not known", true),
        (vec![field("g", group(&[field("a", json!({ "type": "hologram" }))], 1))], "not known", true),
        (vec![ruled("a", &json!({ "regex": ["^(a+)+$", "aaaa"] }))], "no operation regex", true),
        (vec![ruled("a", &deep)], "nested deeper than 32", false),
        (vec![ruled("a", &json!({ "+": list }))], "more than 4096 nodes", false),
        (vec![ruled("a", &json!("x".repeat(70_000)))], "longer than 65536 bytes", false),
        (vec![ruled("a", &json!({ "var": "b", "val": "b" }))], "an object of one key", false),
        (vec![ruled("a", &json!({ "var": { "var": "b" } }))], "a name that is computed", false),
        (vec![looped("a", "b"), looped("b", "c"), looped("c", "a")], "depends on itself", false),
        (vec![looped("a", "a")], "depends on itself", false),
        (vec![field("a", date()), field("a", date())], "two fields are named a", false),
        (vec![field("g", group(&[field("h", group(&[], 1))], 1))], "cannot stand in a group", false),
        (vec![field("g", group(&[], u64::from(u32::MAX)))], "more than 100 entries", false),
        (vec![field("a", choice(1_001))], "more than 1000 options", false),
        (vec![field("g", group(&[field("a", choice(900))], 100))], "bytes in the entries of a group", false),
        (vec![paper("a"), paper("b")], "shown by another field", false),
        ((0..401).map(|at| field(&at.to_string(), date())).collect(), "more than 400 fields", false),
    ] {
        let service = read(&fields);
        let error = CompiledForm::compile(&service.form).map(drop).unwrap_err();
        assert!(error.to_string().contains(fault), "{error} is not {fault}");
        assert_eq!(error.needs_newer_app(), newer, "{error}");
        assert!(error.reason().zh.contains("窗口"), "{error} names no way out");
    }
}

#[test]
fn answers_of_any_kind_are_judged_without_harm() {
    let inner = [field("n", json!({ "type": "number", "min": i64::MIN, "max": i64::MAX }))];
    let service = read(&[
        field("a", json!({ "type": "text", "max_length": 9 })),
        field("m", json!({ "type": "money", "min": i64::MIN, "max": i64::MAX })),
        field("g", group(&inner, 2)),
        field(
            "o",
            json!({ "type": "choices", "min": 0, "max": 1, "options": [{ "value": "v", "label": text("v") }] }),
        ),
    ]);
    let form = CompiledForm::compile(&service.form).unwrap();
    let deep = (0..120).fold(json!(1), |inner, _| json!([inner]));
    for (name, value) in [
        ("a", json!("\u{0}")),
        ("a", json!("x".repeat(1_024 * 1_024))),
        ("a", deep.clone()),
        ("m", json!(u64::MAX)),
        ("m", json!(1e300)),
        ("m", json!(-0.0)),
        ("g", json!([{ "n": u64::MAX }])),
        ("g", json!([{ "n": 1, "n2": 1 }])),
        ("g", json!(vec![json!({}); 100_000])),
        ("g", deep),
        ("o", json!(vec!["w"; 100_000])),
        ("nobody asked", json!(true)),
    ] {
        let answers = Answers::from([(name.into(), value)]);
        let findings = check_all(&form, &answers, TODAY);
        assert_eq!(findings.len(), 1, "{name}");
        assert!(!findings[0].error.reason().en.is_empty());
    }
    for beyond in ["{\"m\":1e999}", "{\"a\":\"\\udc00\"}", "{\"a\":\"\u{1}\"}"] {
        assert!(serde_json::from_str::<Answers>(beyond).is_err(), "{beyond}");
    }
}

#[test]
fn an_option_that_is_there_twice_is_chosen_once() {
    let option = json!({ "value": "v", "label": text("v") });
    let kind = json!({ "type": "choices", "min": 1, "max": 1, "options": [option, option] });
    let service = read(&[field("a", kind)]);
    let field = service.form.fields().next().unwrap();
    assert_eq!(answer::check(field, &json!(["v", "v"])), Ok(json!(["v"])));
}

#[test]
fn a_move_of_too_many_steps_waits_and_loses_nothing() {
    let before = read(&[field("a", json!({ "type": "text", "max_length": 9 }))]);
    let rule = json!({ "map": [vec![1; 400], { "+": [{ "var": "" }, 1, 2, 3] }] });
    let convert = json!({ "step": "converted", "from": ["a"], "to": "a", "rule": rule });
    for (count, understood) in [(MAX_MIGRATION_STEPS, true), (MAX_MIGRATION_STEPS + 1, false)] {
        let mut after = document(&[field("a", json!({ "type": "date" }))]);
        after["version"] = json!(2);
        after["migrations"] = json!([{ "from": 1, "steps": vec![convert.clone(); count] }]);
        let after: PublicService = serde_json::from_value(after).unwrap();
        assert_eq!(is_understood(1, &after), understood);
        let answers = Answers::from([("a".into(), json!("mine"))]);
        let moved = migrate(&before, &after, Written { answers, earlier: Vec::new() });
        assert!(moved.earlier.iter().any(|earlier| earlier.value == json!("mine")));
    }
}

#[test]
fn the_dearest_documents_are_judged_or_refused() {
    let mut judged = 0;
    for worst in worst::all() {
        let service = read_service(&worst.document).unwrap();
        let Ok(form) = CompiledForm::compile(&service.form) else { continue };
        let answers: Answers = serde_json::from_value(worst.answers).unwrap();
        let state = form.evaluate(&answers, TODAY);
        assert_eq!(state, form.evaluate(&answers, TODAY), "{}", worst.what);
        judged += 1;
    }
    assert!(judged >= 10, "only {judged} were judged");
}
