//! What the city finds before anyone asks, parcels and counters: from the phone to the city and back.

use citizen_tests::desk::Desk;
use citizen_tests::filling::fill;
use citizen_tests::journey::ID_NUMBER;
use citizen_tests::phone::{Phone, REFUSED, WAITING, WRONG_USE, text};
use serde_json::Value;

/// 李明, whose child was born a fortnight ago.
const FATHER: &str = "330782198802290034";
/// 陈㛃, who has just moved in.
const MOVED_IN: &str = "330702200101310061";

fn members(json: &Value, name: &str) -> Vec<Value> {
    json[name].as_array().unwrap().clone()
}

fn offers(phone: &Phone) -> Vec<Value> {
    phone.done(&["sync"]).unwrap();
    members(&phone.done(&["offer", "list"]).unwrap(), "offers")
}

fn run(desk: &Desk) -> i64 {
    let run: Value = desk.city.officer(&["proactive", "run"]).unwrap();
    run["offers_made"].as_i64().unwrap()
}

#[test]
fn what_was_found_says_why_and_is_declined_without_a_network() {
    let desk = Desk::set().unwrap();
    let father = desk.other_phone("father", FATHER).unwrap();
    assert!(run(&desk) > 0);
    assert_eq!(run(&desk), 0, "nobody is found twice");
    let found = offers(&father);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(
        (&found[0]["rule_id"], &found[0]["status"]),
        (&"newborn-insurance".into(), &"standing".into())
    );
    assert_eq!(found[0]["data"]["value"], "2026-09-01");
    for said in ["reason", "next", "legal_ground", "by"] {
        assert!(!text(&found[0], &format!("/{said}")).unwrap().is_empty(), "{said}");
    }
    let name = text(&found[0], "/offer_id").unwrap().to_owned();
    let log = father.done(&["register-log"]).unwrap();
    assert!(log.to_string().contains("新生儿"), "the reading is in the log: {log}");

    desk.proxy.go_offline();
    let said = father.run(&["offer", "decline", &name]).unwrap().expect_status(WAITING).unwrap();
    assert_eq!(said["waits_for"], "network");
    father.run(&["offer", "decline", &name]).unwrap().expect_status(WAITING).unwrap();
    let shown = father.done(&["offer", "show", &name]).unwrap();
    assert_eq!((&shown["status"], &shown["said"]["what"]), (&"standing".into(), &"declined".into()));
    desk.proxy.go_online();
    let found = offers(&father);
    assert_eq!((&found[0]["status"], &found[0]["said"]), (&"declined".into(), &Value::Null));
    let parcels = members(&father.done(&["parcel", "list"]).unwrap(), "parcels");
    assert_eq!(parcels[0]["status"], "cancelled");
    father.run(&["offer", "decline", &name]).unwrap().expect_status(WRONG_USE).unwrap();
    desk.city.set_day("2026-10-20").unwrap();
    run(&desk);
    assert_eq!(offers(&father).len(), 1, "never again for the same birth");
    assert_eq!(desk.city.ledger(FATHER).unwrap().deliveries.len(), 1);
}

#[test]
fn what_is_wrong_is_disputed_and_answered() {
    let desk = Desk::set().unwrap();
    let moved = desk.other_phone("moved", MOVED_IN).unwrap();
    run(&desk);
    let name = text(&offers(&moved)[0], "/offer_id").unwrap().to_owned();
    moved.done(&["offer", "dispute", &name, "--note", "我没有搬家"]).unwrap();
    assert_eq!(offers(&moved)[0]["status"], "disputed");
    let parcels = members(&moved.done(&["parcel", "list"]).unwrap(), "parcels");
    assert_eq!(parcels[0]["status"], "held");
    let list: Value = desk.city.officer(&["proactive", "disputed"]).unwrap();
    assert_eq!(list["offers"][0]["note"], "我没有搬家");
    desk.city
        .officer::<Value>(&["proactive", "answer", &name, "--take-back", "--text", "您说得对，登记已更正。"])
        .unwrap();
    let answered = offers(&moved);
    assert_eq!(answered[0]["status"], "taken_back");
    assert_eq!(answered[0]["answer"], "您说得对，登记已更正。");
}

