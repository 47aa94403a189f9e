//! What a provider may do: the person is signed in.

use serde_json::json;

use crate::case::{Case, signs_in};
use crate::hand::Hand;
use crate::switch::Switch::{
    Claims, Discovery, Header, InAYear, Keys, OldKeysOnce, ShortLived, Sign, Tokens, WantsNonce,
};

/// After the keys were asked for twice.
const ROTATED: &[&str] = &["discovery", "par", "authorize", "token", "jwks", "jwks", "userinfo"];

/// After the token endpoint was asked a second time, with its nonce.
const WITH_NONCE: &[&str] = &["discovery", "par", "authorize", "token", "token", "jwks", "userinfo"];

/// After the tokens were renewed, with an ID token.
const RENEWED: &[&str] = &["discovery", "par", "authorize", "token", "jwks", "userinfo", "token", "jwks"];

/// Without a pushed request.
const NOT_PUSHED: &[&str] = &["discovery", "authorize", "token", "jwks", "userinfo"];

pub(crate) fn cases() -> Vec<Case> {
    [protocol(), tokens()].into_iter().flatten().collect()
}

fn protocol() -> Vec<Case> {
    vec![
        signs_in("oidcc-client-test", vec![]),
        signs_in("fapi2-security-profile-final-client-test-happy-path-no-dpop-nonce", vec![]),
        Case {
            asked: WITH_NONCE,
            ..signs_in("fapi2-security-profile-final-client-test-happy-path", vec![WantsNonce])
        },
        signs_in("oidcc-client-test-discovery-openid-config", vec![]),
        signs_in("oidcc-client-test-discovery-jwks-uri-keys", vec![]),
        Case {
            asked: NOT_PUSHED,
            ..signs_in(
                "provider-that-takes-no-pushed-requests",
                vec![Discovery(|document| {
                    document.as_object_mut().unwrap().retain(|name, _| !name.contains("pushed"));
                })],
            )
        },
        Case { asked: ROTATED, ..signs_in("oidcc-client-test-signing-key-rotation", vec![OldKeysOnce]) },
        signs_in(
            "fapi2-security-profile-final-client-test-token-type-case-insensitivity",
            vec![Tokens(|answer| answer["token_type"] = json!("dPoP"))],
        ),
        signs_in(
            "fapi2-security-profile-final-client-test-token-endpoint-response-without-expires_in",
            vec![Tokens(|answer| drop(answer.as_object_mut().unwrap().remove("expires_in")))],
        ),
    ]
}

fn tokens() -> Vec<Case> {
    vec![
        signs_in(
            "oidcc-client-test-idtoken-sig-rs256",
            vec![
                Discovery(|document| document["id_token_signing_alg_values_supported"] = json!(["RS256"])),
                Sign(Hand::Rs256),
            ],
        ),
        signs_in("idtoken-sig-es256", vec![Sign(Hand::Es256)]),
        signs_in(
            "idtoken-sig-ps256",
            vec![
                Discovery(|document| {
                    document["id_token_signing_alg_values_supported"] = json!(["RS256", "PS256"]);
                }),
                Sign(Hand::Ps256),
            ],
        ),
        signs_in(
            "oidcc-client-test-kid-absent-single-jwks",
            vec![
                Header(|header| drop(header.as_object_mut().unwrap().remove("kid"))),
                Keys(|keys| keys["keys"].as_array_mut().unwrap().truncate(1)),
            ],
        ),
        signs_in(
            "fapi2-security-profile-final-client-test-valid-aud-as-array",
            vec![Claims(|claims| claims["aud"] = json!(["citizen-app"]))],
        ),
        signs_in("azp-names-the-app", vec![Claims(|claims| claims["azp"] = json!("citizen-app"))]),
        signs_in(
            "jwks-with-keys-of-kinds-that-nobody-knows",
            vec![Keys(|keys| {
                let odd = json!({ "kty": "OKP", "crv": "X448", "x": "AA", "kid": "odd" });
                keys["keys"].as_array_mut().unwrap().insert(0, odd);
            })],
        ),
        signs_in("clocks-that-differ-by-a-year", vec![InAYear]),
        Case { asked: RENEWED, ..signs_in("oidcc-client-test-refresh-token", vec![ShortLived]) },
        signs_in(
            "clocks-that-differ-by-a-minute",
            vec![Claims(|claims| {
                for name in ["iat", "exp"] {
                    claims[name] = json!(claims[name].as_i64().unwrap() + 60);
                }
            })],
        ),
    ]
}
