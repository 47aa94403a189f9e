use std::fs;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use citizen_api::{AttachmentId, Subject};
use tempfile::TempDir;

use crate::app::DataKey;
use crate::store::Place;
use crate::vault::{Pin, PinCost};
use crate::{CitizenApp, Compartment, Config, Error, PersonId, Platform, SoftwareVault};

const NAME: &str = "楼㛃燚canary";
const SUBJECT: &str = "subject-canary-7f3a";
const PIN: &str = "274916";

fn open(folder: &Path) -> Result<CitizenApp, Error> {
    let vault = Arc::new(SoftwareVault::open(folder.join("vault"))?);
    let config = Config {
        data_dir: folder.join("data"),
        city: "http://127.0.0.1:9/".parse().unwrap(),
        device_name: "test".to_owned(),
    };
    CitizenApp::open(config, Platform { pin_cost: PinCost::Least, ..Platform::new(vault.clone(), vault) })
}

fn enter(app: &CitizenApp, pin: &str) -> Result<Compartment, Error> {
    app.open_for_subject(&Subject::from(SUBJECT), NAME, &Pin::new(pin), PersonId::generate())
}

fn scene() -> (TempDir, CitizenApp, Compartment) {
    let folder = tempfile::tempdir().unwrap();
    let app = open(folder.path()).unwrap();
    let compartment = enter(&app, PIN).unwrap();
    (folder, app, compartment)
}

fn attach(compartment: &Compartment, content: &[u8]) -> AttachmentId {
    let attachment_id = AttachmentId::generate();
    let mut writer = compartment.blobs().create(attachment_id).unwrap();
    writer.write_all(content).unwrap();
    writer.finish().unwrap();
    attachment_id
}

/// Every file below a folder, with its content.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => found.extend(files(&path)),
            false => found.push((path.display().to_string(), fs::read(&path).unwrap())),
        }
    }
    found.sort();
    found
}

#[test]
fn a_login_finds_the_same_compartment_again_and_only_with_its_pin() {
    let (folder, app, first) = scene();
    let person_id = first.person_id();
    assert!(matches!(enter(&app, "274917").err(), Some(Error::WrongPin { .. })));
    assert_eq!(
        app.open_for_subject(&"someone".into(), "another", &Pin::new("1234"), PersonId::generate()).err(),
        Some(Error::PinTooWeak)
    );
    drop((app, first));
    let app = open(folder.path()).unwrap();
    assert_eq!(enter(&app, PIN).unwrap().person_id(), person_id);
    assert_eq!(app.current_person().unwrap(), Some(person_id));
    let people = app.people().unwrap();
    assert_eq!(people.len(), 1);
    assert_eq!((people[0].label.as_str(), people[0].unlocked), (NAME, true));
}

#[test]
fn locking_reaches_everyone_who_holds_the_compartment() {
    let (_folder, app, first) = scene();
    let again = app.unlock(first.person_id(), &Pin::new(PIN)).unwrap();
    app.lock(first.person_id());
    for held in [&first, &again] {
        assert!(!held.is_unlocked());
        assert_eq!(held.read(|_, _| Ok(())), Err(Error::Locked));
        assert_eq!(held.sign(b"x").err(), Some(Error::Locked));
        assert_eq!(held.blobs().create(AttachmentId::generate()).err(), Some(Error::Locked));
    }
    assert!(app.unlock(first.person_id(), &Pin::new(PIN)).unwrap().is_unlocked());
}

#[test]
fn a_kept_key_opens_its_own_person_only() {
    let (_folder, app, compartment) = scene();
    let person_id = compartment.person_id();
    let key = app.data_key(person_id, &Pin::new(PIN)).unwrap();
    let other = DataKey::from_bytes(&[7; 32]).unwrap();
    assert_eq!(app.unlock_with_key(person_id, &other).err(), Some(Error::RecordAltered), "while it is open");
    app.lock(person_id);
    assert_eq!(app.unlock_with_key(person_id, &other).err(), Some(Error::RecordAltered));
    assert!(app.unlock_with_key(person_id, &key).unwrap().is_unlocked());
    assert_eq!(app.data_key(PersonId::generate(), &Pin::new(PIN)).err(), Some(Error::NoSuchPerson));
}

#[test]
fn data_without_their_key_are_told_kept_and_no_obstacle() {
    let (folder, app, compartment) = scene();
    let person_id = compartment.person_id();
    let theirs = folder.path().join("data/people").join(person_id.to_string());
    drop((app, compartment));
    fs::remove_dir_all(folder.path().join("vault")).unwrap();
    let before = files(&theirs);
    let app = open(folder.path()).unwrap();
    assert_eq!(app.people().unwrap()[0].label, "");
    assert_eq!(app.unlock(person_id, &Pin::new(PIN)).err(), Some(Error::KeyMissing));
    let fresh = enter(&app, "583920").unwrap();
    assert_ne!(fresh.person_id(), person_id);
    assert_eq!(files(&theirs), before);
    app.remove_person(person_id).unwrap();
    assert!(!theirs.exists());
    assert_eq!(app.people().unwrap().len(), 1);
}

