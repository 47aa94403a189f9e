//! Requests that come before their browser.

use serde_json::{Value, json};

use crate::proof::PhoneKey;
use crate::walk::{CALLBACK, Town, encoded, request, text};

/// Pushes a request with a key, as an app does.
async fn push(town: &Town, key: &PhoneKey, changed: &[(&str, &str)]) -> (u16, Value) {
    let form = request(changed);
    let (_, nonce) = town.prove_and_post("/par", key, None, &form).await;
    town.prove_and_post("/par", key, nonce.as_deref(), &form).await.0
}

fn query(request_uri: &str, changed: &[(&str, &str)]) -> String {
    let mut asked = vec![("client_id", "citizen-app"), ("request_uri", request_uri)];
    asked.retain(|(name, _)| !changed.iter().any(|(other, _)| other == name));
    asked.extend(changed);
    encoded(&asked)
}

#[tokio::test]
async fn a_pushed_request_is_opened_by_its_name_and_bound_to_its_key() {
    let town = Town::open().await;
    let (ours, other) = (PhoneKey::generate(), PhoneKey::generate());
    let (status, pushed) = push(&town, &ours, &[]).await;
    assert_eq!(status, 201, "{pushed}");
    let name = text(&pushed, "request_uri");
    // What the browser says beside the name is nobody's word.
    let shown = town.open_page(&query(&name, &[("redirect_uri", "http://127.0.0.1:1/callback")])).await;
    let flow = shown.flow();
    let code = town.walk_on(&flow).await;
    let form = [
        ("grant_type", "authorization_code"),
        ("code", code.as_str()),
        ("redirect_uri", CALLBACK),
        ("code_verifier", crate::walk::VERIFIER),
    ];
    assert_eq!(town.token_with(&other, &form).await.1["error"], "invalid_grant");
    assert_eq!(town.token_with(&ours, &form).await.0, 200);
}

#[tokio::test]
async fn a_request_that_is_not_right_is_not_taken() {
    let town = Town::open().await;
    let (key, other) = (PhoneKey::generate(), PhoneKey::generate());
    let thumbprint = other.thumbprint();
    for (changed, error) in [
        (("client_id", "another-app"), "invalid_request"),
        (("redirect_uri", "https://evil.example/callback"), "invalid_request"),
        (("code_challenge_method", "plain"), "invalid_request"),
        (("scope", "profile"), "invalid_scope"),
        (("request_uri", "urn:ietf:params:oauth:request_uri:x"), "invalid_request"),
        (("dpop_jkt", thumbprint.as_str()), "invalid_request"),
    ] {
        let form = request(&[changed]);
        let (mut answer, nonce) = town.prove_and_post("/par", &key, None, &form).await;
        if nonce.is_some() {
            answer = town.prove_and_post("/par", &key, nonce.as_deref(), &form).await.0;
        }
        assert_eq!((answer.0, &answer.1["error"]), (400, &json!(error)), "{changed:?}");
    }
}

#[tokio::test]
async fn a_name_that_nobody_was_given_or_that_is_too_old_opens_nothing() {
    let town = Town::open().await;
    let (_, pushed) = push(&town, &PhoneKey::generate(), &[]).await;
    let name = text(&pushed, "request_uri");
    for query in [
        query(&name, &[("client_id", "another-app")]),
        query("urn:ietf:params:oauth:request_uri:unknown", &[]),
        query("https://elsewhere.example/request", &[]),
    ] {
        let shown = town.open_page(&query).await;
        assert_eq!((shown.status.as_u16(), shown.location), (400, None), "{query}");
    }
    let sql = "UPDATE pushed_requests SET expires_at = 0";
    town.city.store.write(|tx| tx.execute(sql, &[])).await.unwrap();
    assert_eq!(town.open_page(&query(&name, &[])).await.status.as_u16(), 400);
}
