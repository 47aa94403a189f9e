//! Deleting everything on this device.

use std::fs;

use super::CitizenApp;
use super::device::SECRET;
use crate::Error;
use crate::error::disk;

impl CitizenApp {
    /// Deletes everyone's data, the catalogue and all records from this device, at the person's word only; what the city
    /// has stays there. Keys go first, so that nothing can be read from then on, whatever happens to the files; a process
    /// that dies on the way is told to do it again. The app is of no use afterwards and is opened anew.
    pub fn erase_everything(&self) -> Result<(), Error> {
        self.shutdown();
        self.device().gate.set(false);
        for person in self.people()? {
            self.remove_person(person.person_id)?;
        }
        let device = self.device();
        device.platform.vault.erase(SECRET)?;
        for entry in fs::read_dir(&device.config.data_dir).map_err(disk)? {
            let entry = entry.map_err(disk)?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let gone = match name.as_str() {
                "people" => fs::remove_dir_all(entry.path()),
                // Damaged stores that were set aside are named after the one in whose place they were.
                name if name.starts_with("device.db") => fs::remove_file(entry.path()),
                _ => Ok(()),
            };
            gone.map_err(disk)?;
        }
        Ok(())
    }
}
