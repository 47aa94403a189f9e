//! The catalogue over the wire.

use citizen_api::catalogue::CatalogueDelta;

use crate::support::{Town, request};

#[tokio::test]
async fn the_whole_catalogue_needs_no_login_and_travels_small() {
    let town = Town::open().await;
    let plain = town.send(&request("GET", "/v1/catalogue", &[])).await;
    let delta: CatalogueDelta = serde_json::from_slice(&plain.body).unwrap();
    assert!(delta.changed.iter().any(|service| service.service_id.as_str() == "medical-reimbursement"));
    let packed = town.send(&request("GET", "/v1/catalogue", &[("Accept-Encoding", "gzip")])).await;
    assert_eq!(packed.header("content-encoding"), Some("gzip"));
    assert!(packed.body.len() * 2 < plain.body.len());
}

#[tokio::test]
async fn a_phone_that_is_up_to_date_gets_next_to_nothing() {
    let town = Town::open().await;
    let whole = town.send(&request("GET", "/v1/catalogue", &[])).await;
    let version = serde_json::from_slice::<CatalogueDelta>(&whole.body).unwrap().version;
    let since = town.send(&request("GET", &format!("/v1/catalogue?after={version}"), &[])).await;
    let delta: CatalogueDelta = serde_json::from_slice(&since.body).unwrap();
    assert_eq!((delta.changed.len(), delta.withdrawn.len(), delta.version), (0, 0, version));
    let tag = whole.header("etag").unwrap();
    let held = town.send(&request("GET", "/v1/catalogue", &[("If-None-Match", tag)])).await;
    assert_eq!((held.status, held.body.len()), (304, 0));
    let nonsense = town.send(&request("GET", "/v1/catalogue?after=-1", &[])).await;
    assert_eq!(nonsense.status, 400);
}
