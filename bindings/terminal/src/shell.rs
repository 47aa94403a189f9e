//! What every command begins with: the opened app, and the person it is for.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use citizen_api::Language;
use citizen_core::mandate::{MandateSide, MandateStanding, MandateView, Mandates};
use citizen_core::vault::{PinCost, VaultError};
use citizen_core::{CitizenApp, Compartment, Config, Error, PersonId, Pin, Platform, SoftwareVault};
use url::Url;

use crate::cli::General;
use crate::failure::{Failure, Thing};
use crate::output::Output;
use crate::prefix::Named;
use crate::{keyring, pin, place, prefix};

/// How often it is said that somebody is there.
const STAY_OPEN: Duration = Duration::from_secs(1);

/// The opened app.
pub(crate) struct Shell {
    /// The core.
    pub(crate) app: CitizenApp,
    /// Where to speak to.
    pub(crate) output: Output,
    /// The folder with everything.
    pub(crate) folder: PathBuf,
    city: Url,
    pin_file: Option<PathBuf>,
    person: Option<String>,
    represented: Option<String>,
}

impl Shell {
    /// Opens the app in its folder.
    pub(crate) fn open(general: &General, output: Output) -> Result<Self, Failure> {
        let folder = place::data_folder(general.data.as_deref())?;
        let city = place::city(&folder, general.city.as_ref())?;
        let config = Config { data_dir: folder.clone(), city: city.clone(), device_name: device_name() };
        place::make_folder(&folder)?;
        let app = CitizenApp::open(config, software(&folder)?)?;
        let (pin_file, person) = (general.pin_file.clone(), general.person.clone());
        let represented = general.represented.clone();
        Ok(Self { app, output, folder, city, pin_file, person, represented })
    }

    /// Remembers the city once something of it is here: an address that was mistyped is not kept.
    pub(crate) fn remember_city(&self) -> Result<(), Failure> {
        match self.app.services().version()? > 0 || !self.app.people()?.is_empty() {
            true => place::remember_city(&self.folder, &self.city),
            false => Ok(()),
        }
    }

    /// The language that the person reads.
    pub(crate) fn language(&self) -> Language {
        self.output.language
    }

    /// The person that the command is for: the one that was named, or the one who signed in last.
    pub(crate) fn person(&self) -> Result<PersonId, Failure> {
        let Some(typed) = &self.person else {
            return self.app.current_person()?.ok_or(Failure::Nobody);
        };
        self.named(typed)
    }

    /// The person of that name.
    pub(crate) fn named(&self, typed: &str) -> Result<PersonId, Failure> {
        let people = self.app.people()?;
        match people.iter().find(|person| person.label == typed) {
            Some(person) => Ok(person.person_id),
            None => {
                prefix::find(Thing::Person, typed, people.iter().map(|person| Named::of(person.person_id)))
            }
        }
    }

    /// Says for as long as a command runs that somebody is there: whoever gave it waits for it.
    pub(crate) async fn stay_open<T>(&self) -> T {
        let mut often = tokio::time::interval(STAY_OPEN);
        loop {
            often.tick().await;
            self.app.keep_open();
        }
    }

    /// The data of whoever the command is for, opened: the person's, or of whom they act for.
    pub(crate) fn unlocked(&self) -> Result<Compartment, Failure> {
        let own = self.own()?;
        let Some(typed) = &self.represented else { return Ok(own) };
        let mandates = own.mandates();
        // The newest mandate of that name makes the compartment where there is none yet.
        let holds = |view: &&MandateView| {
            view.side == MandateSide::Received
                && view.standing == MandateStanding::Holds
                && view.mandate.from.name == *typed
        };
        match mandates.list()?.iter().find(holds) {
            Some(view) => Ok(mandates.act_for(view.mandate.mandate_id)?),
            None => Ok(mandates.open_represented(self.represented(&mandates, typed)?)?),
        }
    }

    /// Somebody who is acted for, by their name or number.
    pub(crate) fn represented(&self, mandates: &Mandates, typed: &str) -> Result<PersonId, Failure> {
        let known = mandates.represented()?;
        match known.iter().find(|person| person.label == typed) {
            Some(person) => Ok(person.person_id),
            None => {
                prefix::find(Thing::Person, typed, known.iter().map(|person| Named::of(person.person_id)))
            }
        }
    }

    /// Forgets which city it was.
    pub(crate) fn forget_city(&self) -> Result<(), Failure> {
        place::forget_city(&self.folder)
    }

    /// The person's own data, opened: by a remembered unlock, or by the PIN.
    pub(crate) fn own(&self) -> Result<Compartment, Failure> {
        let person = self.person()?;
        if let Some(key) = keyring::recall(&self.folder, person) {
            if let Ok(compartment) = self.app.unlock_with_key(person, &key) {
                return Ok(compartment);
            }
            // A key that does not open belongs to data that is gone.
            keyring::forget(&self.folder, person);
        }
        self.unlock_by_pin(person)
    }

    /// The person's data, opened by the PIN.
    pub(crate) fn unlock_by_pin(&self, person: PersonId) -> Result<Compartment, Failure> {
        let pin = self.known_pin()?;
        Ok(self.app.unlock(person, &pin)?)
    }

    /// The PIN of someone who has one.
    pub(crate) fn known_pin(&self) -> Result<Pin, Failure> {
        Ok(Pin::new(&pin::ask(self.pin_file.as_deref(), self.language())?))
    }

    /// The PIN of someone who is going to have one.
    pub(crate) fn new_pin(&self) -> Result<Pin, Failure> {
        self.chosen_pin(self.pin_file.as_deref())
    }

    /// A PIN that is going to be somebody's.
    pub(crate) fn chosen_pin(&self, file: Option<&Path>) -> Result<Pin, Failure> {
        Ok(Pin::new(&pin::choose(file, self.language())?))
    }
}

/// What stands in for a phone's hardware: files that only their owner can read.
fn software(folder: &Path) -> Result<Platform, Failure> {
    let opened = SoftwareVault::open(folder.join("vault")).map_err(|error: VaultError| Error::from(error))?;
    let vault = Arc::new(opened);
    Ok(Platform { pin_cost: pin_cost(), ..Platform::new(vault.clone(), vault) })
}

/// How dear a try at a new PIN is made: measured on this machine, unless it runs command after command for a script.
fn pin_cost() -> PinCost {
    match std::env::var("CITIZEN_PIN_COST").as_deref() {
        Ok("least") => PinCost::Least,
        _ => PinCost::Measured,
    }
}

/// What the person would recognise this machine by, at the city.
fn device_name() -> String {
    match std::env::consts::OS {
        "linux" => "Linux terminal".to_owned(),
        "macos" => "macOS terminal".to_owned(),
        other => format!("{other} terminal"),
    }
}
