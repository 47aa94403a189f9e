//! The promises of attaching.

use std::io::Read;

use ring::digest::{SHA256, digest};

use super::Cancel;
use crate::Error;
use crate::draft::DraftId;
use crate::testing::{TestPerson, photograph};

fn begun(person: &TestPerson) -> DraftId {
    person.compartment.drafts().create(&"reimbursement".into()).unwrap()
}

#[tokio::test]
async fn a_photograph_is_copied_in_without_its_place_and_reads_back_as_hashed() {
    let person = TestPerson::new();
    let (draft_id, attachments) = (begun(&person), person.compartment.attachments());
    let original = photograph(300_000);
    let path = person.file("发票.jpg", &original);
    let attachment = attachments.attach(draft_id, &"invoice".into(), &path).unwrap();
    std::fs::remove_file(&path).unwrap();
    let mut bytes = Vec::new();
    attachments.read(attachment.attachment_id).unwrap().read_to_end(&mut bytes).unwrap();
    assert!(!bytes.windows(10).any(|window| window == b"GPS-CANARY"));
    assert_eq!(u64::try_from(bytes.len()).unwrap(), attachment.size);
    assert_eq!(citizen_api::jose::encode(digest(&SHA256, &bytes).as_ref()), attachment.sha256);
    assert_eq!(attachment.media_type, "image/jpeg");
    assert!(attachments.list(draft_id).unwrap() == [attachment]);
}

#[tokio::test]
async fn a_file_that_is_refused_leaves_nothing_and_changes_nothing() {
    let person = TestPerson::new();
    let (draft_id, attachments) = (begun(&person), person.compartment.attachments());
    let before = person.compartment.drafts().show(draft_id).unwrap();
    let large = [photograph(10).as_slice(), &[0; 8 * 1024 * 1024]].concat();
    let files: [(&str, &[u8]); 5] = [
        ("empty.jpg", b""),
        ("wrong.png", &photograph(10)),
        ("program.jpg", b"MZ\x90\0\x03"),
        ("half.jpg", &photograph(500)[..300]),
        ("large.jpg", &large),
    ];
    let invoice = "invoice".into();
    let refused =
        files.map(|(name, bytes)| attachments.attach(draft_id, &invoice, &person.file(name, bytes)).err());
    assert!(matches!(
        refused,
        [
            Some(Error::FileEmpty),
            Some(Error::FileNotAccepted { .. }),
            Some(Error::FileNotAccepted { .. }),
            Some(Error::FileUnreadable),
            Some(Error::FileTooLarge { .. }),
        ]
    ));
    let missing = attachments.attach(draft_id, &invoice, &person.file("x", b"").with_extension("gone")).err();
    assert!(matches!(missing, Some(Error::FileUnreadable)));
    assert_eq!((person.blobs(), person.count("attachments")), (0, 0));
    assert!(person.compartment.drafts().show(draft_id).unwrap() == before);
}

#[tokio::test]
async fn a_file_that_is_given_up_leaves_nothing() {
    let person = TestPerson::new();
    let (draft_id, attachments) = (begun(&person), person.compartment.attachments());
    let (path, cancel) = (person.file("a.jpg", &photograph(10)), Cancel::default());
    cancel.cancel();
    let given_up = attachments.attach_unless(draft_id, &"invoice".into(), &path, &cancel);
    assert!(matches!(given_up, Err(Error::Cancelled)));
    assert_eq!((person.blobs(), person.count("attachments")), (0, 0));
    attachments.attach(draft_id, &"invoice".into(), &path).unwrap();
}

#[tokio::test]
async fn a_picture_that_nobody_can_open_is_refused_with_its_own_words() {
    let person = TestPerson::new();
    let (draft_id, attachments) = (begun(&person), person.compartment.attachments());
    let mut bytes = photograph(10);
    let frame = bytes.windows(2).position(|marker| marker == [0xFF, 0xC0]).unwrap();
    bytes[frame + 5..frame + 9].fill(0xFF);
    let path = person.file("a.jpg", &bytes);
    let refused = attachments.attach(draft_id, &"invoice".into(), &path);
    assert!(matches!(refused, Err(Error::PictureTooLarge)));
    assert_eq!(person.blobs(), 0);
}

#[tokio::test]
async fn a_row_that_cannot_be_written_leaves_no_file() {
    let person = TestPerson::new();
    let draft_id = begun(&person);
    person.execute(
        "CREATE TRIGGER full BEFORE INSERT ON attachments BEGIN SELECT RAISE(ABORT, 'no more'); END",
    );
    let path = person.file("a.jpg", &photograph(10));
    assert!(person.compartment.attachments().attach(draft_id, &"invoice".into(), &path).is_err());
    assert_eq!(person.blobs(), 0);
}

#[tokio::test]
async fn the_same_content_twice_and_one_file_too_many_are_noticed() {
    let person = TestPerson::new();
    let (draft_id, attachments) = (begun(&person), person.compartment.attachments());
    let attach = |index: usize, name: &str| {
        attachments.attach(draft_id, &"invoice".into(), &person.file(name, &photograph(index)))
    };
    attach(1, "a.jpg").unwrap();
    assert!(matches!(attach(1, "b.jpg"), Err(Error::FileAlreadyAttached)));
    attach(2, "b.jpg").unwrap();
    attach(3, "c.jpg").unwrap();
    assert!(matches!(attach(4, "d.jpg"), Err(Error::TooManyFiles { limit: 3 })));
    assert_eq!(person.blobs(), 3);
}

#[tokio::test]
async fn only_a_paper_that_is_asked_for_takes_a_file() {
    let person = TestPerson::new();
    let (draft_id, attachments) = (begun(&person), person.compartment.attachments());
    let path = person.file("a.jpg", &photograph(10));
    let cancelled = attachments.attach(draft_id, &"residence".into(), &path);
    assert!(matches!(cancelled, Err(Error::PaperNotNeeded { .. })));
    let unknown = attachments.attach(draft_id, &"horoscope".into(), &path);
    assert!(matches!(unknown, Err(Error::UnknownRequirement { .. })));
    assert_eq!(person.blobs(), 0);
}

#[tokio::test]
async fn a_removed_file_is_gone_from_row_and_disk() {
    let person = TestPerson::new();
    let draft_id = person.complete_draft(2);
    let attachments = person.compartment.attachments();
    let [first, second] = attachments.list(draft_id).unwrap().try_into().ok().unwrap();
    attachments.remove(first.attachment_id).unwrap();
    assert!(attachments.list(draft_id).unwrap() == [second]);
    assert_eq!(person.blobs(), 1);
    assert!(matches!(attachments.read(first.attachment_id).err(), Some(Error::AttachmentGone)));
}
