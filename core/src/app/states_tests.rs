use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use citizen_api::{Language, Subject};
use tempfile::TempDir;
use zeroize::Zeroizing;

use crate::people::{LeftBehind, PersonState};
use crate::vault::{BootClock, KeyVault, Pin, PinCost, VaultError};
use crate::{CitizenApp, Compartment, Config, Error, PersonId, Platform, SoftwareVault};

const PIN: &str = "274916";
const NEW_PIN: &str = "583920";

#[derive(Default)]
struct Clock(AtomicU64);

impl BootClock for Clock {
    fn since_boot(&self) -> Duration {
        Duration::from_secs(self.0.load(Ordering::Relaxed))
    }
}

/// A phone that was started and not unlocked since.
struct Closed;

impl KeyVault for Closed {
    fn load(&self, _: &str) -> Result<Option<Zeroizing<Vec<u8>>>, VaultError> {
        Err(VaultError::NotYetUnlocked)
    }

    fn store(&self, _: &str, _: &[u8]) -> Result<(), VaultError> {
        Err(VaultError::NotYetUnlocked)
    }

    fn erase(&self, _: &str) -> Result<(), VaultError> {
        Err(VaultError::NotYetUnlocked)
    }
}

struct Scene {
    folder: TempDir,
    clock: Arc<Clock>,
    app: CitizenApp,
    person_id: PersonId,
}

fn config(folder: &Path) -> Config {
    Config {
        data_dir: folder.join("data"),
        city: "http://127.0.0.1:9/".parse().unwrap(),
        device_name: "test".to_owned(),
    }
}

fn open(folder: &Path, clock: &Arc<Clock>) -> CitizenApp {
    let vault = Arc::new(SoftwareVault::open(folder.join("vault")).unwrap());
    let platform = Platform {
        pin_cost: PinCost::Least,
        boot_clock: Arc::clone(clock) as Arc<dyn BootClock>,
        ..Platform::new(vault.clone(), vault)
    };
    CitizenApp::open(config(folder), platform).unwrap()
}

fn enter(app: &CitizenApp, pin: &str) -> Result<Compartment, Error> {
    app.open_for_subject(&Subject::from("subject"), "陈桂芳", &Pin::new(pin), crate::PersonId::generate())
}

impl Scene {
    /// A person with a draft and something that was not sent, locked.
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(Clock::default());
        clock.0.store(10_000, Ordering::Relaxed);
        let app = open(folder.path(), &clock);
        let compartment = enter(&app, PIN).unwrap();
        compartment
            .write(|tx, _| {
                tx.execute("INSERT INTO drafts (draft_id) VALUES ('open')", [])?;
                tx.execute("INSERT INTO drafts (draft_id, state) VALUES ('filed', 'submitted')", [])?;
                tx.execute("INSERT INTO outbox (transaction_id, kind) VALUES ('file', 'upload')", [])?;
                Ok(tx.execute(
                    "INSERT INTO outbox (transaction_id, kind) VALUES ('filing', 'submission')",
                    [],
                )?)
            })
            .unwrap();
        let person_id = compartment.person_id();
        app.lock(person_id);
        Self { folder, clock, app, person_id }
    }

    fn state(&self) -> PersonState {
        self.app.person_state(self.person_id).unwrap()
    }

    fn unlock(&self, pin: &str) -> Result<Compartment, Error> {
        self.app.unlock(self.person_id, &Pin::new(pin))
    }

    fn guess_wrong(&self, times: usize) {
        for _ in 0..times {
            assert!(self.unlock("274917").is_err());
            self.clock.0.fetch_add(3600, Ordering::Relaxed);
        }
    }
}

const LEFT: LeftBehind = LeftBehind { drafts: 1, unsent: 1 };

fn says(state: PersonState, zh: &str, en: &str) {
    let sentence = state.sentence();
    assert!(sentence.zh.contains(zh) && sentence.en.contains(en), "{sentence:?}");
}

#[test]
fn ten_wrong_pins_are_warned_of_and_signing_in_goes_on_beside_what_is_kept() {
    let scene = Scene::new();
    scene.guess_wrong(6);
    let told = scene.unlock("274917").err().unwrap();
    assert!(told.sentence(Language::Zh).contains("还能试 3 次"), "{told}");
    assert!(told.sentence(Language::En).contains("3 tries are left"), "{told}");
    assert_eq!(scene.state(), PersonState::Paused { wait: Duration::from_secs(3600), tries_left: 3 });
    scene.clock.0.fetch_add(3600, Ordering::Relaxed);
    scene.guess_wrong(3);
    assert_eq!(scene.state(), PersonState::PinUsedUp(LEFT));
    says(scene.state(), "草稿 1 份，还没发出的 1 项", "1 of your drafts, and 1 not yet sent");
    let again = enter(&scene.app, NEW_PIN).unwrap();
    assert_ne!(again.person_id(), scene.person_id);
    let people = scene.app.people().unwrap();
    assert_eq!(people.iter().map(|person| person.earlier).collect::<Vec<_>>(), [true, false]);
    assert_eq!(scene.state(), PersonState::PinUsedUp(LEFT), "nothing of it was dropped");
    scene.app.lock(again.person_id());
    assert_eq!(enter(&scene.app, NEW_PIN).unwrap().person_id(), again.person_id());
}

#[test]
fn a_restored_backup_says_what_it_cannot_open() {
    let scene = Scene::new();
    std::fs::remove_dir_all(scene.folder.path().join("vault")).unwrap();
    let app = open(scene.folder.path(), &scene.clock);
    let state = app.person_state(scene.person_id).unwrap();
    assert_eq!(state, PersonState::KeyMissing(LEFT));
    says(state, "可能是从备份恢复来的", "may have come from a backup");
    says(state, "草稿 1 份，还没发出的 1 项", "1 of your drafts, and 1 not yet sent");
    assert!(enter(&app, NEW_PIN).is_ok());
    assert_eq!(app.person_state(scene.person_id).unwrap(), state);
}

