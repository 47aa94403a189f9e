//! Proofs of possession (DPoP, RFC 9449): a request is signed with the key that its token is bound to, so that a
//! token without the phone is worth nothing.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use citizen_api::jose::{self, ES256, Jwk, encode, typ};
use jiff::Timestamp;
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue, WWW_AUTHENTICATE};
use reqwest::{Method, StatusCode, Url};
use ring::digest::{SHA256, digest};
use serde::Serialize;

use super::Reply;
use crate::Error;
use crate::people::PersonId;
use crate::vault::{DeviceKeys, random};

/// Where a proof stands.
const DPOP: HeaderName = HeaderName::from_static("dpop");

/// Where a server says by which nonce it wants proofs made fresh.
const DPOP_NONCE: HeaderName = HeaderName::from_static("dpop-nonce");

/// The error by which a server asks for its nonce.
const USE_NONCE: &str = "use_dpop_nonce";

/// A nonce that is longer is nobody's.
const LONGEST_NONCE: usize = 512;

/// The key of this phone that a session's tokens are bound to. It never leaves the platform.
#[derive(Clone)]
pub(crate) struct BoundKey {
    keys: Arc<dyn DeviceKeys>,
    slot: PersonId,
}

/// In whose name a request goes: an access token, and the key it is bound to. A request for tokens has the key alone;
/// a provider that binds no tokens gets the token alone.
#[derive(Clone, Copy)]
pub(crate) struct Credentials<'a> {
    pub(crate) token: Option<&'a str>,
    pub(crate) key: Option<&'a BoundKey>,
}

/// The header of a proof.
#[derive(Serialize)]
struct Header<'a> {
    typ: &'a str,
    alg: &'a str,
    jwk: &'a Jwk,
}

/// The claims of a proof (RFC 9449, 4.2).
#[derive(Serialize)]
struct Claims<'a> {
    jti: &'a str,
    htm: &'a str,
    htu: &'a str,
    iat: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    ath: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    nonce: Option<&'a str>,
}

impl BoundKey {
    /// The key of that name.
    pub(crate) fn new(keys: Arc<dyn DeviceKeys>, slot: PersonId) -> Self {
        Self { keys, slot }
    }

    /// Under which name the platform keeps it.
    pub(crate) fn slot(&self) -> PersonId {
        self.slot
    }

    /// The key's name for servers: the thumbprint of RFC 7638.
    pub(crate) fn thumbprint(&self) -> Result<String, Error> {
        let key = self.keys.public(self.slot)?;
        Ok(encode(digest(&SHA256, key.thumbprint_input().as_bytes()).as_ref()))
    }

    /// Proves one request, once.
    fn prove(
        &self,
        method: &Method,
        url: &Url,
        token: Option<&str>,
        nonce: Option<&str>,
        now: Timestamp,
    ) -> Result<String, Error> {
        let malformed = |_| Error::internal("a proof cannot be written");
        let (key, jti) = (self.keys.public(self.slot)?, encode(random::<16>()?.as_ref()));
        let mut target = url.clone();
        target.set_query(None);
        target.set_fragment(None);
        let header = Header { typ: typ::DPOP, alg: ES256, jwk: &key };
        let claims = Claims {
            jti: &jti,
            htm: method.as_str(),
            htu: target.as_str(),
            iat: now.as_second(),
            ath: token.map(|token| encode(digest(&SHA256, token.as_bytes()).as_ref())),
            nonce,
        };
        let header = serde_json::to_vec(&header).map_err(malformed)?;
        let claims = serde_json::to_vec(&claims).map_err(malformed)?;
        let signed = format!("{}.{}", encode(&header), encode(&claims));
        let signature = self.keys.sign(self.slot, signed.as_bytes())?;
        Ok(jose::join(&signed, &signature))
    }
}

impl Credentials<'_> {
    /// Puts token and proof into a request.
    pub(super) fn sign(
        &self,
        request: &mut reqwest::Request,
        nonces: &Nonces,
        now: Timestamp,
    ) -> Result<(), Error> {
        if let Some(token) = self.token {
            let scheme = if self.key.is_some() { "DPoP" } else { "Bearer" };
            let value = secret(&format!("{scheme} {token}"))?;
            request.headers_mut().insert(AUTHORIZATION, value);
        }
        if let Some(key) = self.key {
            let proof = self.proof_by(key, request.method(), request.url(), nonces, now)?;
            request.headers_mut().insert(DPOP, secret(&proof)?);
        }
        Ok(())
    }

    /// Proves a request with a key.
    pub(super) fn proof_by(
        &self,
        key: &BoundKey,
        method: &Method,
        url: &Url,
        nonces: &Nonces,
        now: Timestamp,
    ) -> Result<String, Error> {
        let nonce = nonces.get(&self.place(url));
        key.prove(method, url, self.token, nonce.as_deref(), now)
    }

    /// Which nonce counts for a request: that of its server, as giver of tokens or as taker of them.
    pub(super) fn place(&self, url: &Url) -> Place {
        let slot = self.key.map(|key| key.slot);
        Place { origin: url.origin().ascii_serialization(), slot, for_tokens: self.token.is_none() }
    }
}

/// A header that is never shown.
fn secret(text: &str) -> Result<HeaderValue, Error> {
    let mut value = HeaderValue::from_str(text).map_err(|_| Error::CityAnsweredNonsense)?;
    value.set_sensitive(true);
    Ok(value)
}

/// Whose nonce it is. One for each key, so that a server cannot tell by it who shares a phone.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    origin: String,
    slot: Option<PersonId>,
    for_tokens: bool,
}

/// The nonces that servers gave last. They live in memory only: one that is lost is asked for again.
#[derive(Debug, Default)]
pub(super) struct Nonces(Mutex<BTreeMap<Place, String>>);

impl Nonces {
    fn get(&self, place: &Place) -> Option<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(place).cloned()
    }

    /// Keeps the nonce of an answer, where it has one.
    pub(super) fn learn(&self, place: Place, headers: &HeaderMap) {
        let given = headers.get(DPOP_NONCE).and_then(|nonce| nonce.to_str().ok());
        if let Some(nonce) = given.filter(|nonce| (1..=LONGEST_NONCE).contains(&nonce.len())) {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(place, nonce.to_owned());
        }
    }
}

/// Whether a server asks for the same request once more, with the nonce that comes with this answer. Nothing has
/// happened at the server then (RFC 9449, 8 and 9).
pub(super) fn wants_nonce(reply: &Reply) -> bool {
    #[derive(serde::Deserialize)]
    struct Refusal {
        error: String,
    }

    reply.headers.contains_key(DPOP_NONCE)
        && match reply.status {
            StatusCode::UNAUTHORIZED if challenges(&reply.headers, USE_NONCE) => true,
            StatusCode::BAD_REQUEST | StatusCode::UNAUTHORIZED => {
                serde_json::from_slice::<Refusal>(&reply.body).is_ok_and(|refusal| refusal.error == USE_NONCE)
            }
            _ => false,
        }
}

/// Whether a challenge names that error.
pub(super) fn challenges(headers: &HeaderMap, error: &str) -> bool {
    let mut challenges = headers.get_all(WWW_AUTHENTICATE).iter().filter_map(|value| value.to_str().ok());
    challenges.any(|challenge| challenge.contains(&format!("error=\"{error}\"")))
}
