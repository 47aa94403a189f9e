//! What goes on after the lock, told of real processes: papers, where the person has allowed it, and nothing that they wrote.

use citizen_tests::desk::Desk;
use citizen_tests::filling::fill;
use citizen_tests::journey::{ID_NUMBER, INVOICE_NUMBER, Papers};
use citizen_tests::phone::WAITING;

/// A claim with three photographs that was filed without a network.
fn filed_offline(desk: &Desk) {
    let draft = desk.begin("medical-reimbursement").unwrap();
    let papers = Papers::find().unwrap();
    fill(desk, &draft, &[("invoice_number", INVOICE_NUMBER)]).unwrap();
    for paper in ["invoice", "fee-list", "discharge-summary"] {
        desk.phone.done(&["draft", "attach", &draft, paper, &papers.path(&format!("{paper}.jpg"))]).unwrap();
    }
    desk.proxy.go_offline();
    desk.phone.run(&["draft", "submit", &draft]).unwrap().expect_status(WAITING).unwrap();
}

/// How many files are whole at the city.
fn arrived(desk: &Desk) -> i64 {
    let store = rusqlite::Connection::open(desk.city.data().join("city.db")).unwrap();
    let sql = "SELECT count(*) FROM uploads WHERE status = 'complete'";
    store.query_row(sql, [], |row| row.get(0)).unwrap()
}

fn waiting(desk: &Desk) -> usize {
    desk.phone.done(&["outbox"]).unwrap()["items"].as_array().unwrap().len()
}

#[test]
fn papers_go_on_after_the_lock_and_what_was_signed_waits_for_the_person() {
    let desk = Desk::set().unwrap();
    filed_offline(&desk);
    // Without a network nothing could be made ready: it is locked all the same, and nothing is lost.
    let locked = desk.phone.done(&["lock", "--uploads", "on"]).unwrap();
    assert_eq!((&locked["uploads_went_on"], waiting(&desk)), (&0.into(), 4));

    desk.proxy.go_online();
    let locked = desk.phone.done(&["lock", "--uploads", "on"]).unwrap();
    assert_eq!(locked["uploads_went_on"], 3);
    assert_eq!((arrived(&desk), waiting(&desk)), (3, 1));
    assert!(desk.city.ledger(ID_NUMBER).unwrap().submissions.is_empty(), "nobody filed for her");
    desk.phone.done(&["sync"]).unwrap();
    assert_eq!(desk.city.ledger(ID_NUMBER).unwrap().submissions.len(), 1);
    assert_eq!(waiting(&desk), 0);
}

#[test]
fn nothing_goes_on_where_it_was_not_allowed() {
    let desk = Desk::set().unwrap();
    filed_offline(&desk);
    desk.proxy.go_online();
    let locked = desk.phone.done(&["lock", "--uploads", "off"]).unwrap();
    assert_eq!((&locked["uploads_went_on"], arrived(&desk), waiting(&desk)), (&0.into(), 0, 4));
}
