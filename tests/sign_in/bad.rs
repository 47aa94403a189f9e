//! What no provider may do: the login comes to nothing, at the first thing that is wrong.

use citizen_api::jose::encode;
use serde_json::{Value, json};

use crate::case::{BROWSER, Case, DISCOVERY, KEYS, KEYS_TWICE, PUSHED, TOKEN, USERINFO, refused};
use crate::hand::Hand;
use crate::rsa512;
use crate::switch::Instead::{Elsewhere, Endless, Error, Garbage, Portal};
use crate::switch::Switch::{
    Claims, Discovery, Header, Instead, Keys, Redirect, RedirectTo, Sign, Tokens, UserInfo,
};
use crate::switch::{Answer, Switch};

pub(crate) fn cases() -> Vec<Case> {
    [discovery(), browser(), id_tokens(), signatures(), published_keys(), answers(), renewals(), networks()]
        .into_iter()
        .flatten()
        .collect()
}

fn discovery() -> Vec<Case> {
    let refused = |name, change| refused(name, "provider-document", DISCOVERY, Discovery(change));
    let mismatch = |name| Case {
        refused: Some("other-provider"),
        ..refused(name, |document| document["issuer"] = json!("https://other.example"))
    };
    vec![
        mismatch("oidcc-client-test-discovery-issuer-mismatch"),
        mismatch("fapi2-security-profile-final-client-test-discovery-issuer-mismatch"),
        refused("discovery-without-s256", |document| {
            document["code_challenge_methods_supported"] = json!(["plain"]);
        }),
        refused("discovery-wants-pushed-requests-and-takes-none", |document| {
            remove(document, "pushed_authorization_request_endpoint");
        }),
        refused("discovery-with-algorithms-that-nobody-verifies", |document| {
            document["id_token_signing_alg_values_supported"] = json!(["none", "HS256"]);
        }),
        refused("discovery-authorization-endpoint-over-http", |document| {
            document["authorization_endpoint"] = json!("http://city.example/authorize");
        }),
        refused("discovery-token-endpoint-over-http", |document| {
            document["token_endpoint"] = json!("http://city.example/token");
        }),
        refused("discovery-jwks-uri-over-http", |document| {
            document["jwks_uri"] = json!("http://city.example/jwks");
        }),
        refused("discovery-userinfo-endpoint-over-http", |document| {
            document["userinfo_endpoint"] = json!("http://city.example/userinfo");
        }),
        refused("discovery-par-endpoint-over-http", |document| {
            document["pushed_authorization_request_endpoint"] = json!("http://city.example/par");
        }),
        refused("discovery-revocation-endpoint-over-http", |document| {
            document["revocation_endpoint"] = json!("http://city.example/revoke");
        }),
        refused("discovery-end-session-endpoint-over-http", |document| {
            document["end_session_endpoint"] = json!("http://city.example/end");
        }),
    ]
}

fn browser() -> Vec<Case> {
    let stray = |name, switch| refused(name, "stray-redirect", BROWSER, switch);
    let other = |name, change| refused(name, "other-provider", BROWSER, Redirect(change));
    vec![
        other("fapi2-security-profile-final-client-test-invalid-authorization-response-iss", |answer| {
            set(answer, "iss", "https://other.example");
        }),
        other("fapi2-security-profile-final-client-test-remove-authorization-response-iss", |answer| {
            answer.retain(|(name, _)| name != "iss");
        }),
        stray(
            "fapi2-security-profile-final-client-test-ensure-authorization-response-with-invalid-state-fails",
            Redirect(|answer| set(answer, "state", "another")),
        ),
        stray(
            "fapi2-security-profile-final-client-test-ensure-authorization-response-with-invalid-missing-state-fails",
            Redirect(|answer| answer.retain(|(name, _)| name != "state")),
        ),
        stray("redirect-without-code", Redirect(|answer| answer.retain(|(name, _)| name != "code"))),
        stray("redirect-with-two-codes", Redirect(|answer| answer.push(("code".into(), "b".into())))),
        stray("redirect-with-two-states", Redirect(|answer| answer.push(answer[1].clone()))),
        stray("redirect-to-another-path", RedirectTo(|to| format!("{to}/elsewhere"))),
        stray("redirect-to-another-port", RedirectTo(|to| to.replace("49152", "49153"))),
        stray("redirect-to-another-scheme", RedirectTo(|_| "citizen-app:/callback".to_owned())),
        refused(
            "redirect-with-access-denied",
            "declined",
            BROWSER,
            Redirect(|answer| {
                answer[0] = ("error".into(), "access_denied".into());
            }),
        ),
        refused(
            "redirect-with-server-error",
            "provider-error",
            BROWSER,
            Redirect(|answer| {
                answer[0] = ("error".into(), "server_error".into());
            }),
        ),
    ]
}

