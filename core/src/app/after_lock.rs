//! What goes on for people who have locked: files that they have allowed to.
//!
//! It ends when all is sent, when the person unlocks (and goes on in their name), with [`CitizenApp::shutdown`] and with the
//! process. Whoever is removed, forgets their PIN or takes back their consent has it ended first.

use std::sync::{Mutex, PoisonError};

use tokio::sync::watch;
use tokio::task::AbortHandle;

use super::{CitizenApp, Device};
use crate::outbox;
use crate::people::{Compartment, PersonId};
use crate::upload::OnItsOwn;

/// What goes on, and for whom.
#[derive(Default)]
pub(super) struct AfterLock {
    tasks: Mutex<Vec<(PersonId, AbortHandle)>>,
    /// How many files there are.
    files: watch::Sender<usize>,
}

/// Files that are counted for as long as they go on, however that ends.
struct Counted {
    files: watch::Sender<usize>,
    left: usize,
}

impl Counted {
    fn one_less(&mut self) {
        self.left = self.left.saturating_sub(1);
        self.files.send_modify(|files| *files = files.saturating_sub(1));
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.files.send_modify(|files| *files = files.saturating_sub(self.left));
    }
}

impl Device {
    /// Has files of somebody who has locked go on.
    pub(crate) fn go_on(&self, whose: PersonId, locked: Compartment, files: Vec<OnItsOwn>) {
        let Ok(runtime) = self.runtime() else { return };
        let mut counted = Counted { files: self.after_lock.files.clone(), left: files.len() };
        counted.files.send_modify(|going| *going += counted.left);
        let task = runtime.spawn(async move { outbox::go_on(locked, files, || counted.one_less()).await });
        let mut tasks = self.after_lock.tasks.lock().unwrap_or_else(PoisonError::into_inner);
        tasks.retain(|(_, task)| !task.is_finished());
        tasks.push((whose, task.abort_handle()));
    }

    pub(crate) fn uploads_going_on(&self) -> usize {
        *self.after_lock.files.borrow()
    }

    pub(crate) async fn uploads_ended(&self) {
        let mut files = self.after_lock.files.subscribe();
        // A sender that is gone has nothing going on.
        let _ = files.wait_for(|files| *files == 0).await;
    }

    /// Ends what goes on for a person, or, where none is named, for all; the keys for it are wiped.
    pub(crate) fn end_after_lock(&self, whose: Option<PersonId>) {
        let mut tasks = self.after_lock.tasks.lock().unwrap_or_else(PoisonError::into_inner);
        tasks.retain(|(person_id, task)| {
            let ends = whose.is_none_or(|whose| whose == *person_id);
            if ends {
                task.abort();
            }
            !ends
        });
    }
}

impl CitizenApp {
    /// Ends what goes on for a person, and has nothing go on when they lock next, until more is made ready.
    pub(crate) fn end_uploads(&self, person_id: PersonId) {
        if let Some(compartment) = self.opened_people().get(&person_id) {
            compartment.forget_passes();
        }
        self.device().end_after_lock(Some(person_id));
    }

    /// How many files of people who have locked are still going on.
    pub fn uploads_going_on(&self) -> usize {
        self.device().uploads_going_on()
    }

    /// Completes when no file goes on any more: all are at the city, or wait for their person. For shells that may be ended
    /// by the system, and want to know until when not.
    pub async fn uploads_ended(&self) {
        self.device().uploads_ended().await;
    }
}
