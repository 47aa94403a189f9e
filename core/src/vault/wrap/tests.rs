use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tempfile::TempDir;
use zeroize::Zeroizing;

use super::super::cost::LEAST;
use super::super::{BootClock, KeyVault, Pin, VaultError};
use super::{BoxedKey, KeyState, Lock, change_pin, erase_key, look, make_key, open_key};
use crate::Error;
use crate::people::PersonId;

/// A vault in memory, which can be made to fail.
#[derive(Default)]
struct Vault {
    secrets: Mutex<BTreeMap<String, Vec<u8>>>,
    fails: Mutex<Option<VaultError>>,
}

impl Vault {
    fn answer(&self) -> Result<(), VaultError> {
        self.fails.lock().unwrap().map_or(Ok(()), Err)
    }

    fn names(&self) -> Vec<String> {
        self.secrets.lock().unwrap().keys().cloned().collect()
    }
}

impl KeyVault for Vault {
    fn load(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, VaultError> {
        self.answer()?;
        Ok(self.secrets.lock().unwrap().get(name).cloned().map(Zeroizing::new))
    }

    fn store(&self, name: &str, secret: &[u8]) -> Result<(), VaultError> {
        self.answer()?;
        self.secrets.lock().unwrap().insert(name.to_owned(), secret.to_vec());
        Ok(())
    }

    fn erase(&self, name: &str) -> Result<(), VaultError> {
        self.answer()?;
        self.secrets.lock().unwrap().remove(name);
        Ok(())
    }
}

/// A clock that a test sets, in seconds.
#[derive(Default)]
struct Clock(AtomicU64);

impl BootClock for Clock {
    fn since_boot(&self) -> Duration {
        Duration::from_secs(self.0.load(Ordering::Relaxed))
    }
}

struct Scene {
    folder: TempDir,
    person_id: PersonId,
    vault: Vault,
    clock: Clock,
}

impl Scene {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let scene = Self {
            folder,
            person_id: PersonId::generate(),
            vault: Vault::default(),
            clock: Clock::default(),
        };
        scene.clock.0.store(10_000, Ordering::Relaxed);
        scene
    }

    fn lock(&self) -> Lock<'_> {
        Lock { folder: self.folder(), person_id: self.person_id, vault: &self.vault, clock: &self.clock }
    }

    fn folder(&self) -> &Path {
        self.folder.path()
    }

    fn open(&self, pin: &str) -> Result<BoxedKey, Error> {
        open_key(self.lock(), &Pin::new(pin))
    }

    fn make(&self) -> BoxedKey {
        make_key(self.lock(), &Pin::new(RIGHT), LEAST).unwrap()
    }

    fn wait(&self, seconds: u64) {
        self.clock.0.fetch_add(seconds, Ordering::Relaxed);
    }
}

const RIGHT: &str = "274916";
const WRONG: &str = "274917";

#[test]
fn the_key_needs_pin_and_vault_and_wrong_pins_are_counted_before_they_are_tried() {
    let scene = Scene::new();
    let made = scene.make();
    assert_eq!(scene.open(RIGHT).unwrap(), made);
    for _ in 0..3 {
        assert!(matches!(scene.open(WRONG), Err(Error::WrongPin { .. })));
    }
    // Even the right PIN waits now, and asking does not count as a try.
    for _ in 0..2 {
        assert_eq!(scene.open(RIGHT), Err(Error::PinPaused { wait: Duration::from_secs(30) }));
    }
    scene.wait(30);
    assert_eq!(scene.open(RIGHT).unwrap(), made);
    scene.vault.erase(&scene.vault.names()[0]).unwrap();
    for _ in 0..20 {
        assert_eq!(scene.open(RIGHT).err(), Some(Error::KeyMissing), "there is nothing to try it on");
    }
    assert_eq!(look(scene.lock()), Ok(KeyState::Missing));
}

#[test]
fn after_ten_wrong_pins_the_secret_is_gone_for_the_right_one_too() {
    let scene = Scene::new();
    scene.make();
    for failed in 1..10 {
        let told = scene.open(WRONG).err();
        assert!(
            matches!(told, Some(Error::WrongPin { tries_left, .. }) if tries_left == 10 - failed),
            "{told:?}"
        );
        scene.wait(3600);
    }
    assert_eq!(scene.open(WRONG).err(), Some(Error::PinUsedUp));
    assert!(scene.vault.names().is_empty());
    scene.wait(3600);
    assert_eq!(scene.open(RIGHT).err(), Some(Error::PinUsedUp));
    assert_eq!(look(scene.lock()), Ok(KeyState::UsedUp));
}