fn id_tokens() -> Vec<Case> {
    let claims = |name, why, change| refused(name, why, KEYS, Claims(change));
    vec![
        claims("oidcc-client-test-invalid-iss", "other-provider", |claims| {
            claims["iss"] = json!("https://other.example");
        }),
        claims("fapi2-security-profile-final-client-test-invalid-iss", "other-provider", |claims| {
            claims["iss"] = json!(format!("{}/", claims["iss"].as_str().unwrap()));
        }),
        claims("fapi2-security-profile-final-client-test-invalid-missing-iss", "signature", |claims| {
            remove(claims, "iss");
        }),
        claims("oidcc-client-test-missing-sub", "signature", |claims| remove(claims, "sub")),
        claims("id-token-with-an-empty-sub", "other-person", |claims| claims["sub"] = json!("")),
        claims("oidcc-client-test-invalid-aud", "other-login", |claims| claims["aud"] = json!("another-app")),
        claims("fapi2-security-profile-final-client-test-invalid-aud", "other-login", |claims| {
            claims["aud"] = json!("citizen-app1");
        }),
        claims("fapi2-security-profile-final-client-test-invalid-missing-aud", "signature", |claims| {
            remove(claims, "aud");
        }),
        claims("fapi2-security-profile-final-client-test-invalid-secondary-aud", "other-login", |claims| {
            claims["aud"] = json!(["citizen-app", "another-app"]);
            claims["azp"] = json!("citizen-app");
        }),
        claims("id-token-with-an-empty-list-of-aud", "other-login", |claims| claims["aud"] = json!([])),
        claims("id-token-with-another-azp", "other-login", |claims| claims["azp"] = json!("another-app")),
        claims("oidcc-client-test-missing-iat", "signature", |claims| remove(claims, "iat")),
        claims("fapi2-security-profile-final-client-test-iat-is-week-in-past", "clock", |claims| {
            later(claims, "iat", -7 * 86_400);
        }),
        claims("id-token-of-tomorrow", "clock", |claims| later(claims, "iat", 86_400)),
        claims("id-token-that-is-not-valid-yet", "clock", |claims| {
            claims["nbf"] = json!(claims["iat"].as_i64().unwrap() + 600);
        }),
        claims("fapi2-security-profile-final-client-test-invalid-expired-exp", "clock", |claims| {
            later(claims, "exp", -900);
        }),
        claims("fapi2-security-profile-final-client-test-invalid-missing-exp", "signature", |claims| {
            remove(claims, "exp");
        }),
        claims("oidcc-client-test-nonce-invalid", "other-login", |claims| claims["nonce"] = json!("another")),
        claims("fapi2-security-profile-final-client-test-invalid-nonce", "other-login", |claims| {
            claims["nonce"] = json!(format!("{}1", claims["nonce"].as_str().unwrap()));
        }),
        claims("fapi2-security-profile-final-client-test-invalid-missing-nonce", "other-login", |claims| {
            remove(claims, "nonce");
        }),
        claims("oidcc-client-test-invalid-athash", "other-login", |claims| {
            claims["at_hash"] = json!(encode(&[7; 16]));
        }),
    ]
}

