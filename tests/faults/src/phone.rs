//! A phone: a folder with the data and the vault of an app that somebody has signed in to.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use citizen_core::consent::Purpose;
use citizen_core::vault::PinCost;
use citizen_core::{CitizenApp, Compartment, Config, Error, Pin, Platform, SoftwareVault};
use url::Url;

/// The PIN of everybody here.
pub(crate) fn pin() -> Pin {
    Pin::new("274916")
}

/// Opens the app of a phone.
pub(crate) fn open(folder: &Path, city: &Url) -> Result<CitizenApp, Error> {
    let vault = Arc::new(SoftwareVault::open(folder.join("vault"))?);
    let config =
        Config { data_dir: folder.join("data"), city: city.clone(), device_name: "faults".to_owned() };
    CitizenApp::open(config, Platform { pin_cost: PinCost::Least, ..Platform::new(vault.clone(), vault) })
}

/// Opens the app of a new phone whose holder agrees to everything.
pub(crate) fn open_new(folder: &Path, city: &Url) -> CitizenApp {
    std::fs::create_dir_all(folder).unwrap();
    let app = open(folder, city).unwrap();
    agree(&app);
    app
}

/// Whoever holds the phone agrees to everything.
pub(crate) fn agree(app: &CitizenApp) {
    Purpose::ALL.into_iter().for_each(|purpose| app.give_consent(None, purpose).unwrap());
}

/// Opens the data of the person on a phone.
pub(crate) fn unlock(app: &CitizenApp) -> Result<Compartment, Error> {
    let person_id = app.current_person()?.ok_or(Error::NoSuchPerson)?;
    app.unlock(person_id, &pin())
}

/// Copies a folder with all that is in it.
pub(crate) fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            std::fs::copy(&path, &target).unwrap();
        }
    }
}

/// A folder in memory where the machine has one: what is killed or cut here never needs a real disk.
pub(crate) fn workspace() -> tempfile::TempDir {
    let memory = PathBuf::from("/dev/shm");
    let place = if memory.is_dir() { memory } else { std::env::temp_dir() };
    tempfile::Builder::new().prefix("citizen-faults-").tempdir_in(place).unwrap()
}