#[test]
fn a_vault_that_could_not_erase_in_time_erases_at_the_next_try_which_is_not_made() {
    let scene = Scene::new();
    scene.make();
    for _ in 0..9 {
        assert!(scene.open(WRONG).is_err());
        scene.wait(3600);
    }
    // The process died after it had counted the tenth try.
    super::Attempts::begin(scene.folder(), &scene.clock).unwrap().count().unwrap();
    assert_eq!(scene.open(RIGHT).err(), Some(Error::PinUsedUp));
    assert!(scene.vault.names().is_empty());
}

#[test]
fn a_vault_that_does_not_answer_costs_no_try() {
    let scene = Scene::new();
    let made = scene.make();
    for (fault, told) in [
        (VaultError::Unavailable, Error::VaultUnavailable),
        (VaultError::NotYetUnlocked, Error::DeviceNotYetUnlocked),
        (VaultError::Invalidated, Error::KeyInvalidated),
    ] {
        *scene.vault.fails.lock().unwrap() = Some(fault);
        for _ in 0..15 {
            assert_eq!(scene.open(RIGHT).err(), Some(told.clone()));
        }
    }
    *scene.vault.fails.lock().unwrap() = None;
    assert_eq!(scene.open(RIGHT).unwrap(), made);
}

#[test]
fn a_new_pin_opens_the_same_key_and_the_old_one_nothing_even_with_its_file() {
    let scene = Scene::new();
    let made = scene.make();
    let old = std::fs::read(scene.folder().join("key.json")).unwrap();
    change_pin(scene.lock(), &made, &Pin::new("583920"), LEAST).unwrap();
    assert!(matches!(scene.open(RIGHT), Err(Error::WrongPin { .. })));
    assert_eq!(scene.open("583920").unwrap(), made);
    assert_eq!(scene.vault.names().len(), 1, "of the old secret nothing is left");
    std::fs::write(scene.folder().join("key.json"), old).unwrap();
    assert_eq!(scene.open(RIGHT).err(), Some(Error::KeyMissing));
    erase_key(scene.lock()).unwrap();
    assert!(scene.vault.names().is_empty());
}

#[test]
fn a_change_that_is_cut_short_leaves_the_old_pin_or_the_new_one() {
    let scene = Scene::new();
    let made = scene.make();
    let (file, first) =
        (std::fs::read(scene.folder().join("key.json")).unwrap(), scene.vault.names()[0].clone());
    let secret = scene.vault.load(&first).unwrap().unwrap();
    change_pin(scene.lock(), &made, &Pin::new("583920"), LEAST).unwrap();
    let changed = std::fs::read(scene.folder().join("key.json")).unwrap();
    // Before the file was replaced: both secrets, the old file.
    scene.vault.store(&first, &secret).unwrap();
    std::fs::write(scene.folder().join("key.json"), file).unwrap();
    assert_eq!(scene.open(RIGHT).unwrap(), made);
    assert_eq!(scene.vault.names(), std::slice::from_ref(&first));
    // After it was replaced, before the old secret was erased.
    let scene = Scene::new();
    let made = scene.make();
    let first = scene.vault.names()[0].clone();
    let secret = scene.vault.load(&first).unwrap().unwrap();
    change_pin(scene.lock(), &made, &Pin::new("583920"), LEAST).unwrap();
    scene.vault.store(&first, &secret).unwrap();
    assert_eq!(scene.open("583920").unwrap(), made);
    assert!(!scene.vault.names().contains(&first));
    assert!(!changed.is_empty());
}

#[test]
fn a_key_file_cannot_ask_for_less_or_for_everything_nor_serve_another_person() {
    let scene = Scene::new();
    scene.make();
    let path = scene.folder().join("key.json");
    let written = std::fs::read_to_string(&path).unwrap();
    let wrong = Error::WrongPin { wait: Duration::ZERO, tries_left: 9 };
    for (cost, refused) in
        [(r#""passes":1"#, wrong.clone()), (r#""passes":4000000000"#, Error::RecordAltered)]
    {
        assert!(written.contains(r#""passes":2"#));
        std::fs::write(&path, written.replace(r#""passes":2"#, cost)).unwrap();
        super::Attempts::make(scene.folder()).unwrap();
        assert_eq!(scene.open(RIGHT).err(), Some(refused), "{cost}");
    }
    std::fs::write(&path, &written).unwrap();
    super::Attempts::make(scene.folder()).unwrap();
    let other = PersonId::generate();
    let secret = scene.vault.load(&scene.vault.names()[0]).unwrap().unwrap();
    scene.vault.store(&format!("person-{other}"), &secret).unwrap();
    let opened = open_key(Lock { person_id: other, ..scene.lock() }, &Pin::new(RIGHT));
    assert_eq!(opened.err(), Some(wrong));
    assert!(scene.open(RIGHT).is_ok());
}
