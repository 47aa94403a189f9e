use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use citizen_api::Subject;
use tempfile::TempDir;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

use super::Follower;
use crate::outbox::{Progress, SendReport};
use crate::sync::SyncReport;
use crate::vault::{BootClock, Pin, PinCost};
use crate::{CitizenApp, Compartment, Config, Error, Platform, SoftwareVault};

#[derive(Default)]
struct Clock(AtomicU64);

impl BootClock for Clock {
    fn since_boot(&self) -> Duration {
        Duration::from_secs(self.0.load(Ordering::Relaxed))
    }
}

fn scene() -> (TempDir, Arc<Clock>, CitizenApp) {
    let folder = tempfile::tempdir().unwrap();
    let clock = Arc::new(Clock(AtomicU64::new(100_000)));
    let app = open(&folder, &clock);
    (folder, clock, app)
}

fn open(folder: &TempDir, clock: &Arc<Clock>) -> CitizenApp {
    let vault = Arc::new(SoftwareVault::open(folder.path().join("vault")).unwrap());
    let config = Config {
        data_dir: folder.path().join("data"),
        city: "http://127.0.0.1:9/".parse().unwrap(),
        device_name: "test".to_owned(),
    };
    let boot_clock = Arc::clone(clock) as Arc<dyn BootClock>;
    let platform = Platform { pin_cost: PinCost::Least, boot_clock, ..Platform::new(vault.clone(), vault) };
    CitizenApp::open(config, platform).unwrap()
}

fn enter(app: &CitizenApp, subject: &str) -> Compartment {
    app.open_for_subject(&Subject::from(subject), "", &Pin::new("274916"), crate::PersonId::generate())
        .unwrap()
}

#[test]
fn nobody_there_for_the_chosen_time_locks_and_somebody_there_does_not() {
    let (folder, clock, app) = scene();
    app.set_lock_after(Duration::from_secs(60)).unwrap();
    let person = enter(&app, "one");
    let pass = |seconds| clock.0.fetch_add(seconds, Ordering::Relaxed);
    pass(59);
    assert!(person.is_unlocked());
    app.keep_open();
    pass(59);
    assert!(person.is_unlocked(), "somebody was there");
    pass(1);
    assert_eq!(person.read(|_, _| Ok(())), Err(Error::Locked));
    app.keep_open();
    assert!(!person.is_unlocked(), "being there again opens nothing");
    assert!(app.unlock(person.person_id(), &Pin::new("274916")).unwrap().is_unlocked());
    drop(app);
    assert_eq!(open(&folder, &clock).lock_after(), Ok(Duration::from_secs(60)), "the choice is kept");
}

#[test]
fn in_the_background_everyone_is_locked() {
    let (_folder, _clock, app) = scene();
    let people = ["one", "other"].map(|subject| enter(&app, subject));
    app.on_background();
    for person in people {
        assert!(!person.is_unlocked());
        assert_eq!(person.label().err(), Some(Error::Locked));
        assert_eq!(person.drafts().list().err(), Some(Error::Locked));
        assert_eq!(person.outbox().list().err(), Some(Error::Locked));
        assert_eq!(person.session().status().err(), Some(Error::Locked));
    }
    assert!(app.people().unwrap().iter().all(|person| !person.unlocked));
}

struct Told(Mutex<UnboundedSender<Error>>);

impl Follower for Told {
    fn progressed(&self, _: Progress) {}
    fn sent(&self, _: &SendReport) {}
    fn pulled(&self, _: &SyncReport) {}
    fn ended(&self, error: &Error) {
        self.0.lock().unwrap().send(error.clone()).unwrap();
    }
}

#[tokio::test]
async fn locking_ends_what_runs_in_the_background_at_once() {
    let (_folder, _clock, app) = scene();
    let person = enter(&app, "one");
    let (sender, mut ended) = unbounded_channel();
    let _background = person.start_background(Arc::new(Told(Mutex::new(sender)))).unwrap();
    // Following needs a session and ends by itself; sending waits for something to send.
    let mut told = vec![ended.recv().await.unwrap()];
    app.lock(person.person_id());
    told.push(ended.recv().await.unwrap());
    assert!(told.contains(&Error::Locked), "{told:?}");
}

/// Nobody asks for anything: the watch over idle time locks by itself.
#[tokio::test]
async fn time_alone_locks() {
    let (_folder, _clock, app) = scene();
    app.set_lock_after(Duration::from_secs(60)).unwrap();
    let person = enter(&app, "one");
    app.set_lock_after(Duration::ZERO).unwrap();
    person.locked().await;
    assert!(app.people().unwrap().iter().all(|person| !person.unlocked));
}
