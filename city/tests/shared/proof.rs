//! A phone's key, and the proofs that it makes (RFC 9449).

use citizen_api::jose::{Jwk, encode};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};

/// A key as a phone keeps it.
pub(crate) struct PhoneKey(EcdsaKeyPair);

impl PhoneKey {
    pub(crate) fn generate() -> Self {
        let random = SystemRandom::new();
        let key = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
        Self::of(key.as_ref())
    }

    /// A key that was kept (PKCS#8).
    pub(crate) fn of(document: &[u8]) -> Self {
        let random = SystemRandom::new();
        Self(EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, document, &random).unwrap())
    }

    pub(crate) fn public(&self) -> Jwk {
        Jwk::from_point(self.0.public_key().as_ref()).unwrap()
    }

    pub(crate) fn thumbprint(&self) -> String {
        sha256(&self.public().thumbprint_input())
    }

    /// Signs whatever it is given.
    pub(crate) fn sign(&self, signed: &str) -> String {
        let signature = self.0.sign(&SystemRandom::new(), signed.as_bytes()).unwrap();
        format!("{signed}.{}", encode(signature.as_ref()))
    }

    /// A document of that header and those claims.
    pub(crate) fn document(&self, header: &Value, claims: &Value) -> String {
        let part = |value: &Value| encode(value.to_string().as_bytes());
        self.sign(&format!("{}.{}", part(header), part(claims)))
    }

    pub(crate) fn header(&self) -> Value {
        json!({ "typ": "dpop+jwt", "alg": "ES256", "jwk": self.public() })
    }

    /// A proof of a request.
    pub(crate) fn proof(&self, method: &str, url: &str, token: Option<&str>, nonce: Option<&str>) -> String {
        self.document(&self.header(), &claims(method, url, token, nonce))
    }
}

/// The claims of a proof that is right in every way.
pub(crate) fn claims(method: &str, url: &str, token: Option<&str>, nonce: Option<&str>) -> Value {
    let mut claims = json!({ "jti": uuid::Uuid::now_v7(), "htm": method, "htu": url,
                             "iat": jiff::Timestamp::now().as_second() });
    if let Some(token) = token {
        claims["ath"] = sha256(token).into();
    }
    if let Some(nonce) = nonce {
        claims["nonce"] = nonce.into();
    }
    claims
}

fn sha256(text: &str) -> String {
    encode(ring::digest::digest(&ring::digest::SHA256, text.as_bytes()).as_ref())
}
