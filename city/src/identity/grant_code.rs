//! The first tokens of a session, for the code that the consent gave.

use super::token::{Granted, OAuthError, TokenRequest};
use super::tokens::{self, Pair, Session, TokenError};
use crate::clock::machine_now;
use crate::http::City;
use crate::keys;
use crate::store::{Row, Tx};

/// Trades a code for tokens. A code serves once: one that comes again has been stolen, on its first or on
/// its second way, and ends the session that it began.
/// The tokens are bound to the key `jkt`.
pub(super) async fn grant(
    city: &City,
    request: TokenRequest,
    jkt: String,
) -> Result<(Session, Pair), OAuthError> {
    let (Some(code), Some(redirect_uri), Some(verifier)) =
        (request.code, request.redirect_uri, request.code_verifier)
    else {
        return Err(OAuthError::INVALID_REQUEST);
    };
    let work = move |tx: &mut dyn Tx| trade(tx, &code, &redirect_uri, &verifier, &jkt);
    city.store.write(work).await?
}

fn trade(
    tx: &mut dyn Tx,
    code: &str,
    redirect_uri: &str,
    verifier: &str,
    jkt: &str,
) -> Result<Granted, TokenError> {
    let code_sha256 = keys::sha256(code.as_bytes());
    let found = tx.query_one(
        "SELECT session_id, redirect_uri, code_challenge, used, expires_at FROM authorization_codes
         WHERE code_sha256 = $1",
        &[code_sha256.as_str().into()],
    )?;
    let Some(row) = found else { return Ok(Err(OAuthError::INVALID_GRANT)) };
    let session_id = row.text(0)?;
    if row.integer(3)? == 1 {
        tokens::end_session(tx, &session_id)?;
        return Ok(Err(OAuthError::INVALID_GRANT));
    }
    if !fits(&row, redirect_uri, verifier)? || !tokens::bind(tx, &session_id, jkt)? {
        return Ok(Err(OAuthError::INVALID_GRANT));
    }
    tx.execute("UPDATE authorization_codes SET used = 1 WHERE code_sha256 = $1", &[code_sha256.into()])?;
    match tokens::live_session(tx, &session_id)? {
        Some(session) => Ok(Ok((session, tokens::issue(tx, &session_id)?))),
        None => Ok(Err(OAuthError::INVALID_GRANT)),
    }
}

/// Whether the code is still good, goes where it was asked for, and is brought by the one who asked (PKCE,
/// RFC 7636).
fn fits(row: &Row, redirect_uri: &str, verifier: &str) -> Result<bool, TokenError> {
    Ok(row.integer(4)? > machine_now()
        && row.text(1)? == redirect_uri
        && (43..=128).contains(&verifier.len())
        && row.text(2)? == keys::sha256(verifier.as_bytes()))
}
