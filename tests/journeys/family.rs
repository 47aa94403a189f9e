//! A daughter acts for her mother; several people share a phone; a phone is lost, and another one is new.

use citizen_api::mandate::ActKind;
use citizen_tests::desk::Desk;
use citizen_tests::filling::fill_on;
use citizen_tests::journey::{ID_NUMBER, NAME, PIN};
use citizen_tests::phone::{DONE, Phone, WAITING, WRONG_USE, text};
use serde_json::Value;

const DAUGHTER: &str = "陈㛃";
const DAUGHTERS_NUMBER: &str = "330702200101310061";
const SERVICE: &str = "surveillance-footage";

/// Another phone of the same city, on which somebody signs in.
fn phone_of(desk: &Desk, folder: &str, id_number: &str) -> Phone {
    desk.other_phone(folder, id_number).unwrap()
}

fn sign_in(desk: &Desk, phone: &Phone, command: &str, id_number: &str) {
    let code = desk.city.code(id_number).unwrap();
    let mut words: Vec<&str> = command.split(' ').collect();
    words.extend(["--headless", "--id", id_number, "--code", &code]);
    phone.done(&words).unwrap();
    phone.done(&["sync"]).unwrap();
}

/// The mother gives her daughter a mandate, and the daughter accepts it.
fn mandate(desk: &Desk, daughter: &Phone) -> String {
    let given = desk
        .phone
        .done(&[
            "mandate",
            "give",
            "--id",
            DAUGHTERS_NUMBER,
            "--name",
            DAUGHTER,
            "--services",
            SERVICE,
            "--until",
            "2027-09-30",
        ])
        .unwrap();
    let mandate = text(&given, "/mandate_id").unwrap().to_owned();
    assert_eq!(given["standing"], "offered");
    // Who answers for another says once more who they are; the mandate waits meanwhile.
    age_sign_ins(desk);
    let old = daughter.run(&["mandate", "accept", &mandate]).unwrap();
    assert_eq!((old.status, old.json["error"]["code"].as_str()), (Some(WAITING), Some("sign-in-again")));
    assert_eq!(old.json["error"]["command"], "citizen login");
    sign_in(desk, daughter, "login", DAUGHTERS_NUMBER);
    sign_in(desk, &desk.phone, "login", ID_NUMBER);
    let accepted = daughter.done(&["mandate", "accept", &mandate]).unwrap();
    assert_eq!((accepted["standing"].as_str(), accepted["from"].as_str()), (Some("holds"), Some(NAME)));
    mandate
}

/// Makes every sign-in at the city older than what binds a person may be.
fn age_sign_ins(desk: &Desk) {
    let store = rusqlite::Connection::open(desk.city.data().join("city.db")).unwrap();
    store.busy_timeout(std::time::Duration::from_secs(20)).unwrap();
    store.execute("UPDATE sessions SET signed_in_at = signed_in_at - 31 * 24 * 3600", []).unwrap();
}

fn filled(phone: &Phone) -> String {
    let made = phone.done(&["draft", "new", SERVICE]).unwrap();
    let draft = text(&made, "/draft_id").unwrap().to_owned();
    fill_on(phone, &draft, &[("cause", "lost")]).unwrap();
    draft
}

fn acts(phone: &Phone) -> Vec<Value> {
    phone.done(&["sync"]).unwrap();
    phone.done(&["mandate", "list"]).unwrap()["acts"].as_array().unwrap().clone()
}