fn signatures() -> Vec<Case> {
    let signed = |name, switch| refused(name, "signature", KEYS, switch);
    vec![
        signed("oidcc-client-test-idtoken-sig-none", Sign(Hand::Nothing)),
        signed("fapi2-security-profile-final-client-test-invalid-null-alg", Sign(Hand::Nothing)),
        Case {
            switches: vec![
                Discovery(|document| document["id_token_signing_alg_values_supported"] = json!(["RS256"])),
                Sign(Hand::Rs256),
                Tokens(spoil_signature),
            ],
            ..signed("oidcc-client-test-invalid-sig-rs256", Sign(Hand::Rs256))
        },
        signed("oidcc-client-test-invalid-sig-es256", Tokens(spoil_signature)),
        signed("fapi2-security-profile-final-client-test-invalid-signature", Sign(Hand::Stranger)),
        signed("fapi2-security-profile-final-client-test-invalid-alternate-alg", Sign(Hand::Rs256)),
        signed("alg-ps256-where-es256-is-registered", Sign(Hand::Ps256)),
        signed("alg-hs256-keyed-with-the-public-key", Sign(Hand::Hs256)),
        signed("alg-es256-over-a-signature-of-rs256", Header(|header| header["kid"] = json!("rsa"))),
        Case {
            switches: vec![Sign(Hand::Stranger), Header(|header| header["jwk"] = json!("the stranger's"))],
            ..signed("header-with-a-jwk", Sign(Hand::Stranger))
        },
        Case {
            switches: vec![
                Sign(Hand::Stranger),
                Header(|header| header["jku"] = json!("http://127.0.0.1:9/jwks")),
            ],
            ..signed("header-with-a-jku", Sign(Hand::Stranger))
        },
        signed("header-with-crit", Header(|header| header["crit"] = json!(["b64"]))),
        Case {
            asked: KEYS_TWICE,
            ..signed("kid-that-nobody-published", Header(|h| h["kid"] = json!("other")))
        },
        signed("id-token-that-is-no-document", Tokens(|answer| answer["id_token"] = json!("a.b"))),
        refused("no-id-token", "signature", TOKEN, Tokens(|answer| remove(answer, "id_token"))),
    ]
}

fn published_keys() -> Vec<Case> {
    let keys = |name, change| refused(name, "signature", KEYS, Keys(change));
    vec![
        Case {
            switches: vec![
                Header(|header| remove(header, "kid")),
                Keys(|keys| {
                    let again = keys["keys"][0].clone();
                    keys["keys"].as_array_mut().unwrap().push(again);
                }),
            ],
            ..keys("oidcc-client-test-kid-absent-multiple-jwks", |_| {})
        },
        keys("jwks-with-a-kid-that-is-there-twice", |keys| {
            let again = keys["keys"][0].clone();
            keys["keys"].as_array_mut().unwrap().push(again);
        }),
        keys("jwks-with-a-point-off-the-curve", |keys| keys["keys"][0]["x"] = json!(encode(&[7; 32]))),
        keys("jwks-with-a-key-for-encryption", |keys| keys["keys"][0]["use"] = json!("enc")),
        keys("jwks-with-a-key-of-another-algorithm", |keys| keys["keys"][0]["alg"] = json!("ES384")),
        keys("jwks-with-a-key-of-another-curve", |keys| keys["keys"][0]["crv"] = json!("P-384")),
        keys("jwks-with-more-keys-than-anybody-has", |keys| {
            let all = keys["keys"].as_array_mut().unwrap();
            all.extend((0..100).map(|index| json!({ "kty": "oct", "kid": index.to_string() })));
        }),
        Case {
            switches: vec![
                Discovery(|document| document["id_token_signing_alg_values_supported"] = json!(["RS256"])),
                Sign(Hand::Rsa512),
                Keys(|keys| {
                    let (n, e) = (encode(&rsa512::modulus()), encode(&[1, 0, 1]));
                    let small = json!({ "kty": "RSA", "kid": "rsa-512", "n": n, "e": e });
                    keys["keys"].as_array_mut().unwrap().push(small);
                }),
            ],
            ..keys("jwks-with-an-rsa-key-of-512-bits", |_| {})
        },
        refused("jwks-of-50-megabytes", "city-answered-nonsense", KEYS, Instead("jwks", Endless)),
        refused("jwks-that-is-no-document", "city-answered-nonsense", KEYS, Instead("jwks", Garbage)),
    ]
}

