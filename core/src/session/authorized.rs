//! Requests in a person's name: with an access token that is renewed when it must be, once.

use std::time::Duration;

use jiff::Timestamp;
use reqwest::{Method, RequestBuilder};
use rusqlite::Transaction;
use serde::de::DeserializeOwned;
use zeroize::Zeroizing;

use super::stored::{self, Current, Stored};
use super::tokens::{self, Granted};
use super::{Session, Tokens};
use crate::Error;
use crate::http::{EventStream, Http, Reply};
use crate::people::Compartment;
use crate::store::Sealer;

/// How often to look whether another task has finished renewing.
const LOOK_AGAIN: Duration = Duration::from_millis(50);

/// An access token and the revision of the session it belongs to.
struct Access {
    token: Zeroizing<String>,
    revision: u64,
}

impl Current {
    fn into_access(self) -> Access {
        Access { token: self.stored.access, revision: self.revision }
    }
}

/// What is to be done about a session that a request found wanting.
enum Step {
    /// Another task has renewed it already.
    Have(Access),
    /// Another task is renewing it.
    Wait,
    /// It is for this task to renew it.
    Renew(Box<Current>),
    /// Only a new sign-in helps.
    Ended,
}

impl Session {
    /// Sends a request in the person's name. It is built anew where it has to be sent a second time.
    pub(crate) async fn authorized(&self, build: impl Fn(&Http) -> RequestBuilder) -> Result<Reply, Error> {
        self.authorized_upload(|http| Ok(build(http))).await
    }

    /// The same, for requests whose making can fail, such as those with a file for a body.
    pub(crate) async fn authorized_upload(
        &self,
        build: impl Fn(&Http) -> Result<RequestBuilder, Error>,
    ) -> Result<Reply, Error> {
        let http = self.compartment.http();
        let answered = self.with_access(|token| {
            let request = build(http).map(|request| request.bearer_auth(token));
            async move { http.send(request?).await }
        });
        tokio::select! {
            answered = answered => answered,
            () = self.compartment.locked() => Err(Error::Locked),
        }
    }

    /// Opens an event stream in the person's name.
    pub(crate) async fn authorized_events(
        &self,
        build: impl Fn(&Http) -> RequestBuilder,
    ) -> Result<EventStream, Error> {
        let http = self.compartment.http();
        self.with_access(|token| http.open_events(build(http).bearer_auth(token))).await
    }

    /// Tries with an access token and, where the city no longer takes it, once more with a renewed one.
    async fn with_access<T, F: Future<Output = Result<T, Error>>>(
        &self,
        attempt: impl Fn(String) -> F,
    ) -> Result<T, Error> {
        self.compartment.may_send()?;
        let access = self.access().await?;
        match attempt(access.token.to_string()).await {
            Err(Error::SignInRequired) => {}
            answered => return answered,
        }
        let renewed = self.renewed(access.revision).await?;
        attempt(renewed.token.to_string()).await
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
            return Ok(current.into_access());
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
                Step::Have(access) => return Ok(access),
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
        Step::Have(current.into_access())
    } else if current.is_being_renewed() {
        Step::Wait
    } else {
        Step::Renew(Box::new(current))
    }
}

async fn renew(compartment: &Compartment, leased: Current) -> Result<Access, Error> {
    let stored = leased.stored.clone();
    let granted = match &stored.refresh {
        Some(refresh) => tokens::refresh(compartment.http(), &stored.token_endpoint, refresh).await,
        None => Ok(Granted::NotAnyMore),
    };
    let renewed = match granted {
        Ok(Granted::Tokens(answer)) => {
            let Tokens { access, access_until, refresh } = Tokens::from_answer(*answer, Timestamp::now());
            Stored { access, access_until, refresh: refresh.or(stored.refresh), ..stored }
        }
        Ok(Granted::NotAnyMore) => stored.ended(),
        // The network failed, and perhaps the answer was lost: the next try finds out which.
        Err(error) => {
            compartment.write(|tx, _| stored::release(tx))?;
            return Err(error);
        }
    };
    let current = compartment.write(|tx, sealer| replace(tx, sealer, &leased, &renewed))?;
    if current.stored.ended { Err(Error::SignInRequired) } else { Ok(current.into_access()) }
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
