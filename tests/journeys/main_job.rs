//! The main job, in silence, and what it leaves on the disk.

use citizen_tests::journey::{Setting, Stage, walk};

use crate::canaries;

#[test]
fn from_the_first_login_to_the_senior_card() {
    let folder = tempfile::tempdir().unwrap();
    let mut stage = Stage::set(&Setting { folder: folder.path(), tell: None }).unwrap();
    let tally = walk(&mut stage).unwrap_or_else(|failure| panic!("{failure}"));
    assert_eq!(tally.ledger.submissions.len(), 1);
    assert_eq!(tally.ledger.supplements.len(), 1);
    assert_eq!(tally.ledger.payouts.len(), 1);
    assert_eq!(tally.ledger.credentials.len(), 1);
    assert_eq!(tally.ledger.deliveries.len(), 1);
    drop(stage);
    canaries::nothing_personal_in_the_clear(folder.path());
    canaries::photographs_came_without_place(folder.path());
}
