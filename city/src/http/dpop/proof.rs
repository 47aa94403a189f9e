//! What a proof must be (RFC 9449, 4.3).

use axum::http::{HeaderMap, Method};
use citizen_api::jose::{Compact, Jwk, decode, typ};
use serde::Deserialize;
use serde_json::{Map, Value};
use url::Url;

use super::DPOP;
use crate::keys::{self, Nonces, sha256};

/// A longer proof is none.
const LONGEST: usize = 4096;

/// A longer name of a proof is none.
const LONGEST_JTI: usize = 256;

/// By how many seconds a phone's clock may be off before it has to take a nonce.
const LEEWAY: i64 = 60;

/// Why a request's proof is not one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// There is none, or it is not right for this request.
    Invalid,
    /// It has to be made again with the city's nonce.
    Stale,
    /// It could not be judged: the city failed.
    Unjudged,
}

/// A request that has to be proved.
pub(crate) struct Asked<'a> {
    /// Its method.
    pub(crate) method: &'a Method,
    /// Its address as phones know it, without query.
    pub(crate) address: &'a str,
    /// The digest of the access token that it carries; none where it asks for one.
    pub(crate) ath: Option<&'a str>,
}

/// A proof that is right but for having been used before, which the store knows.
pub(crate) struct Proof {
    /// The key that signed it.
    pub(crate) key: Jwk,
    /// That key's thumbprint.
    pub(crate) jkt: String,
    /// What it is remembered by.
    pub(super) sha256: String,
}

#[derive(Deserialize)]
struct Claims {
    jti: String,
    htm: String,
    htu: String,
    iat: i64,
    #[serde(default)]
    ath: Option<String>,
    #[serde(default)]
    nonce: Option<String>,
}

impl Proof {
    /// Reads a proof of a request and judges all of it that needs no memory.
    pub(crate) fn read(text: &str, asked: &Asked<'_>, nonces: &Nonces, now: i64) -> Result<Self, Fault> {
        let (claims, key) =
            Some(text).filter(|text| text.len() <= LONGEST).and_then(signed).ok_or(Fault::Invalid)?;
        let jkt = keys::thumbprint(&key).0;
        let fits = (1..=LONGEST_JTI).contains(&claims.jti.len())
            && claims.htm == asked.method.as_str()
            && same_address(&claims.htu, asked.address)
            && (asked.ath.is_none() || claims.ath.as_deref() == asked.ath);
        if !fits {
            return Err(Fault::Invalid);
        }
        let known = claims.nonce.as_ref().map(|nonce| nonces.knows(nonce, now));
        let timely = (now - LEEWAY..=now + LEEWAY).contains(&claims.iat);
        match known {
            Some(true) => {}
            // Whoever asks for tokens can be made to wait for a nonce; a sync with nothing new stays one request.
            None if timely && asked.ath.is_some() => {}
            _ => return Err(Fault::Stale),
        }
        let sha256 = sha256(format!("{jkt}.{}", claims.jti).as_bytes());
        Ok(Self { key, jkt, sha256 })
    }
}

/// The one proof of a request. Of two, anyone could say which was meant.
pub(crate) fn only(headers: &HeaderMap) -> Option<&str> {
    let mut proofs = headers.get_all(DPOP).iter();
    match (proofs.next(), proofs.next()) {
        (Some(proof), None) => proof.to_str().ok(),
        _ => None,
    }
}

/// The claims of a proof and its key, if the key that it names has signed it.
fn signed(text: &str) -> Option<(Claims, Jwk)> {
    let proof = Compact::parse(text).ok()?;
    let (header, _) = text.split_once('.')?;
    let header: Map<String, Value> = serde_json::from_slice(&decode(header).ok()?).ok()?;
    let jwk = header.get("jwk")?.as_object()?;
    // A private key in a proof is one that everybody has by now.
    if header.contains_key("crit") || jwk.contains_key("d") {
        return None;
    }
    let key: Jwk = serde_json::from_value(Value::Object(jwk.clone())).ok()?;
    keys::verify(&proof, typ::DPOP, &key).ok()?;
    Some((proof.claims().ok()?, key))
}

/// Whether a proof's address is that of the request, however it is written; query and fragment do not count.
fn same_address(written: &str, address: &str) -> bool {
    let normal = |text: &str| {
        let mut url = Url::parse(text).ok()?;
        url.set_query(None);
        url.set_fragment(None);
        Some(url)
    };
    normal(written).is_some_and(|written| normal(address) == Some(written))
}
