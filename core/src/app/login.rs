//! Signing in, from the side of the whole app: the login says whose compartment it is for.

use citizen_api::Language;
use jiff::Timestamp;
use url::Url;

use super::CitizenApp;
use crate::Error;
use crate::catalogue;
use crate::consent;
use crate::people::{Compartment, PersonId};
use crate::session::{self, LoginAttempt};
use crate::vault::Pin;

impl CitizenApp {
    /// Begins a login that ends at the address `redirect`. The person's own browser opens the attempt's address;
    /// nothing is stored.
    pub async fn begin_login(&self, redirect: &str, language: Language) -> Result<LoginAttempt, Error> {
        let device = self.device();
        session::begin(&device.http, &device.config.city, redirect, language).await
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
        let device = self.device();
        let signed_in = session::redeem(&device.http, attempt, redirected, Timestamp::now()).await?;
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
        let compartment = self.open_for_subject(&signed_in.subject, &me.name, pin)?;
        compartment.session().enroll(&signed_in, &me).await?;
        if let Err(error) = compartment.drafts().prefill_ahead().await {
            // The person is signed in; what registers know is asked for again with the next pull.
            tracing::debug!(code = error.code(), "the registers could not be asked yet");
        }
        Ok(compartment)
    }
}
