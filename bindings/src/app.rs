//! The app: people, opening their data, and signing in.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use citizen_api::{Fen, Language};
use citizen_core::consent::{ConsentState, Purpose};
use citizen_core::credential::VerifiedCard;
use citizen_core::{self as core, Config, PersonId, PersonSummary, Pin, Platform};

use crate::platform::{ShellKeys, ShellRoots, ShellVault};
use crate::types::session::PersonStateView;
use crate::{CitizenError, DeviceKeys, KeyVault, Person, Services, TrustedRoots};

/// The citizen app on one phone: people, catalogue, login. What a shell opens first.
#[derive(uniffi::Object)]
pub struct CitizenApp(core::CitizenApp);

/// A login that has begun. It lives in memory only: what is not finished is begun again.
#[derive(uniffi::Object)]
pub struct LoginAttempt {
    url: String,
    attempt: Mutex<Option<core::session::LoginAttempt>>,
}

#[uniffi::export(async_runtime = "tokio")]
impl CitizenApp {
    /// Opens the data folder, or makes it. Needs no network and no PIN. Where the operating system tells a library
    /// which certificates it trusts, as everywhere but on Android, the roots are left out.
    #[uniffi::constructor(default(trusted_roots = None))]
    pub fn open(
        data_folder: String,
        city: String,
        device_name: String,
        vault: Arc<dyn KeyVault>,
        device_keys: Arc<dyn DeviceKeys>,
        trusted_roots: Option<Arc<dyn TrustedRoots>>,
    ) -> Result<Self, CitizenError> {
        let city = city.parse().map_err(|_| CitizenError::no_address())?;
        let config = Config { data_dir: PathBuf::from(data_folder), city, device_name };
        let trusted_roots = trusted_roots.map(|roots| Arc::new(ShellRoots(roots)) as Arc<_>);
        let platform = Platform::new(Arc::new(ShellVault(vault)), Arc::new(ShellKeys(device_keys)));
        let platform = Platform { trusted_roots, ..platform };
        Ok(Self(core::CitizenApp::open(config, platform)?))
    }

    /// Everyone with data on this phone, in the order they were added.
    pub fn people(&self) -> Result<Vec<PersonSummary>, CitizenError> {
        Ok(self.0.people()?)
    }

    /// The person who was chosen last; none on a new phone.
    pub fn current_person(&self) -> Result<Option<PersonId>, CitizenError> {
        Ok(self.0.current_person()?)
    }

    /// Chooses a person.
    pub fn choose_person(&self, person_id: PersonId) -> Result<(), CitizenError> {
        Ok(self.0.choose_person(person_id)?)
    }

    /// Opens a person's data with their PIN. Wrong PINs are counted on disk before they are tried.
    pub fn unlock(&self, person_id: PersonId, pin: String) -> Result<Arc<Person>, CitizenError> {
        Ok(Person::of(self.0.unlock(person_id, &Pin::new(&pin))?))
    }

    /// The key of a person's data, for the PIN: to be kept where biometrics open it.
    pub fn data_key(&self, person_id: PersonId, pin: String) -> Result<Vec<u8>, CitizenError> {
        Ok(self.0.data_key(person_id, &Pin::new(&pin))?.bytes().to_vec())
    }

    /// Opens a person's data with a key that was kept.
    pub fn unlock_with_key(&self, person_id: PersonId, key: Vec<u8>) -> Result<Arc<Person>, CitizenError> {
        let key = core::DataKey::from_bytes(&key).ok_or(core::Error::KeyMissing)?;
        Ok(Person::of(self.0.unlock_with_key(person_id, &key)?))
    }

    /// Takes another PIN in the place of one. Wrong old ones are counted like those of [`CitizenApp::unlock`].
    pub fn change_pin(&self, person_id: PersonId, old: String, new: String) -> Result<(), CitizenError> {
        Ok(self.0.change_pin(person_id, &Pin::new(&old), &Pin::new(&new))?)
    }

