//! Locking: on demand, when the app goes into the background, and after a time in which nobody was there.

use std::sync::Arc;
use std::time::Duration;

use super::{CitizenApp, Device};
use crate::Error;
use crate::people::PersonId;
use crate::store::settings;

/// The setting that says after how many seconds the app locks.
const LOCK_AFTER: &str = "lock-after";
/// After which time it locks where nobody has chosen.
const USUAL: Duration = Duration::from_secs(5 * 60);
/// The longest that can be chosen.
const LONGEST: Duration = Duration::from_secs(60 * 60);
/// How often it is looked at least: a timer may stand still while the device sleeps.
const LOOK: Duration = Duration::from_secs(5);

impl CitizenApp {
    /// After which time without anybody there the app locks by itself.
    pub fn lock_after(&self) -> Result<Duration, Error> {
        Ok(self.device().idle.allowed())
    }

    /// Chooses that time; an hour at most.
    pub fn set_lock_after(&self, time: Duration) -> Result<(), Error> {
        let time = time.min(LONGEST);
        let device = self.device();
        device.database.write(|tx| settings::set(tx, LOCK_AFTER, &time.as_secs().to_string()))?;
        device.idle.allow(time);
        Ok(())
    }

    /// Somebody is there: the time begins anew. A shell says so at each touch.
    pub fn keep_open(&self) {
        // The time may have been over before anything noticed, as after a sleep.
        if self.device().left_open().is_zero() {
            self.lock_all();
        }
        self.device().idle.begin_anew(self.device().since_boot());
    }

    /// Wipes a person's keys and words from memory. What is held of the person answers `Locked` from now on. Files go on
    /// where the person has allowed that ([`crate::Compartment::let_uploads_go_on`]).
    pub fn lock(&self, person_id: PersonId) {
        let Some(compartment) = self.opened_people().remove(&person_id) else { return };
        compartment.lock();
        // What stands in the buffers of a connection goes with it.
        self.device().http.hang_up();
    }

    /// The same, and nothing of theirs goes on.
    pub(crate) fn lock_for_good(&self, person_id: PersonId) {
        self.end_uploads(person_id);
        self.lock(person_id);
        self.device().end_after_lock(Some(person_id));
    }

    /// Locks everyone, as when the app goes into the background.
    pub fn lock_all(&self) {
        let people = std::mem::take(&mut *self.opened_people());
        if people.is_empty() {
            return;
        }
        people.into_values().for_each(|compartment| compartment.lock());
        self.device().http.hang_up();
    }

    /// The app is no longer on the screen: everyone is locked. What was not sent yet goes after the next unlock, but for
    /// files that were allowed to go on.
    pub fn on_background(&self) {
        self.lock_all();
    }

    /// Locks everyone once nobody was there for too long. It ends with the last who is open.
    pub(super) fn watch_idleness(&self) {
        let Ok(runtime) = self.device().runtime().cloned() else { return };
        let (device, people) = (Arc::downgrade(self.device()), Arc::downgrade(&self.open));
        runtime.spawn(async move {
            loop {
                let (Some(device), Some(open)) = (device.upgrade(), people.upgrade()) else { return };
                let app = Self { device, open };
                if app.opened_people().is_empty() {
                    return;
                }
                let left = app.device.left_open();
                if left.is_zero() {
                    app.lock_all();
                    return;
                }
                drop(app);
                tokio::time::sleep(left.min(LOOK)).await;
            }
        });
    }
}

impl Device {
    /// How long people stay open if nobody is there from now on.
    pub(crate) fn left_open(&self) -> Duration {
        self.idle.left(self.since_boot())
    }

    pub(super) fn since_boot(&self) -> Duration {
        self.platform.boot_clock.since_boot()
    }

    /// The time that was chosen.
    pub(super) fn chosen_lock_after(&self) -> Result<Duration, Error> {
        let kept = self.database.read(|tx| settings::get(tx, LOCK_AFTER))?;
        Ok(kept.and_then(|seconds| seconds.parse().ok()).map_or(USUAL, Duration::from_secs).min(LONGEST))
    }
}
