//! Sessions and their tokens. A session is one sign-in; it is ended as a whole.

use citizen_api::identity::CLIENT_ID;
use uuid::Uuid;

use super::flow::Flow;
use crate::clock::machine_now;
use crate::keys::{self, KeyError};
use crate::store::{StoreError, Tx};

/// How long an authorization code is good, in seconds.
const CODE_LIFETIME: i64 = 60;

/// How long a used or outlived code is remembered, so that its reuse is noticed, in seconds.
const CODE_MEMORY: i64 = 24 * 60 * 60;

/// How long an access token is good, in seconds.
pub(super) const ACCESS_LIFETIME: i64 = 10 * 60;

/// How long a refresh token is good when it is not used, in seconds.
const REFRESH_LIFETIME: i64 = 90 * 24 * 60 * 60;

/// A failure while tokens are made.
#[derive(Debug, thiserror::Error)]
pub(super) enum TokenError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Key(#[from] KeyError),
}

/// A pair of tokens, as the app gets it.
pub(super) struct Pair {
    pub(super) access_token: String,
    pub(super) refresh_token: String,
}

/// A sign-in.
pub(super) struct Session {
    pub(super) citizen_id: String,
    pub(super) scope: String,
    pub(super) nonce: String,
    pub(super) signed_in_at: i64,
}

/// Begins a session that the app takes up with the code.
pub(super) fn begin_session(
    tx: &mut dyn Tx,
    flow: &Flow,
    citizen_id: &str,
    signed_in_at: i64,
    code: &str,
) -> Result<(), StoreError> {
    let (now, session_id) = (machine_now(), Uuid::now_v7().to_string());
    tx.execute(
        "INSERT INTO sessions (session_id, citizen_id, client_id, scope, nonce, signed_in_at, jkt)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        &[
            session_id.as_str().into(),
            citizen_id.into(),
            CLIENT_ID.into(),
            flow.scope.as_str().into(),
            flow.nonce.as_str().into(),
            signed_in_at.into(),
            flow.jkt.as_str().into(),
        ],
    )?;
    tx.execute("DELETE FROM authorization_codes WHERE expires_at <= $1", &[(now - CODE_MEMORY).into()])?;
    tx.execute(
        "INSERT INTO authorization_codes (code_sha256, session_id, redirect_uri, code_challenge, expires_at)
         VALUES ($1, $2, $3, $4, $5)",
        &[
            keys::sha256(code.as_bytes()).into(),
            session_id.into(),
            flow.redirect_uri.as_str().into(),
            flow.code_challenge.as_str().into(),
            (now + CODE_LIFETIME).into(),
        ],
    )?;
    Ok(())
}

/// The session of that name, unless it was ended.
pub(super) fn live_session(tx: &mut dyn Tx, session_id: &str) -> Result<Option<Session>, StoreError> {
    let row = tx.query_one(
        "SELECT citizen_id, scope, nonce, signed_in_at FROM sessions WHERE session_id = $1 AND ended = 0",
        &[session_id.into()],
    )?;
    row.map(|row| {
        Ok(Session {
            citizen_id: row.text(0)?,
            scope: row.text(1)?,
            nonce: row.text(2)?,
            signed_in_at: row.integer(3)?,
        })
    })
    .transpose()
}

/// Binds a session to a key; false where it is bound to another one already.
pub(super) fn bind(tx: &mut dyn Tx, session_id: &str, jkt: &str) -> Result<bool, StoreError> {
    let sql = "UPDATE sessions SET jkt = $2 WHERE session_id = $1 AND jkt IN ('', $2)";
    Ok(tx.execute(sql, &[session_id.into(), jkt.into()])? == 1)
}

/// Whether a session is bound to that key.
pub(super) fn is_bound(tx: &mut dyn Tx, session_id: &str, jkt: &str) -> Result<bool, StoreError> {
    let sql = "SELECT session_id FROM sessions WHERE session_id = $1 AND jkt = $2";
    Ok(tx.query_one(sql, &[session_id.into(), jkt.into()])?.is_some())
}

/// Makes a pair of tokens for a session. Only their digests are kept.
pub(super) fn issue(tx: &mut dyn Tx, session_id: &str) -> Result<Pair, TokenError> {
    let now = machine_now();
    let pair = Pair { access_token: keys::random_token()?, refresh_token: keys::random_token()? };
    tx.execute("DELETE FROM access_tokens WHERE expires_at <= $1", &[now.into()])?;
    tx.execute("DELETE FROM refresh_tokens WHERE expires_at <= $1", &[now.into()])?;
    tx.execute(
        "INSERT INTO access_tokens (token_sha256, session_id, expires_at) VALUES ($1, $2, $3)",
        &[
            keys::sha256(pair.access_token.as_bytes()).into(),
            session_id.into(),
            (now + ACCESS_LIFETIME).into(),
        ],
    )?;
    tx.execute(
        "INSERT INTO refresh_tokens (token_sha256, session_id, expires_at) VALUES ($1, $2, $3)",
        &[
            keys::sha256(pair.refresh_token.as_bytes()).into(),
            session_id.into(),
            (now + REFRESH_LIFETIME).into(),
        ],
    )?;
    Ok(pair)
}

/// Ends a session: none of its tokens is good any more.
pub(super) fn end_session(tx: &mut dyn Tx, session_id: &str) -> Result<(), StoreError> {
    tx.execute("UPDATE sessions SET ended = 1 WHERE session_id = $1", &[session_id.into()])?;
    Ok(())
}
