//! SD-JWT VC: taking one apart, believing its disclosures, and adding the holder's part.
//!
//! RFC 9901 for the format, SD-JWT VC for the type. Only what this product issues is accepted: ES256, SHA-256,
//! disclosures at the top level.

use std::collections::BTreeMap;

use citizen_api::credential::{CredentialClaims, KeyBindingClaims};
use citizen_api::jose::{self, JwkSet, typ};
use ring::digest::{SHA256, digest};

use super::CardError;
use crate::jws;

/// The most disclosures a presentation may carry. A card has three.
const MOST_DISCLOSURES: usize = 16;

/// A credential, or a presentation, in its parts. Nothing of it is believed yet.
pub(super) struct SdJwt<'a> {
    /// The issuer-signed document.
    pub(super) issuer_signed: &'a str,
    /// The disclosures that go with it, encoded.
    pub(super) disclosures: Vec<&'a str>,
    /// The holder's part; none in a credential that is only kept.
    pub(super) key_binding: Option<&'a str>,
}

/// Takes `<issuer-signed>~<disclosure>~…~[<key binding>]` apart.
pub(super) fn parse(text: &str) -> Result<SdJwt<'_>, CardError> {
    let (front, key_binding) = text.rsplit_once('~').ok_or(CardError::Malformed)?;
    let mut parts = front.split('~');
    let issuer_signed = parts.next().ok_or(CardError::Malformed)?;
    let disclosures: Vec<&str> = parts.collect();
    if disclosures.len() > MOST_DISCLOSURES {
        return Err(CardError::Malformed);
    }
    let key_binding = (!key_binding.is_empty()).then_some(key_binding);
    Ok(SdJwt { issuer_signed, disclosures, key_binding })
}

impl SdJwt<'_> {
    /// The issuer's claims, where one of `keys` has signed them.
    pub(super) fn verify_issuer(&self, keys: &JwkSet) -> Result<CredentialClaims, CardError> {
        Ok(jws::verify(self.issuer_signed, typ::CREDENTIAL, keys)?)
    }

    /// The disclosed claims. Each must be one that the issuer has signed the digest of, and stand once.
    pub(super) fn disclosed(&self, claims: &CredentialClaims) -> Result<BTreeMap<String, String>, CardError> {
        let mut disclosed = BTreeMap::new();
        for encoded in &self.disclosures {
            let signed = claims.sd.iter().filter(|signed| **signed == sha256(encoded)).count();
            let (name, value) = read_disclosure(encoded)?;
            if signed != 1 || disclosed.insert(name, value).is_some() {
                return Err(CardError::Altered);
            }
        }
        Ok(disclosed)
    }

    /// What the holder's part covers: everything before it.
    pub(super) fn covered(&self) -> String {
        let mut text = format!("{}~", self.issuer_signed);
        for disclosure in &self.disclosures {
            text.push_str(disclosure);
            text.push('~');
        }
        text
    }
}

/// A presentation of the claims in `names`: those disclosures, and a holder's part by `sign`.
pub(super) fn present<E: From<CardError> + From<jws::JwsError>>(
    credential: &SdJwt<'_>,
    names: &[&str],
    (aud, nonce, iat): (&str, &str, i64),
    sign: impl FnOnce(&[u8]) -> Result<Vec<u8>, E>,
) -> Result<String, E> {
    let mut shown =
        SdJwt { issuer_signed: credential.issuer_signed, disclosures: Vec::new(), key_binding: None };
    for disclosure in &credential.disclosures {
        let (name, _) = read_disclosure(disclosure)?;
        if names.contains(&name.as_str()) {
            shown.disclosures.push(disclosure);
        }
    }
    let covered = shown.covered();
    let claims =
        KeyBindingClaims { iat, aud: aud.to_owned(), nonce: nonce.to_owned(), sd_hash: sha256(&covered) };
    let key_binding = jws::sign(typ::KEY_BINDING, None, &claims, sign)?;
    Ok(format!("{covered}{key_binding}"))
}

/// SHA-256 of a text's bytes, base64url.
pub(super) fn sha256(text: &str) -> String {
    jose::encode(digest(&SHA256, text.as_bytes()).as_ref())
}

fn read_disclosure(encoded: &str) -> Result<(String, String), CardError> {
    let json = jose::decode(encoded).map_err(|_| CardError::Malformed)?;
    let [_salt, name, value]: [String; 3] =
        serde_json::from_slice(&json).map_err(|_| CardError::Malformed)?;
    Ok((name, value))
}
