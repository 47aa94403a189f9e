//! Requests in a person's name: with an access token that is renewed when it must be, once.

use std::time::Duration;

use jiff::Timestamp;
use reqwest::{Method, RequestBuilder};
use rusqlite::Transaction;
use serde::de::DeserializeOwned;
use zeroize::Zeroizing;

use super::stored::{self, Current, Stored};
use super::tokens::{self, Granted, TokenAnswer};
use super::{Session, Tokens, id_token, on_behalf};
use crate::Error;
use crate::http::{BoundKey, Credentials, EventStream, Http, Reply, StepUp};
use crate::people::Compartment;
use crate::store::Sealer;

/// How often to look whether another task has finished renewing.
const LOOK_AGAIN: Duration = Duration::from_millis(50);

/// An access token, the key it is bound to, and the revision of the session it belongs to.
struct Access {
    token: Zeroizing<String>,
    key: Option<BoundKey>,
    revision: u64,
}

impl Access {
    fn of(compartment: &Compartment, current: Current) -> Self {
        let key = current.stored.key.map(|slot| compartment.bound_key(slot));
        Self { token: current.stored.access, key, revision: current.revision }
    }

    fn credentials(&self) -> Credentials<'_> {
        Credentials { token: Some(self.token.as_str()), key: self.key.as_ref() }
    }
}

/// What is to be done about a session that a request found wanting.
enum Step {
    /// Another task has renewed it already.
    Have(Box<Current>),
    /// Another task is renewing it.
    Wait,
    /// It is for this task to renew it.
    Renew(Box<Current>),
    /// Only a new sign-in helps.
    Ended,
}

impl Session {
    /// Sends a request in the person's name. It is built anew where it has to be sent a second time.
    pub(crate) async fn authorized(
        &self,
        build: impl Fn(&Http) -> Result<RequestBuilder, Error> + Sync,
    ) -> Result<Reply, Error> {
        let (http, mandate) = (self.compartment.http(), self.mandate()?);
        let build = &|http: &Http| build(http).map(|request| on_behalf::name(request, mandate));
        let answered =
            self.with_access(|access| async move { http.send_as(&access.credentials(), build).await });
        tokio::select! {
            answered = answered => answered,
            () = self.compartment.locked() => Err(Error::Locked),
        }
    }

    /// Opens an event stream in the person's name.
    pub(crate) async fn authorized_events(
        &self,
        build: impl Fn(&Http) -> Result<RequestBuilder, Error> + Sync,
    ) -> Result<EventStream, Error> {
        let (http, mandate) = (self.compartment.http(), self.mandate()?);
        let build = &|http: &Http| build(http).map(|request| on_behalf::name(request, mandate));
        self.with_access(|access| async move { http.open_events(&access.credentials(), build).await }).await
    }

    /// Tries with an access token and, where the city no longer takes it, once more with a renewed one.
    async fn with_access<T, F: Future<Output = Result<T, Error>>>(
        &self,
        attempt: impl Fn(Access) -> F,
    ) -> Result<T, Error> {
        self.compartment.may_send()?;
        let access = self.access().await?;
        let seen = access.revision;
        let mut answered = attempt(access).await;
        if matches!(answered, Err(Error::SignInRequired)) {
            answered = attempt(self.renewed(seen).await?).await;
        }
        if let Err(Error::SignInAgain(wanted)) = &answered {
            self.compartment.write(|tx, sealer| want(tx, sealer, wanted))?;
        }
        answered
    }

    /// Reads JSON at a path of the city.
    pub(crate) async fn get_json<T: DeserializeOwned>(&self, path: &str) -> Result<T, Error> {
        let url = self.compartment.city(path)?;
        self.authorized(|http| http.request(Method::GET, url.clone())).await?.json()
    }

    /// An access token that, by this device's clock, still holds. The clock only spares a request: where it
    /// is wrong, the city's refusal leads to the same renewal.
    async fn access(&self) -> Result<Access, Error> {
        let current = self.compartment.read(stored::load)?.ok_or(Error::NotSignedIn)?;
        if current.stored.ended {
            return Err(Error::SignInRequired);
        }
        if Timestamp::now() < current.stored.access_until {
            return Ok(Access::of(&self.compartment, current));
        }
        self.renewed(current.revision).await
    }

