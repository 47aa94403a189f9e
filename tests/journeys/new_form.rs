//! A form gets a new version while somebody writes: nothing is lost, the old one is taken for its days of grace, and
//! after them the phone moves the draft and files it anew.

use std::path::PathBuf;

use citizen_tests::desk::Desk;
use citizen_tests::filling::fill;
use citizen_tests::journey::ID_NUMBER;
use citizen_tests::phone::{REFUSED, text};
use serde_json::{Value, json};

const SERVICE: &str = "surveillance-footage";

/// Writes the next version of the service: the place is asked under another name, the time is asked again, and what
/// happened is no longer asked.
fn publish_next(desk: &Desk) {
    let mut document: Value = desk.phone.done(&["services", "show", SERVICE]).unwrap();
    let version = document["version"].as_u64().unwrap();
    document["version"] = json!(version + 1);
    document["grace_days"] = json!(10);
    document["migrations"] = json!([{ "from": version, "steps": [
        { "step": "renamed", "from": "place", "to": "spot" },
        { "step": "ask_again", "field": "time" },
    ] }]);
    for page in document["form"]["pages"].as_array_mut().unwrap() {
        let fields = page["fields"].as_array_mut().unwrap();
        fields.retain(|field| field["field_id"] != "description");
        for field in fields.iter_mut().filter(|field| field["field_id"] == "place") {
            field["field_id"] = json!("spot");
        }
    }
    let file: PathBuf = desk.folder.path().join(format!("{SERVICE}.json"));
    std::fs::write(&file, serde_json::to_vec_pretty(&document).unwrap()).unwrap();
    desk.city.officer::<Value>(&["catalogue", "publish", &file.to_string_lossy()]).unwrap();
}

fn written(desk: &Desk) -> String {
    let draft_id = desk.begin(SERVICE).unwrap();
    let own = [("time", "下午三点到四点"), ("description", "一个红色的包落在车站")];
    fill(desk, &draft_id, &own).unwrap();
    draft_id
}

#[test]
fn a_draft_follows_its_form_and_loses_nothing() {
    let desk = Desk::set().unwrap();
    let draft_id = written(&desk);
    publish_next(&desk);
    desk.phone.done(&["sync"]).unwrap();
    let moved = desk.draft(&draft_id).unwrap();
    assert_eq!((&moved["service_version"], &moved["moved_from"]), (&json!(2), &json!(1)));
    assert_eq!(moved["answers"]["spot"]["town"], "稠城街道");
    assert_eq!(moved["earlier"][0]["value"], "一个红色的包落在车站");
    let fields = moved["fields"].as_array().unwrap();
    let time = fields.iter().find(|field| field["field_id"] == "time").unwrap();
    assert_eq!((&time["value"], &time["earlier"][0]["value"]), (&Value::Null, &json!("下午三点到四点")));
    let again = desk.draft(&draft_id).unwrap();
    assert_eq!((&again["moved_from"], &again["earlier"]), (&Value::Null, &moved["earlier"]));
    fill(&desk, &draft_id, &[]).unwrap();
    desk.file(&draft_id).unwrap();
}

#[test]
fn the_version_before_is_taken_for_its_days_of_grace_and_then_the_draft_goes_on() {
    let desk = Desk::set().unwrap();
    let (in_time, too_late) = (written(&desk), written(&desk));
    publish_next(&desk);
    let filed = desk.file(&in_time).unwrap();
    assert!(
        filed.answers.contains_key(&"place".into()),
        "it was not filed with the version it was made with"
    );
    desk.city.set_day("2027-01-15").unwrap();
    let refused = desk.phone.run(&["draft", "submit", &too_late]).unwrap();
    assert_eq!(refused.status, Some(REFUSED), "{}", refused.json);
    let transaction_id = text(&refused.json, "/transaction_id").unwrap().to_owned();
    let outbox = desk.phone.done(&["outbox"]).unwrap();
    assert_eq!(outbox["items"][0]["blocked"]["code"], "form-outdated", "{outbox}");
    desk.phone.done(&["outbox", "withdraw", &transaction_id]).unwrap();
    desk.phone.done(&["sync"]).unwrap();
    assert_eq!(desk.draft(&too_late).unwrap()["service_version"], 2);
    fill(&desk, &too_late, &[]).unwrap();
    assert!(desk.file(&too_late).unwrap().answers.contains_key(&"spot".into()));
    assert_eq!(desk.city.ledger(ID_NUMBER).unwrap().submissions.len(), 2);
}
