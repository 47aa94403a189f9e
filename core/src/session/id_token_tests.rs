//! Each way in which an ID token can be wrong, one at a time.

use citizen_api::jose::{Jwk, encode};
use jiff::Timestamp;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};

use super::{Expected, half_hash, verify};
use crate::http::StepUp;
use crate::session::SignInFault;
use crate::session::keys::PublicKeys;
use crate::session::provider::{Provider, tests::document};

const ISSUER: &str = "https://city.example";
const NOW: i64 = 1_800_000_000;

/// A provider's signing key.
pub(in crate::session) struct Signer(EcdsaKeyPair);

impl Signer {
    pub(in crate::session) fn new() -> Self {
        let random = SystemRandom::new();
        let document = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, document.as_ref(), &random);
        Self(pair.unwrap())
    }

    pub(in crate::session) fn keys(&self) -> Value {
        let jwk = Jwk::from_point(self.0.public_key().as_ref()).unwrap();
        json!({ "keys": [{ "kty": jwk.kty, "crv": jwk.crv, "x": jwk.x, "y": jwk.y, "kid": "k1", "use": "sig" }] })
    }

    pub(in crate::session) fn token(&self, header: &Value, claims: &Value) -> String {
        let signed =
            format!("{}.{}", encode(header.to_string().as_bytes()), encode(claims.to_string().as_bytes()));
        let signature = self.0.sign(&SystemRandom::new(), signed.as_bytes()).unwrap();
        format!("{signed}.{}", encode(signature.as_ref()))
    }
}

/// Claims that are right in every way.
pub(in crate::session) fn claims(issuer: &str, now: i64) -> Value {
    json!({ "iss": issuer, "sub": "s-1", "aud": "citizen-app", "exp": now + 300, "iat": now,
            "nonce": "NONCE", "at_hash": half_hash("ACCESS"), "auth_time": now - 200, "acr": "high" })
}

fn check(header: &Value, change: impl FnOnce(&mut Value)) -> Result<String, SignInFault> {
    let signer = Signer::new();
    let mut claims = claims(ISSUER, NOW);
    change(&mut claims);
    check_token(&signer, &signer.token(header, &claims))
}

fn check_token(signer: &Signer, token: &str) -> Result<String, SignInFault> {
    let provider: Provider = serde_json::from_value(document(ISSUER)).unwrap();
    let keys: PublicKeys = serde_json::from_value(signer.keys()).unwrap();
    let now = Timestamp::from_second(NOW).unwrap();
    let step_up = StepUp { max_age: Some(300), acr_values: Some("high higher".to_owned()) };
    verify(
        token,
        &provider.signer().unwrap(),
        &keys,
        &Expected { nonce: "NONCE", access_token: "ACCESS", now, step_up: &step_up },
    )
}

fn good_header() -> Value {
    json!({ "alg": "ES256", "kid": "k1" })
}

#[test]
fn a_right_token_names_the_person() {
    assert_eq!(check(&good_header(), |_| {}), Ok("s-1".to_owned()));
    assert_eq!(check(&json!({ "alg": "ES256" }), |_| {}), Ok("s-1".to_owned()));
    assert_eq!(check(&good_header(), |claims| claims["aud"] = json!(["citizen-app"])), Ok("s-1".to_owned()));
    assert_eq!(check(&good_header(), |claims| claims["azp"] = json!("citizen-app")), Ok("s-1".to_owned()));
}

#[test]
fn a_token_that_nobody_we_trust_signed_is_refused() {
    for header in [
        json!({ "alg": "none" }),
        json!({ "alg": "HS256", "kid": "k1" }),
        json!({ "alg": "RS256", "kid": "k1" }),
        json!({ "alg": "es256", "kid": "k1" }),
        json!({ "alg": "ES256", "kid": "k2" }),
        json!({ "alg": "PS256", "kid": "k1" }),
        json!({ "alg": "ES256", "kid": "k1", "crit": ["b64"] }),
    ] {
        assert_eq!(check(&header, |_| {}), Err(SignInFault::Signature), "{header}");
    }
    let (ours, other) = (Signer::new(), Signer::new());
    let forged = other.token(&good_header(), &claims(ISSUER, NOW));
    assert_eq!(check_token(&ours, &forged), Err(SignInFault::Signature));
    let right = ours.token(&good_header(), &claims(ISSUER, NOW));
    let unsigned = right.rsplit_once('.').unwrap().0;
    for text in [format!("{unsigned}."), unsigned.to_owned(), String::new(), "..".to_owned()] {
        assert_eq!(check_token(&ours, &text), Err(SignInFault::Signature), "{text}");
    }
}

#[test]
fn a_token_with_one_wrong_claim_is_refused() {
    for (claim, value, fault) in [
        ("iss", json!("https://other.example"), SignInFault::OtherProvider),
        ("iss", json!("https://city.example/"), SignInFault::OtherProvider),
        ("aud", json!("another-app"), SignInFault::OtherLogin),
        ("aud", json!([]), SignInFault::OtherLogin),
        ("aud", json!(["citizen-app", "another-app"]), SignInFault::OtherLogin),
        ("aud", json!(["another-app", "citizen-app"]), SignInFault::OtherLogin),
        ("azp", json!("another-app"), SignInFault::OtherLogin),
        ("nonce", json!("ANOTHER"), SignInFault::OtherLogin),
        ("nonce", Value::Null, SignInFault::OtherLogin),
        ("at_hash", json!(half_hash("ANOTHER")), SignInFault::OtherLogin),
        ("exp", json!(NOW - 120), SignInFault::Clock),
        ("iat", json!(NOW + 121), SignInFault::Clock),
        ("iat", json!(NOW - 601), SignInFault::Clock),
        ("nbf", json!(NOW + 121), SignInFault::Clock),
        ("sub", json!(""), SignInFault::OtherPerson),
        ("exp", Value::Null, SignInFault::Signature),
        ("iat", Value::Null, SignInFault::Signature),
        ("sub", Value::Null, SignInFault::Signature),
        ("auth_time", json!(NOW - 421), SignInFault::TooWeak),
        ("auth_time", Value::Null, SignInFault::TooWeak),
        ("acr", json!("low"), SignInFault::TooWeak),
        ("acr", Value::Null, SignInFault::TooWeak),
    ] {
        assert_eq!(
            check(&good_header(), |claims| claims[claim] = value.clone()),
            Err(fault),
            "{claim} {value}"
        );
    }
}

#[test]
fn clocks_may_differ_a_little() {
    for (claim, value) in [("exp", NOW - 119), ("iat", NOW + 120), ("iat", NOW - 600), ("nbf", NOW + 120)] {
        assert!(check(&good_header(), |claims| claims[claim] = json!(value)).is_ok(), "{claim} {value}");
    }
}