#[test]
fn a_daughter_files_for_her_mother_until_the_mother_ends_it() {
    let desk = Desk::set().unwrap();
    let daughter = phone_of(&desk, "daughter", DAUGHTERS_NUMBER);
    let mandate = mandate(&desk, &daughter);
    let for_mother = daughter.on_behalf_of(NAME);
    let draft = filled(&for_mother);
    assert!(daughter.done(&["draft", "list"]).unwrap()["drafts"].as_array().unwrap().is_empty());
    let filed = for_mother.done(&["draft", "submit", &draft]).unwrap();
    let transaction = text(&filed, "/transaction_id").unwrap();

    let ledger = desk.city.ledger(ID_NUMBER).unwrap();
    let kept = ledger.submissions.iter().find(|kept| kept.transaction_id.to_string() == transaction).unwrap();
    assert_eq!(kept.by.as_ref().unwrap().mandate_id.to_string(), mandate);
    assert!(ledger.mandate_acts.iter().any(|act| act.kind == ActKind::Filed && act.by.name == DAUGHTER));
    assert!(desk.city.ledger(DAUGHTERS_NUMBER).unwrap().submissions.is_empty());
    for phone in [&desk.phone, &daughter] {
        let told = acts(phone);
        let filed = told.iter().find(|act| act["kind"] == "filed").expect("both are told");
        assert_eq!((filed["by"].as_str(), filed["on_behalf_of"].as_str()), (Some(DAUGHTER), Some(NAME)));
    }
    for_mother.done(&["sync"]).unwrap();
    assert_eq!(for_mother.done(&["cases"]).unwrap()["cases"].as_array().unwrap().len(), 1);

    // Filed without a network, and sent after the mother has ended it.
    let late = filled(&for_mother);
    desk.proxy.go_offline();
    for_mother.run(&["draft", "submit", &late]).unwrap().expect_status(WAITING).unwrap();
    desk.proxy.go_online();
    desk.phone.done(&["mandate", "revoke", &mandate]).unwrap();
    daughter.run(&["sync"]).unwrap();
    let waiting = for_mother.done(&["outbox"]).unwrap();
    assert!(waiting.to_string().contains("no-mandate"), "{waiting}");
    assert_eq!(desk.city.ledger(ID_NUMBER).unwrap().submissions.len(), 1);
    let kept = for_mother.done(&["draft", "show", &late]).unwrap();
    assert_eq!(kept["answers"]["cause"], "lost", "not a word is lost");

    // What the daughter's phone keeps of her mother is sealed, and goes on its own.
    nothing_in_the_clear(&desk, &daughter);
    daughter.done(&["mandate", "forget", NAME, "--yes"]).unwrap();
    for_mother.run(&["draft", "list"]).unwrap().expect_status(WRONG_USE).unwrap();
}

/// Searches what the daughter's phone keeps, its log and the city's, and where temporary files would be, for all that is
/// personal in this story, in each encoding that a careless writer would use.
fn nothing_in_the_clear(desk: &Desk, daughter: &Phone) {
    let mut files = walk(&desk.folder.path().join("daughter"));
    assert!(files.len() > 5, "a phone with a draft has a store and more: {files:?}");
    for log in ["daughter.log", "city.log"] {
        let log = desk.folder.path().join(log);
        assert!(log.metadata().unwrap().len() > 0, "{log:?} is empty: nothing would be found in it");
        files.push(log.display().to_string());
    }
    assert!(walk(&daughter.temporary()).is_empty() && walk(&desk.phone.temporary()).is_empty());
    for word in [NAME, ID_NUMBER, DAUGHTER, DAUGHTERS_NUMBER, PIN] {
        let utf16: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
        for file in &files {
            let bytes = std::fs::read(file).unwrap();
            for needle in [word.as_bytes(), &utf16] {
                assert!(!bytes.windows(needle.len()).any(|at| at == needle), "{word} in {file}");
            }
        }
    }
}

#[test]
fn people_share_a_phone_and_go_one_by_one() {
    let desk = Desk::set().unwrap();
    let phone = &desk.phone;
    let hers = filled(phone);
    // Whose turn it is signs in, and nobody in their place.
    let code = desk.city.code(DAUGHTERS_NUMBER).unwrap();
    let other = phone.run(&["login", "--headless", "--id", DAUGHTERS_NUMBER, "--code", &code]).unwrap();
    assert_eq!(other.json["error"]["code"], "somebody-else-signed-in");
    assert_eq!(phone.done(&["person", "list"]).unwrap()["people"].as_array().unwrap().len(), 1);
    // Each agrees for themselves.
    let code = desk.city.code(DAUGHTERS_NUMBER).unwrap();
    let add = ["person", "add", "--headless", "--id", DAUGHTERS_NUMBER, "--code", &code];
    let refused = phone.run(&add).unwrap();
    assert_eq!(
        (refused.status, refused.json["error"]["code"].as_str()),
        (Some(WAITING), Some("consent-needed"))
    );
    phone.done(&["consent", "give", "--new"]).unwrap();
    sign_in(&desk, phone, "person add", DAUGHTERS_NUMBER);
    let people = phone.done(&["person", "list"]).unwrap();
    let labels: Vec<&str> =
        people["people"].as_array().unwrap().iter().map(|person| person["label"].as_str().unwrap()).collect();
    assert_eq!(labels, [NAME, DAUGHTER]);
    assert!(phone.done(&["draft", "list"]).unwrap()["drafts"].as_array().unwrap().is_empty());
    phone.done(&["person", "switch", NAME]).unwrap();
    assert_eq!(phone.done(&["draft", "show", &hers]).unwrap()["answers"]["cause"], "lost");
    phone.run(&["person", "remove", DAUGHTER]).unwrap().expect_status(WRONG_USE).unwrap();
    phone.done(&["person", "remove", DAUGHTER, "--yes"]).unwrap();
    assert_eq!(phone.done(&["person", "list"]).unwrap()["people"].as_array().unwrap().len(), 1);
    assert_eq!(phone.done(&["draft", "show", &hers]).unwrap()["answers"]["cause"], "lost");
    // Her tokens are bound to a key that was meant for a newcomer, and her own key is registered and signs all the same.
    sign_in(&desk, phone, "person add", ID_NUMBER);
    assert_eq!(phone.done(&["person", "list"]).unwrap()["people"].as_array().unwrap().len(), 1);
    phone.done(&["draft", "submit", &hers]).unwrap();
    assert_eq!(desk.city.ledger(ID_NUMBER).unwrap().submissions.len(), 1);

    phone.done(&["consent", "withdraw", "city"]).unwrap();
    phone.run(&["sync"]).unwrap().expect_status(WAITING).unwrap();
    assert_eq!(phone.done(&["draft", "show", &hers]).unwrap()["answers"]["cause"], "lost");
}