    /// Renews a session that was found wanting at `seen`. Of several tasks and processes one does it; a
    /// refresh token that is used twice would end the session for all of them.
    async fn renewed(&self, seen: u64) -> Result<Access, Error> {
        loop {
            let step = self.compartment.write(|tx, sealer| {
                let current = stored::load(tx, sealer)?.ok_or(Error::NotSignedIn)?;
                let step = step(current, seen);
                if matches!(step, Step::Renew(_)) {
                    stored::lease(tx)?;
                }
                Ok(step)
            })?;
            match step {
                Step::Have(current) => return Ok(Access::of(&self.compartment, *current)),
                Step::Ended => return Err(Error::SignInRequired),
                Step::Wait => tokio::time::sleep(LOOK_AGAIN).await,
                Step::Renew(leased) => return self.renew(*leased).await,
            }
        }
    }

    /// Renews on the app's own runtime: a caller that stops waiting must not lose the answer, which holds
    /// the only refresh token that is still good.
    async fn renew(&self, leased: Current) -> Result<Access, Error> {
        let compartment = self.compartment.clone();
        let renewal =
            self.compartment.device().runtime()?.spawn(async move { renew(&compartment, leased).await });
        renewal.await.unwrap_or(Err(Error::Internal { reason: "renewal-stopped" }))
    }
}

fn step(current: Current, seen: u64) -> Step {
    if current.stored.ended {
        Step::Ended
    } else if current.revision != seen {
        Step::Have(Box::new(current))
    } else if current.is_being_renewed() {
        Step::Wait
    } else {
        Step::Renew(Box::new(current))
    }
}

async fn renew(compartment: &Compartment, leased: Current) -> Result<Access, Error> {
    let stored = leased.stored.clone();
    let key = stored.key.map(|slot| compartment.bound_key(slot));
    let granted = match &stored.refresh {
        Some(refresh) => {
            tokens::refresh(compartment.http(), key.as_ref(), &stored.token_endpoint, refresh).await
        }
        None => Ok(Granted::NotAnyMore),
    };
    let renewed = match granted {
        Ok(Granted::Tokens(answer)) if !is_the_same_person(compartment, &stored, &answer).await => {
            stored.ended()
        }
        Ok(Granted::Tokens(answer)) => {
            let Tokens { access, access_until, refresh } = Tokens::from_answer(*answer, Timestamp::now());
            Stored { access, access_until, refresh: refresh.or(stored.refresh), ..stored }
        }
        Ok(Granted::NotAnyMore) => stored.ended(),
        // The network failed, and perhaps the answer was lost: the next try finds out which.
        Err(error) => {
            compartment.write(|tx, _| stored::release(tx))?;
            return Err(match error {
                // The provider is in trouble of its own, which does not end the session.
                Error::SignInFailed { .. } => Error::CityBusy { retry_after: None },
                error => error,
            });
        }
    };
    let current = compartment.write(|tx, sealer| replace(tx, sealer, &leased, &renewed))?;
    if current.stored.ended { Err(Error::SignInRequired) } else { Ok(Access::of(compartment, current)) }
}

/// Whether the ID token that renewed tokens may come with is about the person whose session it is. Where it is not, or
/// that cannot be found out, the tokens are not used: signing in again is always safe, and another's tokens never are.
async fn is_the_same_person(compartment: &Compartment, stored: &Stored, answer: &TokenAnswer) -> bool {
    let (Some(token), Some(signer)) = (&answer.id_token, &stored.signer) else { return true };
    match (signer.keys_for(compartment.http(), token).await, compartment.subject()) {
        (Ok(keys), Ok(subject)) => id_token::verify_renewed(token, signer, &keys, &subject).is_ok(),
        _ => false,
    }
}

/// Notes how the next sign-in must be, so that it is asked for when the person signs in.
fn want(tx: &Transaction<'_>, sealer: &Sealer, wanted: &StepUp) -> Result<(), Error> {
    match stored::load(tx, sealer)? {
        Some(current) if current.stored.step_up.as_ref() != Some(wanted) => {
            stored::put(tx, sealer, &Stored { step_up: Some(wanted.clone()), ..current.stored })
        }
        _ => Ok(()),
    }
}

/// Puts the renewed session in the place of the leased one and gives the one that then holds. A sign-out or a new
/// login meanwhile counts for more: the revision alone would not tell, because it begins anew after a sign-out.
pub(super) fn replace(
    tx: &Transaction<'_>,
    sealer: &Sealer,
    leased: &Current,
    renewed: &Stored,
) -> Result<Current, Error> {
    let current = stored::load(tx, sealer)?.ok_or(Error::NotSignedIn)?;
    if current.revision != leased.revision || current.stored.refresh != leased.stored.refresh {
        return Ok(current);
    }
    stored::put(tx, sealer, renewed)?;
    stored::load(tx, sealer)?.ok_or(Error::NotSignedIn)
}