#[test]
fn a_damaged_device_store_loses_nobody() {
    let (folder, app, compartment) = scene();
    let person_id = compartment.person_id();
    drop((app, compartment));
    fs::write(folder.path().join("data/device.db"), [0x5a; 9000]).unwrap();
    let told = open(folder.path()).err();
    assert!(matches!(told, Some(Error::StoreUnreadable { set_aside: Some(_) })), "{told:?}");
    let app = open(folder.path()).unwrap();
    assert_eq!(app.unlock(person_id, &Pin::new(PIN)).unwrap().label().unwrap(), NAME);
    assert_eq!(app.people().unwrap()[0].label, NAME, "the name is known again");
    assert_eq!(enter(&app, PIN).unwrap().person_id(), person_id);
}

#[test]
fn a_damaged_compartment_is_told_once_and_usable_after() {
    let (folder, app, compartment) = scene();
    let person_id = compartment.person_id();
    drop((app, compartment));
    let store = folder.path().join("data/people").join(person_id.to_string()).join("store.db");
    fs::write(&store, [0x5a; 9000]).unwrap();
    let app = open(folder.path()).unwrap();
    let told = app.unlock(person_id, &Pin::new(PIN)).err();
    let Some(Error::StoreUnreadable { set_aside: Some(aside) }) = told else { panic!("{told:?}") };
    assert_eq!(fs::read(aside).unwrap(), [0x5a; 9000]);
    assert_eq!(app.unlock(person_id, &Pin::new(PIN)).unwrap().label().unwrap(), NAME);
}

#[test]
fn a_file_whose_row_may_still_come_is_left_alone() {
    let (folder, app, compartment) = scene();
    let person_id = compartment.person_id();
    let attachment_id = attach(&compartment, b"photograph");
    let other_process = open(folder.path()).unwrap();
    drop(other_process.unlock(person_id, &Pin::new(PIN)).unwrap());
    drop(other_process);
    assert!(compartment.blobs().open(attachment_id).is_ok());
    drop((app, compartment));
    let later = open(folder.path()).unwrap().unlock(person_id, &Pin::new(PIN)).unwrap();
    assert_eq!(later.blobs().open(attachment_id).err(), Some(Error::AttachmentGone));
}

#[test]
fn a_record_put_back_under_a_later_revision_is_refused() {
    let (_folder, _app, compartment) = scene();
    let place = |revision| Place { table: "session", row: "tokens".into(), column: "sealed", revision };
    let opened: Result<String, Error> = compartment.write(|_, sealer| {
        let old = sealer.seal(&place(1), &"old")?;
        sealer.open(&place(2), &old)
    });
    assert_eq!(opened, Err(Error::RecordAltered));
}

#[test]
fn nothing_personal_is_on_disk_in_the_clear() {
    const ANSWER: &str = "浙江省东阳市canary画水镇";
    let (folder, _app, compartment) = scene();
    attach(&compartment, ANSWER.repeat(4000).as_bytes());
    compartment
        .write(|tx, sealer| {
            let place = Place { table: "draft_parts", row: "d".into(), column: "note", revision: 1 };
            let sealed = sealer.seal(&place, &ANSWER)?;
            tx.execute("INSERT INTO drafts (draft_id) VALUES ('d')", [])?;
            let slot = sealer.slot("answers", &["d", ANSWER]);
            tx.execute("INSERT INTO answers (draft_id, slot, sealed) VALUES ('d', ?1, ?2)", (slot, sealed))?;
            Ok(())
        })
        .unwrap();
    let files = files(folder.path());
    assert!(files.iter().any(|(name, _)| name.ends_with("store.db-wal")), "the log is looked at too");
    for canary in [NAME, SUBJECT, ANSWER, PIN, "canary"] {
        let utf16: Vec<u8> = canary.encode_utf16().flat_map(u16::to_le_bytes).collect();
        for (name, content) in &files {
            for needle in [canary.as_bytes(), &utf16] {
                assert!(!content.windows(needle.len()).any(|window| window == needle), "{canary} in {name}");
            }
        }
    }
}

#[test]
fn only_these_columns_stand_in_the_clear() {
    const CLEAR: [&str; 22] = [
        "attachment_id",
        "attempts",
        "blocked",
        "case_id",
        "created_at",
        "credential_id",
        "depends_on",
        "draft_id",
        "fetched_at",
        "kept_at",
        "kind",
        "name",
        "next_attempt_at",
        "part",
        "person_id",
        "renewing_until",
        "revision",
        "sequence",
        "state",
        "transaction_id",
        "updated_at",
        "waits",
    ];
    const HIDDEN: [&str; 3] = ["sealed", "card", "slot"];
    let (_folder, _app, compartment) = scene();
    let columns: Vec<(String, String)> = compartment
        .read(|tx, _| {
            let mut statement = tx.prepare(
                "SELECT tables.name, columns.name FROM pragma_table_list AS tables
                 JOIN pragma_table_info(tables.name) AS columns
                 WHERE tables.schema = 'main' AND tables.name NOT LIKE 'sqlite_%'",
            )?;
            let columns = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            Ok(columns.collect::<Result<_, _>>()?)
        })
        .unwrap();
    for (table, column) in columns {
        let known = CLEAR.contains(&column.as_str()) || HIDDEN.contains(&column.as_str());
        assert!(known, "{table}.{column}: is it personal? then it is sealed; if not, name it here");
    }
}
