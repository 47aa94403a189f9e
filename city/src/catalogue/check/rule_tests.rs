//! Each rule of the audit is told at its place.

use serde_json::{Value, json};

use super::check;
use crate::testing::bus_pass;

type Edit = fn(&mut Value);

/// What is done to a sound document, and where that is told.
const CASES: [(Edit, &str); 18] = [
    (|it| it["service_id"] = json!("tram-pass"), "/service_id"),
    (|it| it["promised_deadline_days"] = json!(99), "/promised_deadline_days"),
    (|it| it["counters"] = json!([]), "/delivery"),
    (|it| it["form"]["pages"][0]["fields"][1]["field_id"] = json!("name"), "/form/pages/0/fields/1/field_id"),
    (
        |it| it["form"]["pages"][0]["fields"][1]["field_id"] = json!("today"),
        "/form/pages/0/fields/1/field_id",
    ),
    (
        |it| it["form"]["pages"][0]["fields"][1]["kind"] = json!({ "type": "number", "min": 2, "max": 1 }),
        "/form/pages/0/fields/1/kind",
    ),
    (
        |it| {
            let option = json!({ "value": "a", "label": { "zh": "一", "en": "one" } });
            it["form"]["pages"][0]["fields"][1]["kind"] =
                json!({ "type": "choice", "options": [option, option] });
        },
        "/form/pages/0/fields/1/kind/options/1/value",
    ),
    (
        |it| {
            let note =
                json!({ "field_id": "n", "label": { "zh": "注", "en": "note" }, "kind": { "type": "note" } });
            it["form"]["pages"][0]["fields"][1]["kind"] = json!({
                "type": "group", "entry": { "zh": "项", "en": "entry" }, "fields": [note], "min": 0, "max": 3,
            });
        },
        "/form/pages/0/fields/1/kind/fields/0/kind/type",
    ),
    (
        |it| {
            it["form"]["pages"][0]["fields"][1]["kind"] =
                json!({ "type": "attachment", "requirement": "nothing" });
        },
        "/form/pages/0/fields/1/kind/requirement",
    ),
    (
        |it| {
            it["form"]["pages"][0]["fields"][1]["kind"] =
                json!({ "type": "declaration", "declaration": "nothing" });
        },
        "/form/pages/0/fields/1/kind/declaration",
    ),
    (|it| it["form"]["pages"][0]["fields"][0]["compute"] = json!(1), "/form/pages/0/fields/0/compute"),
    (
        |it| {
            it["form"]["checks"] = json!([{
                "fields": ["horoscope"], "holds": true, "reason": { "zh": "不对", "en": "wrong" },
            }]);
        },
        "/form/checks/0/fields/0",
    ),
    (|it| it["requirements"][1]["requirement_id"] = json!("id-card"), "/requirements/1/requirement_id"),
    (
        |it| {
            let more = it["requirements"][6]["routes"][0].clone();
            it["requirements"][5]["routes"].as_array_mut().unwrap().push(more);
        },
        "/requirements/5/routes",
    ),
    (|it| it["requirements"][6]["routes"][0]["min_files"] = json!(9), "/requirements/6/routes/0"),
    (|it| it["declarations"] = json!([]), "/requirements/4/routes/0/declaration"),
    (
        |it| {
            it["version"] = json!(3);
            it["grace_days"] = json!(9);
            it["migrations"] = json!([{ "from": 2, "steps": [] }]);
        },
        "/migrations",
    ),
    (
        |it| {
            it["version"] = json!(2);
            it["grace_days"] = json!(9);
            let step = json!({ "step": "renamed", "from": "bus_line", "to": "tram_line" });
            it["migrations"] = json!([{ "from": 1, "steps": [step] }]);
        },
        "/migrations/0/steps/0/to",
    ),
];

#[test]
fn each_rule_is_told_at_its_place() {
    for (edit, pointer) in CASES {
        let mut document = bus_pass();
        edit(&mut document);
        let found = check("bus-pass", &document.to_string()).unwrap_err();
        assert!(found.iter().any(|placed| placed.fault.pointer == pointer), "{pointer}: {found:?}");
    }
}