    /// Takes a new PIN from somebody who opened their data by a finger or a face, with the key that was kept.
    pub fn set_pin(&self, person_id: PersonId, key: Vec<u8>, new: String) -> Result<(), CitizenError> {
        let key = core::DataKey::from_bytes(&key).ok_or(core::Error::KeyMissing)?;
        Ok(self.0.set_pin(person_id, &key, &Pin::new(&new))?)
    }

    /// Sets a person's data aside because their PIN is forgotten: at the next sign-in they choose a new one. The data
    /// set aside are kept and open to whoever remembers the PIN.
    pub fn forget_pin(&self, person_id: PersonId) -> Result<(), CitizenError> {
        Ok(self.0.forget_pin(person_id)?)
    }

    /// How it stands with a person's data on this phone. Needs no network and no PIN.
    pub fn person_state(&self, person_id: PersonId) -> Result<PersonStateView, CitizenError> {
        Ok(self.0.person_state(person_id)?.into())
    }

    /// Wipes a person's keys from memory.
    pub fn lock(&self, person_id: PersonId) -> Result<(), CitizenError> {
        self.0.lock(person_id);
        Ok(())
    }

    /// After how many seconds without anybody there the app locks by itself.
    pub fn lock_after(&self) -> Result<u64, CitizenError> {
        Ok(self.0.lock_after()?.as_secs())
    }

    /// Chooses that time; an hour at most.
    pub fn set_lock_after(&self, seconds: u64) -> Result<(), CitizenError> {
        Ok(self.0.set_lock_after(Duration::from_secs(seconds))?)
    }

    /// Somebody is there: the time begins anew. To be called at each touch.
    pub fn keep_open(&self) -> Result<(), CitizenError> {
        self.0.keep_open();
        Ok(())
    }

    /// The app is no longer on the screen: everyone is locked.
    pub fn on_background(&self) -> Result<(), CitizenError> {
        self.0.on_background();
        Ok(())
    }

    /// How many files of people who have locked are still being sent, as they have allowed.
    pub fn uploads_going_on(&self) -> Result<u32, CitizenError> {
        Ok(u32::try_from(self.0.uploads_going_on()).unwrap_or(u32::MAX))
    }

    /// Completes when no file goes on any more: all are at the city, or wait for their person. Until then a shell asks the
    /// system not to end it.
    pub async fn uploads_ended(&self) -> Result<(), CitizenError> {
        self.0.uploads_ended().await;
        Ok(())
    }

    /// Every purpose, with how it stands with a person's consent; with that of whoever holds the phone, before anyone is
    /// known, where none is named.
    pub fn consents(&self, person_id: Option<PersonId>) -> Result<Vec<ConsentState>, CitizenError> {
        Ok(self.0.consents(person_id)?)
    }

    /// Agrees to a purpose as it is worded now. Nothing leaves the phone before that of [`Purpose::City`]; what is given
    /// before a sign-in becomes that person's.
    pub fn give_consent(&self, person_id: Option<PersonId>, purpose: Purpose) -> Result<(), CitizenError> {
        Ok(self.0.give_consent(person_id, purpose)?)
    }

    /// Takes it back: from now on nothing is sent for it.
    pub fn withdraw_consent(
        &self,
        person_id: Option<PersonId>,
        purpose: Purpose,
    ) -> Result<(), CitizenError> {
        Ok(self.0.withdraw_consent(person_id, purpose)?)
    }

    /// Removes a person and all that is theirs from this phone, at their word only.
    pub fn remove_person(&self, person_id: PersonId) -> Result<(), CitizenError> {
        Ok(self.0.remove_person(person_id)?)
    }

    /// Writes everything about an unlocked person that is on this phone into a new file for any browser. It is not sealed;
    /// one that is there already is not written over.
    pub fn export(&self, person: Arc<Person>, language: Language, file: String) -> Result<(), CitizenError> {
        Ok(self.0.export(person.compartment(), language, &PathBuf::from(file))?)
    }

