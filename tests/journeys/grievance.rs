//! "Could not be done in one trip": said without a network, given to a named desk, answered by it or by the one above.

use citizen_api::CaseId;
use citizen_tests::desk::Desk;
use citizen_tests::filling::fill;
use citizen_tests::phone::{WAITING, text};
use serde_json::Value;

const SAID: [(&str, &str); 3] =
    [("obstacle", "proof"), ("what_happened", "窗口还要我去村里开证明"), ("trips", "2")];

/// A case that somebody could complain about.
fn footage(desk: &Desk) -> CaseId {
    let draft_id = desk.begin("surveillance-footage").unwrap();
    fill(desk, &draft_id, &[("cause", "lost")]).unwrap();
    desk.file(&draft_id).unwrap().case_id
}

fn complain(desk: &Desk, about: CaseId) -> String {
    let begun = desk.phone.done(&["grievance", "new", "--case", &about.to_string()]).unwrap();
    let draft_id = text(&begun, "/draft_id").unwrap().to_owned();
    let mut words = vec!["draft", "set", &draft_id];
    let said: Vec<String> = SAID.iter().map(|(field, answer)| format!("{field}={answer}")).collect();
    words.extend(said.iter().map(String::as_str));
    desk.phone.done(&words).unwrap();
    draft_id
}

fn waiting(desk: &Desk) -> Vec<Value> {
    let list: Value = desk.city.officer(&["grievance", "list"]).unwrap();
    list["grievances"].as_array().unwrap().clone()
}

#[test]
fn what_was_said_offline_reaches_a_desk_once_climbs_and_is_answered() {
    let desk = Desk::set().unwrap();
    let about = footage(&desk);
    desk.case(about).unwrap();

    desk.proxy.go_offline();
    let draft_id = complain(&desk, about);
    desk.phone.done(&["draft", "share", &draft_id]).unwrap();
    let filed = desk.phone.run(&["draft", "submit", &draft_id]).unwrap();
    assert_eq!(filed.status, Some(WAITING), "{}", filed.json);
    desk.proxy.go_online();
    desk.phone.done(&["sync"]).unwrap();
    desk.phone.done(&["sync"]).unwrap();

    let list = waiting(&desk);
    assert_eq!(list.len(), 1, "once: {list:?}");
    assert_eq!((&list[0]["trips"], &list[0]["grievance"]["level"]), (&2.into(), &1.into()));
    let case_id = text(&list[0], "/case_id").unwrap().to_owned();
    let shown: Value = desk.city.officer(&["grievance", "show", &case_id]).unwrap();
    assert_eq!(shown["about"]["case_id"], about.to_string(), "the person lets the desk read it");
    assert_eq!(shown["answers"]["what_happened"], "窗口还要我去村里开证明");

    desk.city.officer::<Value>(&["clock", "set", "2099-12-01"]).unwrap();
    let higher = desk.case(case_id.parse().unwrap()).unwrap();
    assert_eq!(higher["grievance"]["level"], 2, "{higher}");
    desk.city
        .officer::<Value>(&[
            "grievance",
            "answer",
            &case_id,
            "--text",
            "证明早就取消了，窗口已改正。",
            "--put-right",
        ])
        .unwrap();
    let answered = desk.case(case_id.parse().unwrap()).unwrap();
    assert_eq!(
        (&answered["status"], &answered["grievance"]["answer"]["put_right"]),
        (&"answered".into(), &true.into())
    );
    assert!(waiting(&desk).is_empty());
    let figures: Value = desk.city.officer(&["figures"]).unwrap();
    assert_eq!((&figures["grievances"], &figures["trips_per_case"]), (&1.into(), &2.0.into()), "{figures}");
}

#[test]
fn an_answer_that_did_not_help_goes_one_desk_higher() {
    let desk = Desk::set().unwrap();
    let about = footage(&desk);
    desk.case(about).unwrap();
    let first = desk.file(&complain(&desk, about)).unwrap().case_id;
    let shown: Value = desk.city.officer(&["grievance", "show", &first.to_string()]).unwrap();
    assert!(shown["about"].is_null(), "nobody was let read the case: {shown}");
    desk.city
        .officer::<Value>(&["grievance", "answer", &first.to_string(), "--text", "窗口没有做错。"])
        .unwrap();
    desk.case(first).unwrap();
    let second = desk.file(&complain(&desk, first)).unwrap().case_id;
    let list = desk.phone.done(&["grievance", "list"]).unwrap();
    let levels: Vec<&Value> =
        list["grievances"].as_array().unwrap().iter().map(|case| &case["grievance"]["level"]).collect();
    assert_eq!(levels, [&Value::from(2), &Value::from(1)], "the newest first");
    assert_ne!(first, second);
}

/// Who read what is seen on the phone, without a network too, and objected to at whoever read it.
#[test]
fn a_reading_is_seen_and_objected_to() {
    let desk = Desk::set().unwrap();
    footage(&desk);
    let log = desk.phone.done(&["register-log"]).unwrap();
    let entries = log["entries"].as_array().unwrap();
    let reading =
        entries.iter().find(|entry| entry["purpose"]["zh"].as_str().unwrap().contains("监控")).unwrap();
    assert!(!reading["legal_ground"]["zh"].as_str().unwrap().is_empty(), "by no law: {reading}");
    desk.proxy.go_offline();
    let kept = desk.phone.done(&["register-log"]).unwrap();
    assert_eq!((&kept["entries"], &kept["fresh"]), (&log["entries"], &false.into()));
    let number = reading["sequence"].to_string();
    let begun = desk.phone.done(&["grievance", "new", "--reading", &number]).unwrap();
    let draft_id = text(&begun, "/draft_id").unwrap().to_owned();
    fill(&desk, &draft_id, &SAID).unwrap();
    desk.proxy.go_online();
    let filed = desk.file(&draft_id).unwrap();
    let shown: Value = desk.city.officer(&["grievance", "show", &filed.case_id.to_string()]).unwrap();
    assert_eq!(shown["reading"]["sequence"], reading["sequence"]);
    let desk_name = text(&shown, "/grievance/desk/zh").unwrap();
    assert!(desk_name.contains(text(reading, "/requester/zh").unwrap()), "{desk_name}");
}
