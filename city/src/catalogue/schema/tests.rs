//! The schema, our reader of it, and the typed reader agree.

use serde_json::{Value, json};

use super::reader::{NAME, NOT_BLANK};
use super::{MOST_FAULTS, SCHEMA, faults};
use crate::testing::bus_pass;

/// The keywords that the reader follows.
const KEYWORDS: [&str; 18] = [
    "$ref",
    "type",
    "const",
    "enum",
    "required",
    "properties",
    "additionalProperties",
    "items",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minimum",
    "maximum",
    "maxLength",
    "pattern",
    "allOf",
    "if",
    "then",
];

/// Keywords that say something about the schema itself.
const ABOUT: [&str; 5] = ["$schema", "$id", "$defs", "title", "description"];

/// Every keyword of a schema, with its value.
fn keywords<'s>(schema: &'s Value, found: &mut Vec<(&'s str, &'s Value)>) {
    let Some(schema) = schema.as_object() else { return };
    for (keyword, value) in schema {
        found.push((keyword, value));
        match keyword.as_str() {
            "properties" | "$defs" => {
                value.as_object().unwrap().values().for_each(|inner| keywords(inner, found));
            }
            "allOf" => value.as_array().unwrap().iter().for_each(|inner| keywords(inner, found)),
            "items" | "if" | "then" => keywords(value, found),
            _ => {}
        }
    }
}

#[test]
fn the_schema_uses_only_what_the_reader_knows() {
    let mut found = Vec::new();
    keywords(&SCHEMA, &mut found);
    assert!(found.len() > 500, "the schema is there");
    for (keyword, value) in found {
        assert!(KEYWORDS.contains(&keyword) || ABOUT.contains(&keyword), "{keyword}");
        match keyword {
            "pattern" => assert!([NAME, NOT_BLANK].contains(&value.as_str().unwrap()), "{value}"),
            "type" => assert!(
                ["object", "array", "string", "boolean", "integer"].contains(&value.as_str().unwrap())
            ),
            "$ref" => {
                let place = value.as_str().unwrap().trim_start_matches('#');
                assert!(SCHEMA.pointer(place).is_some(), "{value}");
            }
            "additionalProperties" => assert_eq!(*value, json!(false)),
            _ => {}
        }
    }
}

#[test]
fn every_object_of_the_schema_is_closed_and_says_what_it_is() {
    let mut found = Vec::new();
    keywords(&SCHEMA, &mut found);
    let (mut open, mut all) = (Vec::new(), 0);
    for definition in SCHEMA["$defs"].as_object().unwrap().values() {
        all += 1;
        assert!(definition["title"].is_string() && definition["description"].is_string(), "{definition}");
        let is_tagged = definition.get("allOf").is_some();
        if definition["type"] == "object" && !is_tagged && definition["additionalProperties"] != json!(false)
        {
            open.push(definition);
        }
    }
    assert!(open.is_empty() && all > 40, "{open:?}");
}

#[test]
fn each_fault_is_told_at_its_place() {
    type Breaking = fn(&mut Value);
    let cases: [(Breaking, &str); 14] = [
        (|it| it["colour"] = json!("red"), "/colour"),
        (|it| drop(it.as_object_mut().unwrap().remove("title")), ""),
        (|it| it["title"] = json!({ "zh": "x" }), "/title"),
        (|it| it["title"]["en"] = json!(" "), "/title/en"),
        (|it| it["version"] = json!("1"), "/version"),
        (|it| it["version"] = json!(0), "/version"),
        (|it| it["version"] = json!(2), ""),
        (|it| it["audience"] = json!([]), "/audience"),
        (|it| it["audience"] = json!(["citizens", "citizens"]), "/audience/1"),
        (|it| it["counters"] = json!(["moon"]), "/counters/0"),
        (|it| it["service_id"] = json!("Bus Pass"), "/service_id"),
        (
            |it| it["form"]["pages"][0]["fields"][0]["kind"] = json!({ "type": "hologram" }),
            "/form/pages/0/fields/0/kind/type",
        ),
        (
            |it| {
                it["form"]["pages"][0]["fields"][0]["kind"] =
                    json!({ "type": "text", "max_length": 9, "min": 1 })
            },
            "/form/pages/0/fields/0/kind/min",
        ),
        (
            |it| it["requirements"][0]["routes"][0]["route"] = json!("begged"),
            "/requirements/0/routes/0/route",
        ),
    ];
    assert_eq!(faults(&bus_pass()), []);
    for (breaking, pointer) in cases {
        let mut document = bus_pass();
        breaking(&mut document);
        let found = faults(&document);
        assert!(found.iter().any(|fault| fault.pointer == pointer), "{pointer}: {found:?}");
        assert!(found.iter().all(|fault| !fault.reason.zh.is_empty() && !fault.reason.en.is_empty()));
    }
}

#[test]
fn no_document_is_told_more_than_can_be_read() {
    let mut document = bus_pass();
    document["keywords"] = json!(vec![json!(1); 200]);
    document["requirements"] = json!(vec![json!({}); 50]);
    assert_eq!(faults(&document).len(), MOST_FAULTS);
}