fn answers() -> Vec<Case> {
    vec![
        refused(
            "oidcc-client-test-userinfo-invalid-sub",
            "other-person",
            USERINFO,
            UserInfo(|claims| {
                claims["sub"] = json!("another");
            }),
        ),
        refused(
            "userinfo-without-sub",
            "city-answered-nonsense",
            USERINFO,
            UserInfo(|claims| {
                remove(claims, "sub");
            }),
        ),
        refused(
            "token-type-bearer-where-dpop-is-offered",
            "unbound",
            TOKEN,
            Tokens(|answer| {
                answer["token_type"] = json!("Bearer");
            }),
        ),
        refused(
            "provider-that-binds-no-tokens",
            "unbound",
            USERINFO,
            Discovery(|document| remove(document, "dpop_signing_alg_values_supported")),
        ),
        refused(
            "token-answer-without-access-token",
            "city-answered-nonsense",
            TOKEN,
            Tokens(|answer| {
                remove(answer, "access_token");
            }),
        ),
        refused("code-that-is-refused", "code-refused", TOKEN, Instead("token", Error("invalid_grant"))),
        refused(
            "request-that-is-refused",
            "provider-error",
            PUSHED,
            Instead("par", Error("invalid_request")),
        ),
        refused(
            "token-endpoint-in-trouble",
            "provider-error",
            TOKEN,
            Instead("token", Error("server_error")),
        ),
    ]
}

/// After the tokens were renewed, with an ID token.
const RENEWED: &[&str] = &["discovery", "par", "authorize", "token", "jwks", "userinfo", "token", "jwks"];

/// Sessions that end when they are renewed.
fn renewals() -> Vec<Case> {
    let ends = |name, change| Case {
        renewal: true,
        switches: vec![Switch::ShortLived, Switch::Renewed(change)],
        ..refused(name, "sign-in-required", RENEWED, Switch::ShortLived)
    };
    vec![
        ends("oidcc-client-test-refresh-token-invalid-issuer", |claims| {
            claims["iss"] = json!("https://other.example");
        }),
        ends("oidcc-client-test-refresh-token-invalid-sub", |claims| claims["sub"] = json!("another")),
        ends("refresh-token-for-another-app", |claims| claims["aud"] = json!("another-app")),
    ]
}

/// What stands between a phone and a provider.
fn networks() -> Vec<Case> {
    let nonsense = |name, asked, switch| refused(name, "city-answered-nonsense", asked, switch);
    let at = |name, asked, place, instead| nonsense(name, asked, Switch::Instead(place, instead));
    vec![
        at("captive-portal-at-discovery", DISCOVERY, "discovery", Portal),
        at("captive-portal-at-par", PUSHED, "par", Portal),
        at("captive-portal-at-the-token-endpoint", TOKEN, "token", Portal),
        at("captive-portal-at-the-keys", KEYS, "jwks", Portal),
        at("captive-portal-at-userinfo", USERINFO, "userinfo", Portal),
        at("redirect-at-discovery", DISCOVERY, "discovery", Elsewhere),
        at("redirect-at-the-token-endpoint", TOKEN, "token", Elsewhere),
        at("redirect-at-the-keys", KEYS, "jwks", Elsewhere),
        at("discovery-of-50-megabytes", DISCOVERY, "discovery", Endless),
        at("discovery-that-is-no-document", DISCOVERY, "discovery", Garbage),
        at("token-answer-of-50-megabytes", TOKEN, "token", Endless),
    ]
}

fn remove(value: &mut Value, member: &str) {
    value.as_object_mut().unwrap().remove(member).unwrap();
}

fn later(claims: &mut Value, name: &str, seconds: i64) {
    claims[name] = json!(claims[name].as_i64().unwrap() + seconds);
}

fn set(answer: &mut Answer, name: &str, value: &str) {
    answer.retain(|(key, _)| key != name);
    answer.push((name.to_owned(), value.to_owned()));
}

/// Turns a bit of the first byte of the signature.
fn spoil_signature(answer: &mut Value) {
    let token = answer["id_token"].as_str().unwrap();
    let (signed, signature) = token.rsplit_once('.').unwrap();
    let mut bytes = citizen_api::jose::decode(signature).unwrap();
    bytes[0] ^= 1;
    answer["id_token"] = json!(format!("{signed}.{}", encode(&bytes)));
}
