//! The PIN of somebody who has one: another one, a forgotten one.

use super::{CitizenApp, DataKey};
use crate::Error;
use crate::people::{PersonId, PersonState, register, state};
use crate::store::wiping_deep_after;
use crate::vault::{self, Pin};

impl CitizenApp {
    /// Takes another PIN in the place of one. Wrong old ones are counted as by [`CitizenApp::unlock`]. When the process
    /// dies on the way it is the old one or the new one, and never both.
    pub fn change_pin(&self, person_id: PersonId, old: &Pin, new: &Pin) -> Result<(), Error> {
        let key = self.data_key(person_id, old)?;
        self.set_pin(person_id, &key, new)
    }

    /// Takes a new PIN from somebody who opened their data another way, by a finger or a face: the way out for those
    /// who forgot theirs, and after ten wrong ones.
    pub fn set_pin(&self, person_id: PersonId, key: &DataKey, new: &Pin) -> Result<(), Error> {
        let compartment = self.unlock_with_key(person_id, key)?;
        match compartment.session().profile()? {
            Some(me) => new.check_strength_for(&me.id_number)?,
            None => new.check_strength()?,
        }
        let device = self.device();
        let folder = device.person_folder(person_id);
        let cost = device.pin_cost()?;
        wiping_deep_after(|| vault::change_pin(device.lock(&folder, person_id), key.array(), new, cost))
    }

    /// Sets a person's data aside because their PIN is forgotten: at the next sign-in they choose a new one, and what
    /// the city has comes back. The data set aside are kept as they are and open to whoever remembers their PIN.
    pub fn forget_pin(&self, person_id: PersonId) -> Result<(), Error> {
        self.lock_for_good(person_id);
        self.device().database.write(|tx| match register::knows(tx, person_id)? {
            true => register::set_earlier(tx, person_id),
            false => Err(Error::NoSuchPerson),
        })
    }

    /// How it stands with a person's data on this phone. Needs no network and no PIN.
    pub fn person_state(&self, person_id: PersonId) -> Result<PersonState, Error> {
        let device = self.device();
        if !device.database.read(|tx| register::knows(tx, person_id))? {
            return Err(Error::NoSuchPerson);
        }
        if self.is_open(person_id) {
            return Ok(PersonState::Open);
        }
        let folder = device.person_folder(person_id);
        state(device.lock(&folder, person_id))
    }
}
