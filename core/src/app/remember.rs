//! A remembered unlock, for shells whose operating system keeps a secret in memory for a while.

use std::sync::Arc;

use zeroize::Zeroizing;

use super::CitizenApp;
use crate::Error;
use crate::people::{Compartment, PersonId, register};
use crate::store::wiping_deep_after;
use crate::vault::{self, Pin};

/// The key of a person's data. Whoever holds it opens the data without the PIN: it belongs in memory that the
/// operating system forgets, never on disk.
pub struct DataKey(Box<Zeroizing<[u8; 32]>>);

impl DataKey {
    /// A key that was kept.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut key = Box::new(Zeroizing::new([0; 32]));
        (bytes.len() == key.len()).then_some(())?;
        key.copy_from_slice(bytes);
        Some(Self(key))
    }

    pub(super) fn array(&self) -> &[u8; 32] {
        &self.0
    }

    /// The key, to be kept.
    pub fn bytes(&self) -> &[u8] {
        self.0.as_slice()
    }
}

impl std::fmt::Debug for DataKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DataKey").finish_non_exhaustive()
    }
}

impl CitizenApp {
    /// The key of a person's data, for the PIN. Wrong PINs are counted as by [`CitizenApp::unlock`].
    pub fn data_key(&self, person_id: PersonId, pin: &Pin) -> Result<DataKey, Error> {
        let device = self.device();
        if !device.database.read(|tx| register::knows(tx, person_id))? {
            return Err(Error::NoSuchPerson);
        }
        let folder = device.person_folder(person_id);
        wiping_deep_after(|| vault::open_key(device.lock(&folder, person_id), pin).map(DataKey))
    }

    /// Opens a person's data with a key that was kept. Data that are open already are given once more, and need the
    /// key all the same.
    pub fn unlock_with_key(&self, person_id: PersonId, key: &DataKey) -> Result<Compartment, Error> {
        self.keep_open();
        let device = self.device();
        let named = device.database.read(|tx| register::all(tx, &device.sealer))?;
        let row = named.into_iter().find(|row| row.person_id == person_id).ok_or(Error::NoSuchPerson)?;
        let compartment =
            wiping_deep_after(|| Compartment::open(Arc::clone(device), person_id, key.array()))?;
        if row.record.is_none() {
            // The device's store was begun anew, or its key was: now it can name the person again.
            let record = compartment.record()?;
            device.database.write(|tx| register::keep(tx, &device.sealer, person_id, &record))?;
        }
        Ok(self.opened(compartment))
    }
}
