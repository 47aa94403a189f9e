//! What becomes of a session, and what it costs.

use citizen_tests::desk::Desk;
use citizen_tests::filling::fill;
use citizen_tests::journey::ID_NUMBER;
use citizen_tests::phone::{WAITING, text};
use rusqlite::Connection;

/// She signed in two months ago. What she files waits for her to do it again, and then goes, once.
#[test]
fn a_filing_waits_for_a_new_sign_in_and_is_not_lost() {
    let desk = Desk::set().unwrap();
    let draft_id = desk.begin("surveillance-footage").unwrap();
    fill(&desk, &draft_id, &[("cause", "lost")]).unwrap();
    let store = Connection::open(desk.city.data().join("city.db")).unwrap();
    store.execute("UPDATE sessions SET signed_in_at = signed_in_at - 60 * 24 * 3600", []).unwrap();
    let filed = desk.phone.run(&["draft", "submit", &draft_id]).unwrap().expect_status(WAITING).unwrap();
    assert_eq!((&filed["state"], &filed["waits_for"]), (&"waiting".into(), &"sign_in".into()), "{filed}");
    assert!(desk.city.ledger(ID_NUMBER).unwrap().submissions.is_empty());
    let status = desk.phone.done(&["status"]).unwrap();
    assert_eq!(status["session"], "signed_in", "reading goes on: {status}");

    let code = desk.city.code(ID_NUMBER).unwrap();
    desk.phone.done(&["login", "--headless", "--id", ID_NUMBER, "--code", &code]).unwrap();
    desk.phone.done(&["sync"]).unwrap();
    let kept = desk.city.ledger(ID_NUMBER).unwrap().submissions;
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0].transaction_id.to_string(), text(&filed, "/transaction_id").unwrap());
}

/// Signing out ends the session at the city too, and takes nothing of what she wrote.
#[test]
fn signing_out_ends_the_session_and_keeps_the_draft() {
    let desk = Desk::set().unwrap();
    let draft_id = desk.begin("surveillance-footage").unwrap();
    desk.phone.done(&["logout"]).unwrap();
    let status = desk.phone.done(&["status"]).unwrap();
    assert_eq!(status["session"], "signed_out");
    assert_eq!(desk.draft(&draft_id).unwrap()["draft_id"], draft_id.as_str());
    let store = Connection::open(desk.city.data().join("city.db")).unwrap();
    let live: i64 =
        store.query_row("SELECT COUNT(*) FROM sessions WHERE ended = 0", [], |row| row.get(0)).unwrap();
    assert_eq!(live, 0);
}

/// A sync with nothing new, proofs and all.
#[test]
fn a_sync_with_nothing_new_is_small() {
    let desk = Desk::set().unwrap();
    desk.phone.done(&["sync"]).unwrap();
    let before = desk.proxy.traffic();
    desk.phone.done(&["sync"]).unwrap();
    let after = desk.proxy.traffic();
    assert_eq!(after.requests - before.requests, 2, "the changes and the catalogue, and none for a nonce");
    assert!(after.up - before.up < 2000, "{} bytes went up", after.up - before.up);
}
