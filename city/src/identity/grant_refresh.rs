//! New tokens for old. A refresh token serves once; one that comes again ends its session.
//!
//! An answer can be lost on the way, and then the app can only come again with the token it has. That is
//! taken for thirty seconds, if the token that went out in the lost answer was never used. The lost one is
//! spent with it, so at each moment only one refresh token of a session is good, and whoever else should
//! hold one betrays the theft by using it.

use super::token::{Granted, OAuthError, TokenRequest};
use super::tokens::{self, Pair, Session, TokenError};
use crate::clock::machine_now;
use crate::http::City;
use crate::keys;
use crate::store::{StoreError, Tx};

/// How long a token may come again after an answer was lost, in seconds.
const GRACE: i64 = 30;

/// Trades a refresh token for a new pair. Whoever brings it without the session's key, whose thumbprint is `jkt`,
/// has stolen it, and cannot even spend it.
pub(super) async fn grant(
    city: &City,
    request: TokenRequest,
    jkt: String,
) -> Result<(Session, Pair), OAuthError> {
    let token = request.refresh_token.ok_or(OAuthError::INVALID_REQUEST)?;
    city.store.write(move |tx| trade(tx, &token, &jkt)).await?
}

fn trade(tx: &mut dyn Tx, token: &str, jkt: &str) -> Result<Granted, TokenError> {
    let token_sha256 = keys::sha256(token.as_bytes());
    let found = tx.query_one(
        "SELECT session_id, successor_sha256, rotated_at, expires_at FROM refresh_tokens WHERE token_sha256 = $1",
        &[token_sha256.as_str().into()],
    )?;
    let Some(row) = found else { return Ok(Err(OAuthError::INVALID_GRANT)) };
    let (session_id, successor, rotated_at) = (row.text(0)?, row.text(1)?, row.integer(2)?);
    if row.integer(3)? <= machine_now() || !tokens::is_bound(tx, &session_id, jkt)? {
        return Ok(Err(OAuthError::INVALID_GRANT));
    }
    let fresh = successor.is_empty();
    let answer_lost = !fresh && machine_now() <= rotated_at + GRACE && is_unused(tx, &successor)?;
    if !fresh && !answer_lost {
        tokens::end_session(tx, &session_id)?;
        return Ok(Err(OAuthError::INVALID_GRANT));
    }
    let Some(session) = tokens::live_session(tx, &session_id)? else {
        return Ok(Err(OAuthError::INVALID_GRANT));
    };
    let pair = tokens::issue(tx, &session_id)?;
    let newest = keys::sha256(pair.refresh_token.as_bytes());
    spend(tx, &token_sha256, &newest, if fresh { machine_now() } else { rotated_at })?;
    if answer_lost {
        // The token of the lost answer has no grace of its own: nobody can have lost an answer to it.
        spend(tx, &successor, &newest, 0)?;
    }
    Ok(Ok((session, pair)))
}

fn is_unused(tx: &mut dyn Tx, token_sha256: &str) -> Result<bool, StoreError> {
    let unused = "SELECT token_sha256 FROM refresh_tokens WHERE token_sha256 = $1 AND successor_sha256 = ''";
    Ok(tx.query_one(unused, &[token_sha256.into()])?.is_some())
}

fn spend(tx: &mut dyn Tx, token_sha256: &str, successor: &str, rotated_at: i64) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE refresh_tokens SET successor_sha256 = $2, rotated_at = $3 WHERE token_sha256 = $1",
        &[token_sha256.into(), successor.into(), rotated_at.into()],
    )?;
    Ok(())
}
