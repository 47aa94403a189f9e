//! Signing in, from the side of the whole app: the login says whose compartment it is for.

use citizen_api::Language;
use rusqlite::Transaction;
use url::Url;

use super::CitizenApp;
use crate::Error;
use crate::catalogue;
use crate::consent;
use crate::people::{Compartment, PersonId, register};
use crate::session::{self, LoginAttempt, StepUp, Wish};
use crate::store::settings;
use crate::vault::Pin;

/// The setting that names the person who is going to be made by a login, so that logins which are given up leave no
/// more than one key behind.
const NEXT_PERSON: &str = "next-person";

impl CitizenApp {
    /// Begins a login of the person who was chosen last, or of the first one on this phone.
    pub async fn begin_login(&self, redirect: &str, language: Language) -> Result<LoginAttempt, Error> {
        let chosen = self.current_person()?;
        let here = self.device().database.read(|tx| match chosen {
            Some(person_id) => register::knows(tx, person_id),
            None => Ok(false),
        })?;
        self.begin_login_of(chosen.filter(|_| here), redirect, language).await
    }

    /// Begins a login that ends at the address `redirect`, of that person or, with `None`, of somebody new: the tokens
    /// are bound to that person's key. The person's own browser opens the attempt's address; nothing of the login is
    /// stored. What the city asked of a person's next sign-in is asked of the provider. Whoever then signs in is who
    /// the login is for, whoever was expected.
    pub async fn begin_login_of(
        &self,
        person: Option<PersonId>,
        redirect: &str,
        language: Language,
    ) -> Result<LoginAttempt, Error> {
        let device = self.device();
        let (slot, step_up) = match person {
            Some(person_id) => (person_id, self.step_up_of(person_id)?),
            None => (self.next_person()?, StepUp::default()),
        };
        let (issuer, key) = (&device.config.city, device.bound_key(slot));
        session::begin(&device.http, Wish { issuer, redirect, language, key, step_up }).await
    }

    /// Finishes a login with the address that the browser came back to. Whoever signed in has their compartment
    /// opened with the PIN, or made, and then the PIN becomes theirs. Nobody else's data are touched, and there is
    /// no session before all of it has succeeded.
    pub async fn complete_login(
        &self,
        attempt: LoginAttempt,
        redirected: &Url,
        pin: &Pin,
    ) -> Result<Compartment, Error> {
        self.complete(attempt, redirected, pin, None).await
    }

    /// Finishes a login by which somebody who has data here goes on, as after their session has ended. Where another
    /// person signed in instead it comes to nothing, and nothing is kept of it.
    pub async fn complete_login_of(
        &self,
        person_id: PersonId,
        attempt: LoginAttempt,
        redirected: &Url,
        pin: &Pin,
    ) -> Result<Compartment, Error> {
        self.complete(attempt, redirected, pin, Some(person_id)).await
    }

    async fn complete(
        &self,
        attempt: LoginAttempt,
        redirected: &Url,
        pin: &Pin,
        expected: Option<PersonId>,
    ) -> Result<Compartment, Error> {
        let (device, slot) = (self.device(), attempt.slot);
        let signed_in = session::redeem(&device.http, attempt, redirected).await?;
        let me = session::ask_who(device, &signed_in).await?;
        let known = self.known(&signed_in.subject)?;
        if expected.is_some() && known != expected {
            return Err(Error::SomebodyElseSignedIn);
        }
        if known.is_none() {
            // Another person who has data here agreed for themselves only.
            if !device.database.read(|tx| consent::is_given(tx, None, consent::Purpose::City))? {
                return Err(Error::ConsentNeeded);
            }
            pin.check_strength_for(&me.id_number)?;
        }
        catalogue::pull(device).await?;
        let compartment = self.open_for_subject(&signed_in.subject, &me.name, pin, self.newcomer(slot)?)?;
        compartment.session().enroll(&signed_in, &me).await?;
        // A name that was used is somebody's, or somebody's session's: nobody else gets it.
        device.database.write(|tx| reserve(tx).map(drop))?;
        if let Err(error) = compartment.drafts().prefill_ahead().await {
            // The person is signed in; what registers know is asked for again with the next pull.
            tracing::debug!(code = error.code(), "the registers could not be asked yet");
        }
        Ok(compartment)
    }

    /// What a person is called who is made by a login: as the key that their tokens are bound to, so that it is theirs,
    /// unless that key is somebody's already.
    fn newcomer(&self, slot: PersonId) -> Result<PersonId, Error> {
        let taken = self.device().database.read(|tx| register::knows(tx, slot))?;
        Ok(if taken { PersonId::generate() } else { slot })
    }

    /// What the next person to be made is called. It is the same until there is one.
    fn next_person(&self) -> Result<PersonId, Error> {
        self.device().database.write(|tx| {
            if let Some(name) = settings::get(tx, NEXT_PERSON)?
                && let Ok(person_id) = name.parse()
                && !register::knows(tx, person_id)?
            {
                return Ok(person_id);
            }
            reserve(tx)
        })
    }
}

/// Reserves a name that nobody ever had for whoever comes next.
fn reserve(tx: &Transaction<'_>) -> Result<PersonId, Error> {
    let person_id = PersonId::generate();
    settings::set(tx, NEXT_PERSON, &person_id.to_string())?;
    Ok(person_id)
}

#[cfg(test)]
mod tests {
    use citizen_api::Language;

    use crate::http::test_server::{Answer, TestServer};
    use crate::jws::tests::TestKey;
    use crate::session::tests_document;
    use crate::testing::TestPerson;

    #[tokio::test]
    async fn a_login_is_bound_to_the_key_of_whom_it_is_for() {
        let server = TestServer::start_with(|origin| {
            let document = tests_document(origin).to_string();
            vec![Answer::json(200, &document); 5]
        })
        .await;
        let person = TestPerson::at(server.url("/"), &TestKey::generate());
        let (app, person_id) = (person.app(), person.compartment.person_id());
        let redirect = "citizen-app:/callback";
        let login = async |whose| app.begin_login_of(whose, redirect, Language::En).await.unwrap().slot;
        assert_eq!(app.begin_login(redirect, Language::En).await.unwrap().slot, person_id);
        assert_eq!(login(Some(person_id)).await, person_id);
        let newcomer = login(None).await;
        assert_ne!(newcomer, person_id);
        assert_eq!(login(None).await, newcomer, "a login that is given up leaves no key behind");
        app.remove_person(person_id).unwrap();
        let after = app.begin_login(redirect, Language::En).await.unwrap().slot;
        assert_eq!(after, newcomer, "who was removed does not come back by name");
    }
}