/// The parcel of somebody without the app reaches a door all the same; she who has it sends hers to her daughter.
#[test]
fn parcels_go_to_the_door_or_elsewhere_whoever_has_a_phone() {
    let desk = Desk::set().unwrap();
    desk.city.set_day("2026-12-01").unwrap();
    run(&desk);
    let name = {
        desk.phone.done(&["sync"]).unwrap();
        let parcels = members(&desk.phone.done(&["parcel", "list"]).unwrap(), "parcels");
        text(&parcels[0], "/delivery_id").unwrap().to_owned()
    };
    desk.proxy.go_offline();
    let to = ["--name", "女儿", "--phone", "13800000000", "--address", "义乌市稠江街道 9 号"];
    let words = [["parcel", "redirect", &name].as_slice(), &to].concat();
    desk.phone.run(&words).unwrap().expect_status(WAITING).unwrap();
    let shown = desk.phone.done(&["parcel", "show", &name]).unwrap();
    assert_eq!(shown["redirecting"]["to"]["name"], "女儿");
    desk.proxy.go_online();
    desk.phone.done(&["sync"]).unwrap();
    let shown = desk.phone.done(&["parcel", "show", &name]).unwrap();
    assert_eq!(
        (&shown["to"]["address"], &shown["redirecting"]),
        (&"义乌市稠江街道 9 号".into(), &Value::Null)
    );

    let mut handed_over = 0;
    for day in ["2026-12-01", "2026-12-02", "2026-12-04", "2026-12-07", "2026-12-10", "2026-12-14"] {
        desk.city.set_day(day).unwrap();
        let round: Value = desk.city.officer(&["courier", "run"]).unwrap();
        handed_over += round["handed_over"].as_i64().unwrap();
    }
    assert!(handed_over > 10, "those without the app get theirs too: {handed_over}");
    desk.phone.done(&["sync"]).unwrap();
    let shown = desk.phone.done(&["parcel", "show", &name]).unwrap();
    assert!(["delivered", "at_counter"].contains(&shown["status"].as_str().unwrap()), "{shown}");
    desk.phone.run(&words).unwrap().expect_status(WRONG_USE).unwrap();
    let second = "330782195612010018";
    let ledger = desk.city.ledger(second).unwrap();
    assert!(!ledger.deliveries.is_empty(), "who never signed in has parcels: {ledger:?}");
}

#[test]
fn the_result_of_a_case_goes_where_the_citizen_wants_it() {
    let desk = Desk::set().unwrap();
    let draft_id = desk.begin("disability-certificate").unwrap();
    fill(&desk, &draft_id, &[]).unwrap();
    let to = ["--name", "女儿", "--phone", "13800000000", "--address", "义乌市稠江街道 9 号"];
    let words = [["draft", "deliver", &draft_id, "courier"].as_slice(), &to].concat();
    let chosen = desk.phone.done(&words);
    chosen.unwrap();
    let draft = desk.draft(&draft_id).unwrap();
    assert_eq!(draft["deliver_to"]["address"], "义乌市稠江街道 9 号", "{draft}");
    desk.phone.done(&["draft", "deliver", &draft_id, "counter"]).unwrap();
    assert_eq!(desk.draft(&draft_id).unwrap()["deliver_to"], Value::Null, "fetched, not sent");
}

#[test]
fn two_phones_never_have_the_same_seat() {
    let desk = Desk::set().unwrap();
    let other = desk.other_phone("other", FATHER).unwrap();
    let near = ["counter", "near", "--service", "senior-age-allowance", "--address", "浙江省义乌市福田街道"];
    let found = members(&desk.phone.done(&near).unwrap(), "counters");
    assert_eq!(found[0]["counter_id"], "town-futian");
    assert_eq!(found[0]["metres"], 0);
    let village = ["counter", "book", "village-futian-1", "senior-age-allowance", "2026-09-16", "09:30"];

    desk.proxy.go_offline();
    assert_eq!(members(&desk.phone.done(&near).unwrap(), "counters"), found, "without a network too");
    desk.phone.run(&village).unwrap().expect_status(WAITING).unwrap();
    other.run(&village).unwrap().expect_status(WAITING).unwrap();
    let waiting = desk.phone.done(&["counter", "bookings"]).unwrap();
    assert_eq!(waiting["bookings"][0]["pending"]["pending"], "booking", "{waiting}");
    desk.proxy.go_online();
    desk.phone.done(&["sync"]).unwrap();
    other.run(&["sync"]).unwrap().expect_status(REFUSED).unwrap();

    let mine = members(&desk.phone.done(&["counter", "bookings"]).unwrap(), "bookings");
    assert_eq!((mine.len(), &mine[0]["status"], &mine[0]["pending"]), (1, &"booked".into(), &Value::Null));
    let theirs = members(&other.done(&["counter", "bookings"]).unwrap(), "bookings");
    let reason = text(&theirs[0], "/pending/reason/zh").unwrap();
    assert!(reason.contains("10:00"), "it says what is still free: {reason}");
    let day: Value = desk.city.officer(&["counter", "day", "village-futian-1", "2026-09-16"]).unwrap();
    assert_eq!(members(&day, "bookings").len(), 1);
    let name = text(&mine[0], "/booking_id").unwrap();
    desk.phone.done(&["counter", "cancel", name]).unwrap();
    let slots = other.done(&["counter", "slots", "village-futian-1", "2026-09-16"]).unwrap();
    assert!(members(&slots, "slots").iter().all(|slot| slot["free"] == 1), "{slots}");
    other.done(&["outbox", "retry", theirs[0]["booking_id"].as_str().unwrap()]).unwrap();
    let ledger = desk.city.ledger(ID_NUMBER).unwrap();
    assert!(ledger.submissions.is_empty());
}
