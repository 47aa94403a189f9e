//! A device is registered by whoever holds its key: a proof by that key of the very request, or nothing is registered.

use citizen_tests::security;
use serde_json::{Value, json};

use crate::proof::PhoneKey;
use crate::proofs::{Scene, about_the_proof};
use crate::town::{Headers, Reply, Town};

/// Registers the device that the scene's path names, with that proof by its key beside the right one by the key that the
/// token is bound to.
async fn register(scene: &Scene<'_>, proof: Option<&str>) -> Reply {
    let body = match proof {
        Some(proof) => json!({ "name": "test", "proof": proof }),
        None => json!({ "name": "test" }),
    };
    put(scene, &scene.person.credentials(scene.town, "PUT", &scene.path), &body).await
}

async fn put(scene: &Scene<'_>, headers: &Headers, body: &Value) -> Reply {
    scene.town.send("PUT", &scene.path, headers, Some(body)).await
}

fn proofs(headers: &Headers) -> Vec<&str> {
    headers.iter().filter(|(name, _)| *name == "DPoP").map(|(_, proof)| proof.as_str()).collect()
}

fn scene<'a>(
    town: &'a Town,
    person: &'a crate::town::Person,
    key: &'a PhoneKey,
    other: &'a PhoneKey,
) -> Scene<'a> {
    let path = format!("/v1/devices/{}", key.thumbprint());
    Scene { town, person, key, other, method: "PUT", path }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_device_is_registered_by_whoever_holds_its_key() {
    let town = Town::open();
    let (person, key, other) = (town.stranger(), PhoneKey::generate(), PhoneKey::generate());
    let scene = scene(&town, &person, &key, &other);
    let devices = || {
        let of = format!("SELECT count(*) || '' FROM devices WHERE citizen_id = '{}'", person.citizen_id);
        town.text(&of)
    };
    let mut rows = Vec::new();
    let mut refused = |name: &str, reply: &Reply, status: u16, error: &str| {
        let problem: Value = serde_json::from_str(&reply.text).unwrap_or_default();
        let named =
            if status == 401 { reply.error() } else { problem["type"].as_str().unwrap_or_default().into() };
        assert_eq!((reply.status, named.as_str()), (status, error), "{name}: {reply:?}");
        assert_eq!(devices(), "0", "{name}");
        rows.push([format!("`{name}`"), status.to_string(), format!("`{error}`")]);
    };
    for case in about_the_proof().filter(|case| case.name != "jti-that-was-used") {
        let headers = (case.headers)(&scene);
        let reply = match proofs(&headers).as_slice() {
            [] => register(&scene, None).await,
            [proof] => register(&scene, Some(proof)).await,
            _ => continue,
        };
        let (status, error) = match (case.name, case.error) {
            ("no-proof", _) => (400, "malformed-request"),
            (_, "use_dpop_nonce") => (401, "use_dpop_nonce"),
            _ => (422, "invalid-signature"),
        };
        refused(case.name, &reply, status, error);
    }
    let by = |key: &PhoneKey, token: &str| key.proof("PUT", &town.at(&scene.path), Some(token), None);
    // Who knows a key's public half, and who has seen it prove something for its owner.
    for (name, proof) in [
        ("proof-by-the-key-of-the-token", by(&person.key, &person.token)),
        ("proof-by-a-third-key", by(&other, &person.token)),
        ("proof-for-the-token-of-another-person", by(&key, &town.owner().token)),
    ] {
        refused(name, &register(&scene, Some(&proof)).await, 422, "invalid-signature");
    }
    let headers = person.credentials(&town, "PUT", &scene.path);
    let twice = json!({ "name": "test", "proof": proofs(&headers)[0] });
    refused("the-same-proof-in-both-places", &put(&scene, &headers, &twice).await, 422, "invalid-signature");

    let proof = by(&key, &person.token);
    assert_eq!(register(&scene, Some(&proof)).await.status, 200);
    assert_eq!(devices(), "1");
    town.store().execute("DELETE FROM devices WHERE citizen_id = ?1", [&person.citizen_id]).unwrap();
    refused("jti-that-was-used", &register(&scene, Some(&proof)).await, 422, "invalid-signature");
    security::compare("registrations", &["Registration", "Status", "Error"], &rows);
}
