//! What an ID token must satisfy before it names anyone (OpenID Connect Core 1.0, §3.1.3.7).

use citizen_api::Subject;
use citizen_api::identity::CLIENT_ID;
use citizen_api::jose::{decode, encode};
use jiff::Timestamp;
use ring::digest::{SHA256, digest};
use serde::Deserialize;

use super::SignInFault;
use super::keys::PublicKeys;
use super::provider::Signer;
use crate::http::StepUp;

/// How far this device's clock may differ from the provider's.
const SKEW_SECONDS: i64 = 120;

/// How old a token fresh from a login may be.
const MAX_AGE_SECONDS: i64 = 600;

/// What the rest of the login says the token must say.
pub(super) struct Expected<'a> {
    pub(super) nonce: &'a str,
    pub(super) access_token: &'a str,
    /// By the clock that servers correct.
    pub(super) now: Timestamp,
    /// What the sign-in was asked to be like.
    pub(super) step_up: &'a StepUp,
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    #[serde(default)]
    kid: Option<String>,
    #[serde(default)]
    crit: Option<serde_json::Value>,
}

#[derive(Deserialize)]
struct Claims {
    iss: String,
    sub: String,
    aud: Audience,
    #[serde(default)]
    azp: Option<String>,
    exp: i64,
    iat: i64,
    #[serde(default)]
    nbf: Option<i64>,
    #[serde(default)]
    nonce: Option<String>,
    #[serde(default)]
    at_hash: Option<String>,
    #[serde(default)]
    auth_time: Option<i64>,
    #[serde(default)]
    acr: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Several(Vec<String>),
}

/// Checks a token whole and gives the `sub` it names.
pub(super) fn verify(
    token: &str,
    signer: &Signer,
    keys: &PublicKeys,
    expected: &Expected<'_>,
) -> Result<String, SignInFault> {
    let claims = read_signed(token, signer, keys).ok_or(SignInFault::Signature)?;
    if claims.iss != signer.issuer {
        return Err(SignInFault::OtherProvider);
    }
    if !is_for_us(&claims) || claims.nonce.as_deref() != Some(expected.nonce) {
        return Err(SignInFault::OtherLogin);
    }
    if !is_timely(&claims, expected.now.as_second()) {
        return Err(SignInFault::Clock);
    }
    if claims.at_hash.as_ref().is_some_and(|hash| *hash != half_hash(expected.access_token)) {
        return Err(SignInFault::OtherLogin);
    }
    if !is_strong(&claims, expected) {
        return Err(SignInFault::TooWeak);
    }
    if claims.sub.is_empty() || claims.sub.len() > 255 {
        return Err(SignInFault::OtherPerson);
    }
    Ok(claims.sub)
}

/// Checks a token that came with renewed tokens: it must be of the same provider, for this app, and about the same
/// person (OpenID Connect Core 1.0, §12.2). It answers no login, so it need not repeat a nonce.
pub(super) fn verify_renewed(
    token: &str,
    signer: &Signer,
    keys: &PublicKeys,
    subject: &Subject,
) -> Result<(), SignInFault> {
    let claims = read_signed(token, signer, keys).ok_or(SignInFault::Signature)?;
    if claims.iss != signer.issuer {
        return Err(SignInFault::OtherProvider);
    }
    if !is_for_us(&claims) {
        return Err(SignInFault::OtherLogin);
    }
    if claims.sub == subject.as_str() { Ok(()) } else { Err(SignInFault::OtherPerson) }
}

/// Whether the key that the token says it is signed with is among these; one that says none is.
pub(super) fn names_one_of(token: &str, keys: &PublicKeys) -> bool {
    token
        .split_once('.')
        .and_then(|(header, _)| read_header(header))
        .is_none_or(|header| header.kid.is_none_or(|kid| keys.has(&kid)))
}

fn read_header(encoded: &str) -> Option<Header> {
    serde_json::from_slice(&decode(encoded).ok()?).ok()
}

/// The claims, if one of the provider's keys signed them with the algorithm that the app is registered with. A key
/// that the token itself brings or points to counts for nothing.
fn read_signed(token: &str, signer: &Signer, keys: &PublicKeys) -> Option<Claims> {
    let (signed, signature) = token.rsplit_once('.')?;
    let (header, payload) = signed.split_once('.')?;
    let header = read_header(header)?;
    if header.crit.is_some() || header.alg != signer.algorithm.name() {
        return None;
    }
    let signature = decode(signature).ok()?;
    if !keys.verify(signer.algorithm, header.kid.as_deref(), signed.as_bytes(), &signature) {
        return None;
    }
    serde_json::from_slice(&decode(payload).ok()?).ok()
}

/// Whether the token was made for this app and nobody else: a second audience could pass it on.
fn is_for_us(claims: &Claims) -> bool {
    let named = match &claims.aud {
        Audience::One(one) => one == CLIENT_ID,
        Audience::Several(all) => !all.is_empty() && all.iter().all(|one| one == CLIENT_ID),
    };
    named && claims.azp.as_ref().is_none_or(|party| party == CLIENT_ID)
}

/// Whether the person signed in as lately, and in the way, that was asked for.
fn is_strong(claims: &Claims, expected: &Expected<'_>) -> bool {
    let since = |signed_in: i64| expected.now.as_second().saturating_sub(signed_in);
    let recent = expected.step_up.max_age.is_none_or(|max_age| {
        claims.auth_time.is_some_and(|at| since(at) <= i64::from(max_age).saturating_add(SKEW_SECONDS))
    });
    let way = expected.step_up.acr_values.as_ref().is_none_or(|wanted| {
        claims.acr.as_ref().is_some_and(|acr| wanted.split(' ').any(|value| value == acr))
    });
    recent && way
}

fn is_timely(claims: &Claims, now: i64) -> bool {
    let soon = now.saturating_add(SKEW_SECONDS);
    now < claims.exp.saturating_add(SKEW_SECONDS)
        && claims.iat <= soon
        && claims.iat >= now.saturating_sub(MAX_AGE_SECONDS)
        && claims.nbf.is_none_or(|nbf| nbf <= soon)
}

/// The left half of the token's digest, by which an ID token names the access token it came with.
fn half_hash(access_token: &str) -> String {
    let whole = digest(&SHA256, access_token.as_bytes());
    encode(whole.as_ref().get(..16).unwrap_or_default())
}

#[cfg(test)]
#[path = "id_token_tests.rs"]
pub(super) mod tests;
