//! The provider's keys, and the ways in which it signs.

use citizen_api::jose::{Jwk, encode};
use ring::rand::SystemRandom;
use ring::rsa;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair, RSA_PKCS1_SHA256, RSA_PSS_SHA256, RsaEncoding,
};
use serde_json::{Value, json};

use crate::rsa512;

/// A way of signing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hand {
    /// With the published P-256 key.
    Es256,
    /// With the published RSA key.
    Rs256,
    Ps256,
    /// With a P-256 key that nobody published, under the published one's name.
    Stranger,
    /// With an HMAC whose secret is the published key.
    Hs256,
    /// With an RSA key of 512 bits.
    Rsa512,
    /// Not at all.
    Nothing,
}

/// The provider's keys. The RSA key stands in the tree because ring makes none; it guards nothing.
pub(crate) struct Keys {
    today: EcdsaKeyPair,
    yesterday: EcdsaKeyPair,
    stranger: EcdsaKeyPair,
    rsa: rsa::KeyPair,
}

impl Keys {
    pub(crate) fn new() -> Self {
        let rsa = rsa::KeyPair::from_pkcs8(include_bytes!("keys/rsa-2048.p8")).unwrap();
        Self { today: p256(), yesterday: p256(), stranger: p256(), rsa }
    }

    /// The published set.
    pub(crate) fn published(&self) -> Value {
        let components: rsa::PublicKeyComponents<Vec<u8>> = self.rsa.public().into();
        json!({ "keys": [
            named(&self.today, "today"),
            { "kty": "RSA", "kid": "rsa", "use": "sig", "n": encode(&components.n), "e": encode(&components.e) },
        ] })
    }

    /// The set as it was published before.
    pub(crate) fn old(&self) -> Value {
        json!({ "keys": [named(&self.yesterday, "yesterday")] })
    }

    /// The header of a token signed in that way.
    pub(crate) fn header(hand: Hand) -> Value {
        let (alg, kid) = match hand {
            Hand::Es256 | Hand::Stranger => ("ES256", "today"),
            Hand::Rs256 => ("RS256", "rsa"),
            Hand::Ps256 => ("PS256", "rsa"),
            Hand::Hs256 => ("HS256", "today"),
            Hand::Rsa512 => ("RS256", "rsa-512"),
            Hand::Nothing => ("none", "today"),
        };
        json!({ "alg": alg, "typ": "JWT", "kid": kid })
    }

    /// Signs in that way.
    pub(crate) fn sign(&self, hand: Hand, header: &Value, claims: &Value) -> String {
        let part = |value: &Value| encode(value.to_string().as_bytes());
        let signed = format!("{}.{}", part(header), part(claims));
        let bytes = signed.as_bytes();
        let signature = match hand {
            Hand::Es256 => ecdsa(&self.today, bytes),
            Hand::Stranger => ecdsa(&self.stranger, bytes),
            Hand::Rs256 => self.rsa(&RSA_PKCS1_SHA256, bytes),
            Hand::Ps256 => self.rsa(&RSA_PSS_SHA256, bytes),
            Hand::Hs256 => {
                let secret = named(&self.today, "today").to_string();
                let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, secret.as_bytes());
                ring::hmac::sign(&key, bytes).as_ref().to_vec()
            }
            Hand::Rsa512 => rsa512::sign(bytes),
            Hand::Nothing => Vec::new(),
        };
        format!("{signed}.{}", encode(&signature))
    }

    /// The stranger's public key.
    pub(crate) fn stranger(&self) -> Value {
        named(&self.stranger, "today")
    }

    fn rsa(&self, padding: &'static dyn RsaEncoding, bytes: &[u8]) -> Vec<u8> {
        let mut signature = vec![0; self.rsa.public().modulus_len()];
        self.rsa.sign(padding, &SystemRandom::new(), bytes, &mut signature).unwrap();
        signature
    }
}

fn p256() -> EcdsaKeyPair {
    let random = SystemRandom::new();
    let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
    EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, document.as_ref(), &random).unwrap()
}

fn ecdsa(key: &EcdsaKeyPair, bytes: &[u8]) -> Vec<u8> {
    key.sign(&SystemRandom::new(), bytes).unwrap().as_ref().to_vec()
}

fn named(key: &EcdsaKeyPair, kid: &str) -> Value {
    let Jwk { kty, crv, x, y, .. } = Jwk::from_point(key.public_key().as_ref()).unwrap();
    json!({ "kty": kty, "crv": crv, "x": x, "y": y, "kid": kid, "use": "sig" })
}
