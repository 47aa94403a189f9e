//! Proofs that are not right for a request that asks for tokens.

use citizen_tests::security;
use serde_json::{Value, json};

use crate::proof::{PhoneKey, claims};
use crate::town::{Headers, Reply, Town};

/// Asks for tokens with a code that nobody has: a right proof gets as far as the code.
async fn ask(town: &Town, path: &str, headers: &Headers) -> Reply {
    let form = "client_id=citizen-app&grant_type=authorization_code&code=x&code_verifier=y\
                &redirect_uri=http%3A%2F%2F127.0.0.1%3A1%2Fcallback";
    town.send("POST", path, headers, Some(&Value::from(form))).await
}

fn proof(key: &PhoneKey, claims: &Value) -> Headers {
    vec![("DPoP", key.document(&key.header(), claims))]
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_are_given_for_a_fresh_proof_only() {
    let town = Town::open();
    let key = PhoneKey::generate();
    let mut rows = Vec::new();
    for path in ["/token", "/par"] {
        let right = |nonce: Option<&str>| claims("POST", &town.at(path), None, nonce);
        let first = ask(&town, path, &proof(&key, &right(None))).await;
        let nonce = first.nonce.clone().expect("a nonce");
        let fresh = right(Some(&nonce));
        let taken = ask(&town, path, &proof(&key, &fresh)).await;
        let beyond = if path == "/token" { "invalid_grant" } else { "invalid_request" };
        assert_eq!(
            (taken.status, taken.error().as_str()),
            (400, beyond),
            "a right proof is taken: {taken:?}"
        );
        let changed = |name: &str, value: Value| {
            let mut claims = right(Some(&nonce));
            claims[name] = value;
            proof(&key, &claims)
        };
        for (name, reply, error) in [
            ("no-nonce", first, "use_dpop_nonce"),
            ("no-proof", ask(&town, path, &Vec::new()).await, "invalid_dpop_proof"),
            ("proof-that-was-used", ask(&town, path, &proof(&key, &fresh)).await, "invalid_dpop_proof"),
            (
                "htm-of-another-method",
                ask(&town, path, &changed("htm", json!("GET"))).await,
                "invalid_dpop_proof",
            ),
            (
                "htu-of-another-address",
                ask(&town, path, &changed("htu", json!(town.at("/revoke")))).await,
                "invalid_dpop_proof",
            ),
            (
                "nonce-that-the-city-never-gave",
                ask(&town, path, &changed("nonce", json!("made-up"))).await,
                "use_dpop_nonce",
            ),
        ] {
            assert_eq!((reply.status, reply.error().as_str()), (400, error), "{path} {name}: {reply:?}");
            rows.push([format!("`POST {path}` `{name}`"), "400".to_owned(), format!("`{error}`")]);
        }
    }
    security::compare("token-proofs", &["Request", "Status", "Error"], &rows);
}
