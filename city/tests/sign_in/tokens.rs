use citizen_api::jose::{Compact, JwkSet};
use city::keys::verify;
use serde_json::{Value, json};

use crate::proof::PhoneKey;
use crate::walk::{CALLBACK, Town, VERIFIER, text};

#[tokio::test]
async fn a_person_signs_in_and_the_id_token_says_who() {
    let town = Town::open().await;
    let tokens = town.sign_in().await;
    let (_, jwks) = town.get("/jwks", "").await;
    let jwks: JwkSet = serde_json::from_value(jwks).unwrap();
    let id_token = Compact::parse(&text(&tokens, "id_token")).unwrap();
    verify(&id_token, "JWT", &jwks.keys[0]).unwrap();
    assert_eq!(id_token.header.kid, jwks.keys[0].kid);
    let claims: Value = id_token.claims().unwrap();
    assert_eq!(claims["iss"], town.city.base_url());
    assert_eq!(claims["aud"], "citizen-app");
    assert_eq!(claims["nonce"], "the nonce");
    let lifetime = claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap();
    assert_eq!(lifetime, 600);
    assert_eq!(claims["acr"], "urn:citizen:one-time-code");

    let access_token = text(&tokens, "access_token");
    let (_, me) = town.get("/v1/me", &access_token).await;
    assert_eq!((&me["name"], &me["subject"]), (&json!("王秀英"), &claims["sub"]));
    let (_, info) = town.get("/userinfo", &access_token).await;
    assert_eq!((&info["sub"], &info["birthdate"]), (&claims["sub"], &json!("1966-11-23")));
    let (_, described) = town.get("/.well-known/openid-configuration", "").await;
    assert_eq!(described["issuer"], claims["iss"]);
    assert_eq!(described["token_endpoint"], town.url("/token"));
}

#[tokio::test]
async fn a_code_wants_its_verifier_its_address_and_its_app() {
    let town = Town::open().await;
    let code = town.authorization_code().await;
    let grant = ("grant_type", "authorization_code");
    let other_verifier = VERIFIER.replace('a', "b");
    for (redirect_uri, verifier) in [
        (CALLBACK, other_verifier.as_str()),
        (CALLBACK, "short"),
        ("http://127.0.0.1:49153/callback", VERIFIER),
    ] {
        let form = [grant, ("code", &code), ("redirect_uri", redirect_uri), ("code_verifier", verifier)];
        let (status, error) = town.token(&form).await;
        assert_eq!((status, &error["error"]), (400, &json!("invalid_grant")), "{redirect_uri} {verifier}");
    }
    assert_eq!(town.token(&[grant, ("code", &code)]).await.1["error"], "invalid_request");
    assert_eq!(town.token(&[("grant_type", "password")]).await.1["error"], "unsupported_grant_type");
    assert_eq!(town.trade(&code).await.0, 200);
}

#[tokio::test]
async fn a_code_and_a_refresh_token_serve_one_key() {
    let town = Town::open().await;
    let (ours, other) = (PhoneKey::generate(), PhoneKey::generate());
    let code = town.authorization_code().await;
    let form = [
        ("grant_type", "authorization_code"),
        ("code", code.as_str()),
        ("redirect_uri", CALLBACK),
        ("code_verifier", VERIFIER),
    ];
    let (status, tokens) = town.token_with(&ours, &form).await;
    assert_eq!((status, &tokens["token_type"]), (200, &json!("DPoP")), "{tokens}");
    let refresh = text(&tokens, "refresh_token");
    let form = [("grant_type", "refresh_token"), ("refresh_token", refresh.as_str())];
    let (status, error) = town.token_with(&other, &form).await;
    assert_eq!((status, &error["error"]), (400, &json!("invalid_grant")), "{error}");
    assert_eq!(town.token_with(&ours, &form).await.0, 200, "a thief without the key cannot even spend it");
}

#[tokio::test]
async fn a_code_that_was_asked_for_with_a_key_is_traded_with_no_other() {
    let town = Town::open().await;
    let (ours, other) = (PhoneKey::generate(), PhoneKey::generate());
    let thumbprint = ours.thumbprint();
    let flow = town.authorize(&[("dpop_jkt", thumbprint.as_str())]).await.flow();
    let code = town.walk_on(&flow).await;
    let form = [
        ("grant_type", "authorization_code"),
        ("code", code.as_str()),
        ("redirect_uri", CALLBACK),
        ("code_verifier", VERIFIER),
    ];
    let (status, error) = town.token_with(&other, &form).await;
    assert_eq!((status, &error["error"]), (400, &json!("invalid_grant")));
    assert_eq!(town.token_with(&ours, &form).await.0, 200);
}