#[test]
fn a_lost_phone_is_ended_from_a_new_one_and_what_was_sent_is_there() {
    let desk = Desk::set().unwrap();
    let lost = &desk.phone;
    let sent = filled(lost);
    lost.done(&["draft", "submit", &sent]).unwrap();
    let unsent = filled(lost);
    let new = phone_of(&desk, "new", ID_NUMBER);
    assert_eq!(
        new.done(&["cases"]).unwrap()["cases"].as_array().unwrap().len(),
        1,
        "what was sent comes back"
    );
    let devices = new.done(&["device", "list"]).unwrap();
    let devices = devices["devices"].as_array().unwrap();
    let other = devices.iter().find(|device| device["this"] == false).unwrap();
    assert_eq!(devices.len(), 2);
    let left = new.done(&["device", "revoke", text(other, "/device_id").unwrap()]).unwrap();
    assert_eq!(left["devices"].as_array().unwrap().len(), 1);
    lost.run(&["sync"]).unwrap().expect_status(WAITING).unwrap();
    assert_eq!(lost.done(&["status"]).unwrap()["session"], "expired");
    assert_eq!(lost.done(&["draft", "show", &unsent]).unwrap()["answers"]["cause"], "lost");
}

#[test]
fn everything_can_be_taken_along_and_everything_deleted() {
    let desk = Desk::set().unwrap();
    let phone = &desk.phone;
    let draft = filled(phone);
    phone.done(&["draft", "submit", &draft]).unwrap();
    let file = desk.folder.path().join("mine.html").display().to_string();
    phone.done(&["export", &file]).unwrap();
    phone.run(&["export", &file]).unwrap().expect_status(WRONG_USE).unwrap();
    let page = std::fs::read_to_string(&file).unwrap();
    assert!(page.contains(NAME) && page.contains(ID_NUMBER) && page.contains("<pre>"), "receipts are in it");
    phone.run(&["erase"]).unwrap().expect_status(WRONG_USE).unwrap();
    phone.done(&["erase", "--yes"]).unwrap();
    let left: Vec<String> = walk(phone.data());
    assert!(left.is_empty(), "{left:?}");
    assert_eq!(desk.city.ledger(ID_NUMBER).unwrap().submissions.len(), 1, "what the city has stays");
    phone.run(&["status"]).unwrap().expect_status(DONE).unwrap();
}

#[test]
fn a_pin_is_changed_and_forgotten_without_losing_what_was_sent() {
    let desk = Desk::set().unwrap();
    let phone = &desk.phone;
    filled(phone);
    let new_pin = desk.folder.path().join("new.pin");
    std::fs::write(&new_pin, "583920").unwrap();
    owner_only(&new_pin);
    let new_pin = new_pin.display().to_string();
    phone.done(&["pin", "change", "--new-pin-file", &new_pin]).unwrap();
    let refused = phone.run(&["draft", "list"]).unwrap();
    assert_eq!(refused.json["error"]["code"], "wrong-pin", "the old one is over");
    // Set aside, not deleted: a sign-in goes on beside it, with the PIN of the file.
    phone.done(&["pin", "forgot", "--yes"]).unwrap();
    phone.done(&["consent", "give", "--new"]).unwrap();
    sign_in(&desk, phone, "person add", ID_NUMBER);
    let people = phone.done(&["person", "list"]).unwrap();
    let earlier: Vec<bool> =
        people["people"].as_array().unwrap().iter().map(|person| person["earlier"] == true).collect();
    assert_eq!(earlier, [true, false]);
}

fn owner_only(file: &std::path::Path) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o600)).unwrap();
}

/// Every file below a folder.
fn walk(folder: &std::path::Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => found.extend(walk(&path)),
            false => found.push(path.display().to_string()),
        }
    }
    found
}
