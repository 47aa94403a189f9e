//! The session as it stands on this device: one sealed row.

use jiff::Timestamp;
use reqwest::Url;
use rusqlite::{OptionalExtension, Transaction, params};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::provider::Signer;
use super::redeem::{SignedIn, Tokens};
use crate::Error;
use crate::http::{BoundKey, StepUp};
use crate::people::PersonId;
use crate::store::{Place, Sealer, now_ms};

const ROW: &str = "session";

/// How long one process may take to renew the tokens before another tries.
const LEASE_MS: i64 = 45_000;

/// A session, opened.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Stored {
    /// Goes with each request; empty once the session has ended.
    pub(super) access: Zeroizing<String>,
    pub(super) access_until: Timestamp,
    /// Renews the session once; none once it has ended.
    pub(super) refresh: Option<Zeroizing<String>>,
    pub(super) token_endpoint: Url,
    pub(super) revocation_endpoint: Option<Url>,
    /// Where the browser's own session with the provider is ended, if it has one.
    #[serde(default)]
    pub(super) end_session_endpoint: Option<Url>,
    /// Under which name the platform keeps the key that the tokens are bound to; none at a provider that binds none.
    #[serde(default)]
    pub(super) key: Option<PersonId>,
    /// Who signs the provider's ID tokens.
    #[serde(default)]
    pub(super) signer: Option<Signer>,
    /// How the city wants the person to have signed in before it takes what waits.
    #[serde(default)]
    pub(super) step_up: Option<StepUp>,
    /// Whether only a new sign-in helps.
    pub(super) ended: bool,
}

/// A session and the revision it has in the store.
pub(super) struct Current {
    pub(super) stored: Stored,
    pub(super) revision: u64,
    /// Until when somebody else is renewing it.
    renewing_until: i64,
}

impl Current {
    /// Whether another task or process is renewing it at this moment. A time further ahead than any lease
    /// lasts comes from a clock that was wrong, and holds nobody up.
    pub(super) fn is_being_renewed(&self) -> bool {
        let now = now_ms();
        (now..=now.saturating_add(LEASE_MS)).contains(&self.renewing_until)
    }
}

impl Stored {
    /// The session once it has ended: the tokens are gone, that there was one stays.
    pub(super) fn ended(self) -> Self {
        Self { access: Zeroizing::default(), refresh: None, ended: true, ..self }
    }
}

/// Keeps the session of a finished login, in the place of whatever was there.
pub(crate) fn keep(tx: &Transaction<'_>, sealer: &Sealer, signed_in: &SignedIn) -> Result<(), Error> {
    let Tokens { access, access_until, refresh } = &signed_in.tokens;
    let stored = Stored {
        access: access.clone(),
        access_until: *access_until,
        refresh: refresh.clone(),
        token_endpoint: signed_in.token_endpoint.clone(),
        revocation_endpoint: signed_in.revocation_endpoint.clone(),
        end_session_endpoint: signed_in.end_session_endpoint.clone(),
        key: signed_in.key.as_ref().map(BoundKey::slot),
        signer: Some(signed_in.signer.clone()),
        step_up: None,
        ended: false,
    };
    put(tx, sealer, &stored)
}

/// The session, where there is one.
pub(super) fn load(tx: &Transaction<'_>, sealer: &Sealer) -> Result<Option<Current>, Error> {
    let row = tx
        .query_row("SELECT revision, renewing_until, sealed FROM session WHERE name = ?1", [ROW], |row| {
            Ok((row.get::<_, u64>(0)?, row.get::<_, i64>(1)?, row.get::<_, Vec<u8>>(2)?))
        })
        .optional()?;
    row.map(|(revision, renewing_until, sealed)| {
        Ok(Current { stored: sealer.open(&place(revision), &sealed)?, revision, renewing_until })
    })
    .transpose()
}

/// Stores a session as the next revision, with nobody renewing it.
pub(super) fn put(tx: &Transaction<'_>, sealer: &Sealer, stored: &Stored) -> Result<(), Error> {
    let last: Option<u64> =
        tx.query_row("SELECT revision FROM session WHERE name = ?1", [ROW], |row| row.get(0)).optional()?;
    let revision = last.unwrap_or_default() + 1;
    let sealed = sealer.seal(&place(revision), stored)?;
    tx.execute(
        "INSERT INTO session (name, revision, renewing_until, sealed) VALUES (?1, ?2, 0, ?3)
         ON CONFLICT (name) DO UPDATE
         SET revision = excluded.revision, renewing_until = 0, sealed = excluded.sealed",
        params![ROW, revision, sealed],
    )?;
    Ok(())
}

/// Notes that this task renews the session now.
pub(super) fn lease(tx: &Transaction<'_>) -> Result<(), Error> {
    set_renewing_until(tx, now_ms().saturating_add(LEASE_MS))
}

/// Notes that nobody renews the session any more.
pub(super) fn release(tx: &Transaction<'_>) -> Result<(), Error> {
    set_renewing_until(tx, 0)
}

/// Forgets the session.
pub(super) fn remove(tx: &Transaction<'_>) -> Result<(), Error> {
    tx.execute("DELETE FROM session WHERE name = ?1", [ROW])?;
    Ok(())
}

fn set_renewing_until(tx: &Transaction<'_>, until: i64) -> Result<(), Error> {
    tx.execute("UPDATE session SET renewing_until = ?1 WHERE name = ?2", params![until, ROW])?;
    Ok(())
}

fn place(revision: u64) -> Place<'static> {
    Place { table: "session", row: ROW.into(), column: "sealed", revision }
}