    /// Deletes everyone's data from this phone, at the person's word only; what the city has stays there. The app is opened
    /// anew afterwards.
    pub fn erase_everything(&self) -> Result<(), CitizenError> {
        Ok(self.0.erase_everything()?)
    }

    /// Locks everyone: what runs in the background ends at its next step.
    pub fn shutdown(&self) -> Result<(), CitizenError> {
        self.0.shutdown();
        Ok(())
    }

    /// Says whether a PIN may be chosen; where not, why.
    pub fn check_pin(&self, pin: String) -> Result<(), CitizenError> {
        Ok(Pin::new(&pin).check_strength()?)
    }

    /// The catalogue of public services on this device.
    pub fn services(&self) -> Result<Arc<Services>, CitizenError> {
        Ok(Services::of(self.0.services()))
    }

    /// Brings the catalogue, the city's keys and its lists of revoked cards up to date.
    pub async fn pull_catalogue(&self) -> Result<(), CitizenError> {
        Ok(self.0.pull_catalogue().await.map(drop)?)
    }

    /// Begins a login that ends at the address `redirect`, of the person who was chosen last, or of the first one here.
    /// Nothing is stored.
    pub async fn begin_login(
        &self,
        redirect: String,
        language: Language,
    ) -> Result<Arc<LoginAttempt>, CitizenError> {
        Ok(LoginAttempt::of(self.0.begin_login(&redirect, language).await?))
    }

    /// The same for that person, or, where none is named, for somebody who has no data here yet. They agree to
    /// [`Purpose::City`] beforehand, for themselves.
    pub async fn begin_login_of(
        &self,
        person_id: Option<PersonId>,
        redirect: String,
        language: Language,
    ) -> Result<Arc<LoginAttempt>, CitizenError> {
        Ok(LoginAttempt::of(self.0.begin_login_of(person_id, &redirect, language).await?))
    }

    /// Finishes a login with the address that the browser came back to. Whoever signed in has their data opened with
    /// the PIN, or made, and then the PIN becomes theirs.
    pub async fn complete_login(
        &self,
        attempt: Arc<LoginAttempt>,
        redirected: String,
        pin: String,
    ) -> Result<Arc<Person>, CitizenError> {
        let begun = attempt.take().ok_or(core::Error::NotSignedIn)?;
        let redirected = redirected.parse().map_err(|_| CitizenError::no_address())?;
        Ok(Person::of(self.0.complete_login(begun, &redirected, &Pin::new(&pin)).await?))
    }

    /// Finishes a login by which somebody who has data here goes on. Where another person signed in instead it comes to
    /// nothing (code `somebody-else-signed-in`), and nothing is kept of it.
    pub async fn complete_login_of(
        &self,
        person_id: PersonId,
        attempt: Arc<LoginAttempt>,
        redirected: String,
        pin: String,
    ) -> Result<Arc<Person>, CitizenError> {
        let begun = attempt.take().ok_or(core::Error::NotSignedIn)?;
        let redirected = redirected.parse().map_err(|_| CitizenError::no_address())?;
        Ok(Person::of(self.0.complete_login_of(person_id, begun, &redirected, &Pin::new(&pin)).await?))
    }

    /// Checks the text of a card's code against what was pulled before. Needs no network and no login.
    pub fn verify_card(&self, text: String) -> Result<VerifiedCard, CitizenError> {
        Ok(self.0.verify_card(&text)?)
    }
}

#[uniffi::export]
impl LoginAttempt {
    /// The address to open in the person's own browser.
    pub fn url(&self) -> Result<String, CitizenError> {
        Ok(self.url.clone())
    }
}

impl LoginAttempt {
    fn of(attempt: core::session::LoginAttempt) -> Arc<Self> {
        Arc::new(Self { url: attempt.url.to_string(), attempt: Mutex::new(Some(attempt)) })
    }

    fn take(&self) -> Option<core::session::LoginAttempt> {
        self.attempt.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// An amount as people read it, such as `¥1,234.05`.
#[uniffi::export]
pub fn words_of_amount(amount: Fen) -> String {
    amount.to_string()
}