#[tokio::test]
async fn a_code_that_comes_again_ends_what_came_of_it() {
    let town = Town::open().await;
    let code = town.authorization_code().await;
    let (_, tokens) = town.trade(&code).await;
    assert_eq!(town.get("/v1/me", &text(&tokens, "access_token")).await.0, 200);
    let (status, error) = town.trade(&code).await;
    assert_eq!((status, &error["error"]), (400, &json!("invalid_grant")));
    assert_eq!(town.get("/v1/me", &text(&tokens, "access_token")).await.0, 401);
    assert_eq!(town.refresh(&text(&tokens, "refresh_token")).await.0, 400);
}

#[tokio::test]
async fn a_refresh_token_that_comes_again_after_its_successor_was_used_ends_the_session() {
    let town = Town::open().await;
    let first = text(&town.sign_in().await, "refresh_token");
    let second = text(&town.refresh(&first).await.1, "refresh_token");
    let third = town.refresh(&second).await.1;
    assert_eq!(town.get("/v1/me", &text(&third, "access_token")).await.0, 200);
    let (status, error) = town.refresh(&first).await;
    assert_eq!((status, &error["error"]), (400, &json!("invalid_grant")));
    assert_eq!(town.get("/v1/me", &text(&third, "access_token")).await.0, 401);
    assert_eq!(town.refresh(&text(&third, "refresh_token")).await.0, 400);
}

#[tokio::test]
async fn a_lost_answer_is_given_again_and_the_lost_token_betrays_its_thief() {
    let town = Town::open().await;
    let first = text(&town.sign_in().await, "refresh_token");
    let lost = text(&town.refresh(&first).await.1, "refresh_token");
    let (status, again) = town.refresh(&first).await;
    assert_eq!(status, 200, "{again}");
    assert_ne!(text(&again, "refresh_token"), lost);
    assert_eq!(town.refresh(&lost).await.0, 400);
    assert_eq!(town.refresh(&text(&again, "refresh_token")).await.0, 400, "the session has ended");
}

#[tokio::test]
async fn a_lost_answer_is_given_again_for_thirty_seconds_only() {
    let town = Town::open().await;
    let first = text(&town.sign_in().await, "refresh_token");
    town.refresh(&first).await;
    let sql = "UPDATE refresh_tokens SET rotated_at = rotated_at - 31 WHERE rotated_at > 0";
    town.city.store.write(|tx| tx.execute(sql, &[])).await.unwrap();
    assert_eq!(town.refresh(&first).await.0, 400);
}

#[tokio::test]
async fn signing_out_ends_every_token_of_the_session() {
    let town = Town::open().await;
    let tokens = town.sign_in().await;
    assert_eq!(town.revoke("nobody's").await, 200);
    assert_eq!(town.get("/v1/me", &text(&tokens, "access_token")).await.0, 200);
    assert_eq!(town.revoke(&text(&tokens, "refresh_token")).await, 200);
    assert_eq!(town.get("/v1/me", &text(&tokens, "access_token")).await.0, 401);
    assert_eq!(town.refresh(&text(&tokens, "refresh_token")).await.0, 400);
}

#[tokio::test]
async fn moving_the_civil_day_ends_no_session() {
    let town = Town::open().await;
    let tokens = town.sign_in().await;
    town.city.clock.set(&town.city.store, "2030-01-01".parse().unwrap()).await.unwrap();
    assert_eq!(town.get("/v1/me", &text(&tokens, "access_token")).await.0, 200);
    assert_eq!(town.refresh(&text(&tokens, "refresh_token")).await.0, 200);
}

#[tokio::test]
async fn a_device_is_named_by_its_key() {
    let town = Town::open().await;
    let access_token = text(&town.sign_in().await, "access_token");
    let device_id = town.key.thumbprint();
    let path = format!("/v1/devices/{device_id}");
    let body = |path: &str| {
        let proof = town.key.proof("PUT", &town.url(path), Some(&access_token), None);
        json!({ "name": "测试手机", "proof": proof })
    };
    let (status, device) = town.put(&path, &access_token, &body(&path)).await;
    assert_eq!(status, 200, "{device}");
    assert_eq!(device["device_id"], json!(device_id));
    let (_, again) = town.put(&path, &access_token, &body(&path)).await;
    assert_eq!(again, device);
    assert_eq!(town.get("/v1/devices", &access_token).await.1, json!([device]));
    let other = "/v1/devices/another";
    let (status, problem) = town.put(other, &access_token, &body(other)).await;
    assert_eq!((status, &problem["pointer"]), (422, &json!("/proof")));
}
