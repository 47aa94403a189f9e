//! The dearest documents that are thinkable, each with the answers that make it dearest: as large as a document may
//! be, and with rules that spend all that rules may spend.

use serde_json::{Map, Value, json};

/// A document that is dear in one way.
pub(crate) struct Worst {
    /// In which way.
    pub(crate) what: &'static str,
    /// The document.
    pub(crate) document: String,
    /// The answers to it.
    pub(crate) answers: Value,
}

/// All of them.
pub(crate) fn all() -> Vec<Worst> {
    vec![
        steps("a rule that takes every step", json!({ "map": [numbers(130), { "+": [{ "var": "" }, 1] }] })),
        steps(
            "days at every step",
            json!({ "map": [numbers(120), { "date_add": ["2024-01-31", { "var": "" }, "months"] }] }),
        ),
        steps(
            "texts at every step",
            json!({ "map": [numbers(60), { "cat": ["x".repeat(40), { "var": "" }] }] }),
        ),
        steps(
            "reduced lists",
            json!({ "reduce": [numbers(130), { "max": [{ "var": "current" }, { "var": "accumulator" }] }, 0] }),
        ),
        copies("a list that is too large to be copied", 50, 190, "lots"),
        copies("a list that is copied again and again", 10, 190, "few"),
        entries(
            "computed in every entry",
            &json!({ "type": "money", "min": 0, "max": 9 }),
            &json!({ "-": [{ "var": "n" }, 1] }),
        ),
        entries("computed wrongly in every entry", &choice(60), &json!({ "cat": [{ "var": "n" }, "?"] })),
        chain(),
        options(),
        nested(),
    ]
}

fn text(words: &str) -> Value {
    json!({ "zh": words, "en": words })
}

fn field(name: &str, kind: &Value, more: &Value) -> Value {
    let mut field = json!({ "field_id": name, "label": text(""), "kind": kind });
    if let (Some(field), Some(more)) = (field.as_object_mut(), more.as_object()) {
        field.extend(more.clone());
    }
    field
}

fn group(fields: &[Value], max: usize) -> Value {
    json!({ "type": "group", "entry": text(""), "min": 0, "max": max, "fields": fields })
}

fn document(fields: &[Value]) -> String {
    json!({
        "service_id": "worst", "version": 1, "title": text("t"), "summary": text(""), "department": text(""),
        "form": { "pages": [{ "title": text("p"), "fields": fields }] },
        "legal_deadline_days": 1, "promised_deadline_days": 1, "result": text(""), "workflow": "decision"
    })
    .to_string()
}

fn numbers(count: usize) -> Value {
    (0..count).map(|number| number % 10).collect()
}

fn choice(count: usize) -> Value {
    let option = |at: usize| json!({ "value": format!("v{at}"), "label": text("o") });
    json!({ "type": "choice", "options": (0..count).map(option).collect::<Vec<_>>() })
}

/// As many fields as there may be, each with the same rule.
fn steps(what: &'static str, rule: Value) -> Worst {
    let yes_no = json!({ "type": "yes_no" });
    let fields: Vec<Value> =
        (0..400).map(|at| field(&format!("f{at}"), &yes_no, &json!({ "required_when": rule }))).collect();
    Worst { what, document: document(&fields), answers: json!({}) }
}

/// A group that is answered in full, and another whose every entry reads all of it.
fn copies(what: &'static str, fields: usize, readers: usize, read: &str) -> Worst {
    let yes_no = json!({ "type": "yes_no" });
    let rule = json!({ "required_when": { "in": [1, { "var": read }] } });
    let inner: Vec<Value> = (0..fields).map(|at| field(&format!("a{at}"), &yes_no, &json!({}))).collect();
    let reading: Vec<Value> = (0..readers).map(|at| field(&format!("b{at}"), &yes_no, &rule)).collect();
    let entry = |fields: usize| -> Value {
        (0..fields).map(|at| (format!("a{at}"), json!(true))).collect::<Map<_, _>>().into()
    };
    let fields_of_form =
        [field(read, &group(&inner, 100), &json!({})), field("readers", &group(&reading, 30), &json!({}))];
    let answers = json!({ read: vec![entry(fields); 100], "readers": vec![json!({}); 30] });
    Worst { what, document: document(&fields_of_form), answers }
}

/// A group whose entries are computed, as many as there may be.
fn entries(what: &'static str, kind: &Value, rule: &Value) -> Worst {
    let number = field("n", &json!({ "type": "number", "min": 0, "max": 9 }), &json!({}));
    let computed = |at| field(&format!("c{at}"), kind, &json!({ "compute": rule }));
    let size = computed(100).to_string().len() + 18;
    let count = (10_000 / size).clamp(1, 390);
    let inner: Vec<Value> = std::iter::once(number).chain((0..count).map(computed)).collect();
    let fields = [field("g", &group(&inner, 100), &json!({}))];
    Worst { what, document: document(&fields), answers: json!({ "g": vec![json!({ "n": 5 }); 100] }) }
}

/// Each field depends on all that come after it.
fn chain() -> Worst {
    let number = json!({ "type": "number", "min": 0, "max": 9 });
    let one = |at: usize| {
        let read: Vec<Value> =
            (at + 1..400).take(30).map(|other| json!({ "var": format!("f{other}") })).collect();
        field(&format!("f{at}"), &number, &json!({ "required_when": { "+": read } }))
    };
    let fields: Vec<Value> = (0..400).map(one).collect();
    let answers = (0..400).map(|at| (format!("f{at}"), json!(5))).collect::<Map<_, _>>();
    Worst {
        what: "each field depends on those behind it",
        document: document(&fields),
        answers: answers.into(),
    }
}

/// Many options, and an answer that names each of them often.
fn options() -> Worst {
    let of = |at: usize| json!({ "value": format!("v{at}"), "label": text("o") });
    let options: Vec<Value> = (0..1_000).map(of).collect();
    let kind = json!({ "type": "choices", "options": options, "min": 0, "max": 1_000 });
    let fields: Vec<Value> = (0..5).map(|at| field(&format!("f{at}"), &kind, &json!({}))).collect();
    let chosen: Vec<String> = (0..20_000).map(|at| format!("v{}", 999 - at % 9)).collect();
    let answers = (0..5).map(|at| (format!("f{at}"), json!(chosen))).collect::<Map<_, _>>();
    Worst { what: "options that are chosen often", document: document(&fields), answers: answers.into() }
}

/// Groups as deep as JSON is read, around as much as fits.
fn nested() -> Worst {
    let note = json!({ "type": "note" });
    let fill: Vec<Value> = (0..2_500).map(|at| field(&format!("n{at}"), &note, &json!({}))).collect();
    let inner = (0..25).fold(fill, |inner, at| vec![field(&format!("g{at}"), &group(&inner, 1), &json!({}))]);
    Worst { what: "groups within groups", document: document(&inner), answers: json!({}) }
}
