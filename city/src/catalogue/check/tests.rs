//! Every fault is told with its line, and no document is too hostile to be told why.

use citizen_api::catalogue::PublicService;
use serde_json::{Value, json};

use super::check;
use crate::testing::bus_pass;

fn pretty(document: &Value) -> String {
    serde_json::to_string_pretty(document).unwrap()
}

fn edited(edit: impl FnOnce(&mut Value)) -> Value {
    let mut document = bus_pass();
    edit(&mut document);
    document
}

#[test]
fn a_sound_document_is_read() {
    let service = check("bus-pass", &pretty(&bus_pass())).unwrap();
    assert_eq!(service.service_id.as_str(), "bus-pass");
}

#[test]
fn every_fault_is_told_with_its_line_and_how_to_mend_it() {
    let document = edited(|it| {
        it["title"]["en"] = json!("");
        it["colour"] = json!("red");
        it["requirements"][0]["routes"] = json!([]);
        it["legal_deadline_days"] = json!(1);
    });
    let text = pretty(&document);
    let found = check("bus-pass", &text).unwrap_err();
    for (pointer, written) in
        [("/title/en", "\"en\": \"\""), ("/colour", "\"colour\""), ("/promised_deadline_days", "\"promised_")]
    {
        let placed = found.iter().find(|placed| placed.fault.pointer == pointer).expect(pointer);
        let line = text.lines().nth(usize::try_from(placed.line).unwrap() - 1).unwrap();
        assert!(line.contains(written), "{pointer} is told in the line {line}");
    }
    assert!(found.iter().any(|placed| placed.fault.pointer == "/requirements/0/routes"));
    assert!(found.is_sorted_by_key(|placed| placed.line));
    let words = found[0].words("bus-pass.json");
    assert!(words.en.starts_with(&format!("bus-pass.json:{}: /", found[0].line)), "{}", words.en);
}

#[test]
fn a_name_that_is_there_twice_is_told_where_it_stands_the_second_time() {
    let text = pretty(&bus_pass()).replacen("\"version\": 1", "\"version\": 1,\n\"version\": 2", 1);
    let found = check("bus-pass", &text).unwrap_err();
    let placed = found.iter().find(|placed| placed.fault.reason.en.contains("stands twice")).unwrap();
    assert_eq!(text.lines().nth(placed.line as usize - 1), Some("\"version\": 2,"));
}

#[test]
fn text_that_is_no_json_is_told_with_its_line() {
    let found = check("x", "{\n \"a\": 1,\n}").unwrap_err();
    assert_eq!((found.len(), found[0].line), (1, 3));
    assert!(found[0].fault.reason.zh.contains("不是 JSON"));
}

/// A number of options for a choice.
fn options(count: usize) -> Vec<Value> {
    (0..count).map(|n| json!({ "value": format!("v{n}"), "label": { "zh": "是", "en": "yes" } })).collect()
}

/// A rule that is nested so deep.
fn nested(depth: usize) -> Value {
    (0..depth).fold(json!(true), |inner, _| json!({ "!": [inner] }))
}

fn with_rule(rule: Value) -> Value {
    edited(|it| it["form"]["pages"][0]["fields"][1]["visible_when"] = rule)
}

/// A form of 450 fields.
fn many_fields() -> Value {
    edited(|it| {
        let page = it["form"]["pages"][0].clone();
        it["form"]["pages"] = (0..90)
            .map(|n| {
                let mut page = page.clone();
                let fields = (0..5).map(|m| {
                    let mut field = page["fields"][1].clone();
                    field["field_id"] = json!(format!("f{n}_{m}"));
                    field
                });
                page["fields"] = fields.collect();
                page
            })
            .collect();
    })
}

#[test]
fn hostile_documents_are_refused_with_words() {
    let field = |kind: Value| edited(|it| it["form"]["pages"][0]["fields"][1]["kind"] = kind);
    let reading = |name: &str| json!({ "!!": [{ "var": name }] });
    let circle = edited(|it| {
        let fields = &mut it["form"]["pages"][0]["fields"];
        fields[0]["visible_when"] = reading("line");
        fields[1]["visible_when"] = reading("name");
    });
    let own_circle = edited(|it| it["form"]["pages"][0]["fields"][1]["compute"] = json!({ "var": "line" }));
    let one = r#"{"value":"v","label":{"zh":"是","en":"yes"}},"#;
    let many_options = field(json!({ "type": "choice", "options": ["…"] }))
        .to_string()
        .replace("\"…\"", one.repeat(100_000).trim_end_matches(','));
    let cases = [
        ("deep lists", pretty(&edited(|it| it["keywords"] = nested(60))), "deeper"),
        ("a rule without end", pretty(&with_rule(nested(40))), "deeper"),
        ("200,000 brackets", "[".repeat(200_000), "deeper"),
        ("100,000 options", many_options, "KiB"),
        (
            "2,000 options",
            field(json!({ "type": "choice", "options": options(2_000) })).to_string(),
            "At most 1000",
        ),
        ("a huge rule", pretty(&with_rule(json!({ "or": vec![true; 5_000] }))), "nodes"),
        ("a rule of several names", pretty(&with_rule(json!({ "+": [1], "-": [1] }))), "one key"),
        ("a rule that nobody knows", pretty(&with_rule(json!({ "system": ["rm"] }))), "no operation"),
        ("a rule about nothing", pretty(&with_rule(reading("horoscope"))), "horoscope"),
        ("a circle of two", pretty(&circle), "itself"),
        ("a circle of one", pretty(&own_circle), "itself"),
        ("450 fields", pretty(&many_fields()), "400"),
        ("an unknown kind", pretty(&field(json!({ "type": "script", "source": "x" }))), "must be one of"),
        (
            "a pattern that never ends",
            pretty(&field(json!({ "type": "text", "max_length": 9, "pattern": "(a+)+$" }))),
            "Nothing is called “pattern”",
        ),
        ("no object", "[1, 2]".to_owned(), "must be an object"),
        (
            "a number beyond all bounds",
            pretty(&field(json!({ "type": "number", "min": 1, "max": 1e300 }))),
            "whole number",
        ),
    ];
    for (what, text, words) in cases {
        let found = check("bus-pass", &text).expect_err(what);
        assert!(found.len() <= 250, "{what}");
        let told = found.iter().any(|placed| placed.fault.reason.en.contains(words));
        assert!(told, "{what}: {:?}", found.first());
        assert!(found.iter().all(|placed| !placed.fault.reason.zh.is_empty()), "{what}");
    }
}

#[test]
fn the_schema_and_the_reader_agree() {
    // What the schema takes, the reader reads; what it does not, the reader does not take for the same service.
    for (name, text) in crate::catalogue::documents::EMBEDDED {
        assert!(check(name, text).is_ok(), "{name}");
    }
    for pointer in ["/title", "/form", "/workflow", "/requirements/0/title", "/form/pages/0/fields/0/kind"] {
        for broken in [json!(null), json!(7), json!("x"), json!([]), json!({ "a": 1 })] {
            let document = edited(|it| *it.pointer_mut(pointer).unwrap() = broken.clone());
            assert!(!crate::catalogue::schema::faults(&document).is_empty(), "{pointer} {broken}");
            let read = serde_json::from_value::<PublicService>(document.clone());
            let whole = read.is_ok_and(|service| super::not_understood(&document, &service).is_none());
            assert!(!whole, "{pointer} {broken}");
        }
    }
}