#[test]
fn a_phone_that_was_not_unlocked_since_it_started_says_so_and_loses_nothing() {
    let scene = Scene::new();
    let closed = Arc::new(Closed);
    let keys = Arc::new(SoftwareVault::open(scene.folder.path().join("vault")).unwrap());
    let told = CitizenApp::open(config(scene.folder.path()), Platform::new(closed, keys)).err().unwrap();
    assert_eq!(told, Error::DeviceNotYetUnlocked);
    assert!(told.sentence(Language::Zh).contains("请先解锁手机屏幕"));
    assert!(told.sentence(Language::En).contains("unlock the phone's screen"));
    assert!(scene.unlock(PIN).is_ok());
}

#[test]
fn a_forgotten_pin_is_no_end_and_no_loss() {
    let scene = Scene::new();
    scene.app.forget_pin(scene.person_id).unwrap();
    let again = enter(&scene.app, NEW_PIN).unwrap();
    assert_ne!(again.person_id(), scene.person_id);
    // Whoever remembers it after all has everything.
    assert_eq!(
        scene.unlock(PIN).unwrap().read(|tx, _| {
            Ok(tx.query_row("SELECT count(*) FROM drafts", [], |row| row.get::<_, usize>(0))?)
        }),
        Ok(2)
    );
}

#[test]
fn a_new_pin_takes_the_place_of_the_old_one() {
    let scene = Scene::new();
    let (old, new) = (Pin::new(PIN), Pin::new(NEW_PIN));
    let change = |from: &Pin, to: &Pin| scene.app.change_pin(scene.person_id, from, to);
    assert!(matches!(change(&new, &new), Err(Error::WrongPin { .. })));
    assert_eq!(change(&old, &Pin::new("660915")), Err(Error::PinTooWeak));
    change(&old, &new).unwrap();
    scene.app.lock(scene.person_id);
    assert!(matches!(scene.unlock(PIN), Err(Error::WrongPin { .. })));
    assert!(scene.unlock(NEW_PIN).is_ok());
}

#[test]
fn a_finger_opens_the_way_after_ten_wrong_pins() {
    let scene = Scene::new();
    let key = scene.app.data_key(scene.person_id, &Pin::new(PIN)).unwrap();
    scene.guess_wrong(10);
    assert_eq!(scene.unlock(PIN).err(), Some(Error::PinUsedUp));
    scene.app.set_pin(scene.person_id, &key, &Pin::new(NEW_PIN)).unwrap();
    scene.app.lock(scene.person_id);
    assert!(scene.unlock(NEW_PIN).is_ok());
}

#[test]
fn a_phone_s_own_measure_of_a_try_is_kept_and_never_below_the_least() {
    let folder = tempfile::tempdir().unwrap();
    let vault = Arc::new(SoftwareVault::open(folder.path().join("vault")).unwrap());
    let app = CitizenApp::open(config(folder.path()), Platform::new(vault.clone(), vault)).unwrap();
    let measured = app.device().pin_cost().unwrap();
    assert_eq!(app.device().pin_cost().unwrap(), measured, "it is measured once");
    let person_id = enter(&app, PIN).unwrap().person_id();
    let file = folder.path().join("data/people").join(person_id.to_string()).join("key.json");
    let file: serde_json::Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    assert_eq!(file["cost"], serde_json::to_value(measured).unwrap());
    assert!(
        file["cost"]["memory_kib"].as_u64() >= Some(19 * 1024) && file["cost"]["passes"].as_u64() >= Some(2)
    );
}

/// Each state that a person can get into says what is the matter and what to do, in both languages. What leads there is
/// held by the tests that are named.
#[test]
fn every_state_has_a_way_out() {
    let wait = Duration::from_secs(30);
    let clock = Error::SignInFailed { why: crate::session::SignInFault::Clock };
    for (state, error, zh, en) in [
        // session::tests: a refused renewal, a lost answer; a device that was ended from another.
        (
            "session expired, revoked, or its renewal lost",
            Error::SignInRequired,
            "请重新登录",
            "sign in again",
        ),
        ("another person signs in", Error::SomebodyElseSignedIn, "添加家人", "Add a person"),
        ("a backup without its key", Error::KeyMissing, "请重新登录", "sign in again"),
        ("new biometrics", Error::KeyInvalidated, "请输入解锁码", "enter your PIN"),
        ("not unlocked since the start", Error::DeviceNotYetUnlocked, "请先解锁手机屏幕", "unlock the phone"),
        ("a clock wrong by a year", clock, "设为自动", "automatic"),
        ("a PIN forgotten", Error::WrongPin { wait, tries_left: 2 }, "忘记解锁码", "Forgot PIN"),
        ("a PIN wrong ten times", Error::PinUsedUp, "重新登录并设一个新的解锁码", "choose a new PIN"),
        ("a vault that does not answer", Error::VaultUnavailable, "请解锁设备", "unlock the device"),
        ("nobody agreed", Error::ConsentNeeded, "同意后再继续", "once you agree"),
        ("a mandate that is over", Error::NoMandate, "重新委托", "new mandate"),
    ] {
        let (said_zh, said_en) = (error.sentence(Language::Zh), error.sentence(Language::En));
        assert!(said_zh.contains(zh), "{state}: {said_zh}");
        assert!(said_en.contains(en), "{state}: {said_en}");
    }
}
