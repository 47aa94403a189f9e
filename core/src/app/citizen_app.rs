//! `CitizenApp`: what a shell opens first.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use citizen_api::Subject;

use super::{Config, Device, Platform};
use crate::Error;
use crate::consent;
use crate::error::disk;
use crate::people::register::{self, Row};
use crate::people::{Compartment, PersonId, PersonRecord, PersonSummary};
use crate::session::StepUp;
use crate::store::{create_folder, settings, wiping_deep_after};
use crate::vault::{self, Pin};

/// The setting that names the person chosen last.
const CURRENT_PERSON: &str = "current-person";

/// The citizen app on one phone: people, catalogue, login. Cheap to clone.
///
/// Opening it needs no network and no PIN. Operations that touch only the disk return when the change is durable;
/// those that need the network are async, and none of them owns the sending: dropping one loses nothing.
#[derive(Clone)]
pub struct CitizenApp {
    pub(super) device: Arc<Device>,
    pub(super) open: Arc<Mutex<BTreeMap<PersonId, Compartment>>>,
}

impl CitizenApp {
    /// Opens the data folder, or makes it. One that a newer version has written is refused and left as it is.
    pub fn open(config: Config, platform: Platform) -> Result<Self, Error> {
        Ok(Self { device: Arc::new(Device::open(config, platform)?), open: Arc::default() })
    }

    /// Everyone with data on this phone, in the order they were added.
    pub fn people(&self) -> Result<Vec<PersonSummary>, Error> {
        let people = self.device.database.read(|tx| register::all(tx, &self.device.sealer))?;
        let open = self.opened_people();
        let summary = |row: Row| PersonSummary {
            person_id: row.person_id,
            label: row.record.map(|record| record.label).unwrap_or_default(),
            unlocked: open.get(&row.person_id).is_some_and(Compartment::is_unlocked),
            earlier: row.earlier,
        };
        Ok(people.into_iter().map(summary).collect())
    }

    /// The person who was chosen last; none on a new phone.
    pub fn current_person(&self) -> Result<Option<PersonId>, Error> {
        let name = self.device.database.read(|tx| settings::get(tx, CURRENT_PERSON))?;
        Ok(name.and_then(|name| name.parse().ok()))
    }

    /// Chooses a person.
    pub fn choose_person(&self, person_id: PersonId) -> Result<(), Error> {
        self.device.database.write(|tx| match register::knows(tx, person_id)? {
            true => settings::set(tx, CURRENT_PERSON, &person_id.to_string()),
            false => Err(Error::NoSuchPerson),
        })
    }

    /// Opens a person's data with their PIN. Wrong PINs are counted on disk before they are tried; after the third,
    /// waits begin. Data that are open already are given once more, and need the PIN all the same.
    pub fn unlock(&self, person_id: PersonId, pin: &Pin) -> Result<Compartment, Error> {
        self.unlock_with_key(person_id, &self.data_key(person_id, pin)?)
    }

    /// Removes a person and all that is theirs from this phone, at their word only; what the city has stays there.
    /// The secret goes first: from then on nothing of it can be read, whatever happens to the files.
    pub fn remove_person(&self, person_id: PersonId) -> Result<(), Error> {
        self.lock_for_good(person_id);
        let folder = self.device.person_folder(person_id);
        vault::erase_key(self.device.lock(&folder, person_id))?;
        self.device.platform.device_keys.erase(person_id)?;
        match std::fs::remove_dir_all(folder) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(disk(error)),
            _ => self.device.database.write(|tx| {
                consent::forget(tx, person_id)?;
                register::remove(tx, person_id)
            }),
        }?;
        self.set_gate()
    }

    /// Locks everyone: what runs in the background ends. What was not sent yet is sent at the next start.
    pub fn shutdown(&self) {
        self.lock_all();
        self.device.end_after_lock(None);
    }

    /// What all people share.
    pub(crate) fn device(&self) -> &Arc<Device> {
        &self.device
    }

    /// Opens the compartment of whoever has signed in, with their PIN; where there is none, makes it, and the PIN
    /// becomes theirs and the compartment is called `newcomer`. One whose key is gone is kept beside the new one. Nobody
    /// else's data are touched.
    pub(crate) fn open_for_subject(
        &self,
        subject: &Subject,
        label: &str,
        pin: &Pin,
        newcomer: PersonId,
    ) -> Result<Compartment, Error> {
        let add = || {
            let record = PersonRecord { label: label.to_owned(), subject: subject.clone() };
            self.add(newcomer, record, pin)
        };
        let compartment = match self.known(subject)? {
            None => add()?,
            Some(person_id) => match self.unlock(person_id, pin) {
                Err(Error::KeyMissing | Error::PinUsedUp) => {
                    let compartment = add()?;
                    self.device.database.write(|tx| register::set_earlier(tx, person_id))?;
                    compartment
                }
                opened => opened?,
            },
        };
        self.choose_person(compartment.person_id())?;
        Ok(compartment)
    }

    /// Whose data a person goes on with who signs in as that subject.
    pub(crate) fn known(&self, subject: &Subject) -> Result<Option<PersonId>, Error> {
        let people = self.device.database.read(|tx| register::all(tx, &self.device.sealer))?;
        let is_theirs = |row: &Row| row.record.as_ref().is_some_and(|record| record.subject == *subject);
        Ok(people.into_iter().find(|row| !row.earlier && is_theirs(row)).map(|row| row.person_id))
    }

    /// Whether somebody's data are open in this process.
    pub(super) fn is_open(&self, person_id: PersonId) -> bool {
        self.opened_people().get(&person_id).is_some_and(Compartment::is_unlocked)
    }

    fn add(&self, person_id: PersonId, record: PersonRecord, pin: &Pin) -> Result<Compartment, Error> {
        pin.check_strength()?;
        let folder = self.device.person_folder(person_id);
        create_folder(&folder)?;
        let cost = self.device.pin_cost()?;
        wiping_deep_after(|| {
            let data_key = vault::make_key(self.device.lock(&folder, person_id), pin, cost)?;
            Compartment::make(&self.device, person_id, &record, &data_key)
        })?;
        self.device.database.write(|tx| {
            register::keep(tx, &self.device.sealer, person_id, &record)?;
            consent::adopt(tx, person_id)
        })?;
        self.unlock(person_id, pin)
    }

    /// Keeps a compartment as the person's open one. Of two that were opened, everyone gets the first: locking must
    /// reach every holder.
    pub(super) fn opened(&self, compartment: Compartment) -> Compartment {
        // Whoever is there goes on in their own name.
        self.device.end_after_lock(Some(compartment.person_id()));
        let mut people = self.opened_people();
        people.retain(|_, compartment| compartment.is_unlocked());
        let (first, opened) =
            (people.is_empty(), people.entry(compartment.person_id()).or_insert(compartment).clone());
        drop(people);
        self.keep_open();
        if first {
            self.watch_idleness();
        }
        opened
    }

    /// What the city asked of a person's next sign-in, where the person's data are open to be read.
    pub(super) fn step_up_of(&self, person_id: PersonId) -> Result<StepUp, Error> {
        let open = self.opened_people().get(&person_id).filter(|person| person.is_unlocked()).cloned();
        open.map_or(Ok(StepUp::default()), |compartment| compartment.session().wanted())
    }

    pub(super) fn opened_people(&self) -> MutexGuard<'_, BTreeMap<PersonId, Compartment>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
