//! The phone at providers that others have made.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod browser;
mod front;
#[path = "../shared/hidden_city.rs"]
mod hidden_city;
mod provider;

use std::sync::Arc;

use citizen_api::Language;
use citizen_core::consent::Purpose;
use citizen_core::session::SessionStatus;
use citizen_core::vault::PinCost;
use citizen_core::{CitizenApp, Compartment, Config, Pin, Platform, SoftwareVault};
use front::Front;
use tempfile::TempDir;

/// Where the browser comes back to; the phone takes the address from the browser's hand.
const REDIRECT: &str = "http://127.0.0.1:49152/callback";

/// A phone.
struct Phone {
    app: CitizenApp,
    _folder: TempDir,
}

impl Phone {
    fn new(front: &Front) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let vault = Arc::new(SoftwareVault::open(folder.path().join("vault")).unwrap());
        let (data_dir, city) = (folder.path().join("data"), front.origin().parse().unwrap());
        let config = Config { data_dir, city, device_name: "test".to_owned() };
        let platform = Platform { pin_cost: PinCost::Least, ..Platform::new(vault.clone(), vault) };
        let app = CitizenApp::open(config, platform).unwrap();
        Purpose::ALL.into_iter().for_each(|purpose| app.give_consent(None, purpose).unwrap());
        Self { app, _folder: folder }
    }

    async fn sign_in(&self) -> Compartment {
        let attempt = self.app.begin_login(REDIRECT, Language::En).await.unwrap();
        let back = browser::open(&attempt.url, REDIRECT).await;
        self.app.complete_login(attempt, &back, &Pin::new("274916")).await.unwrap()
    }
}

/// oidc-provider: a login, renewals, new signing keys, a sign-out.
#[tokio::test(flavor = "multi_thread")]
async fn a_person_signs_in_at_a_certified_provider_and_stays_signed_in() {
    let front = Front::open().await;
    let phone = Phone::new(&front);
    let compartment = phone.sign_in().await;
    assert_eq!(front.count("POST /op/par"), 2, "once to be given a nonce");
    assert_eq!(front.count("POST /op/token"), 1, "the nonce is remembered");
    assert!(compartment.insurance().refresh().await.is_ok());

    for renewals in 1..=3 {
        front.end_access_tokens().await;
        assert!(compartment.insurance().refresh().await.is_ok(), "renewal {renewals}");
        assert_eq!(front.renewed(), renewals, "each with the token of the one before");
    }

    front.rotate_keys().await;
    let second = Phone::new(&front);
    assert!(second.sign_in().await.insurance().refresh().await.is_ok(), "signed with a key that is new");
    front.end_access_tokens().await;
    compartment.insurance().refresh().await.expect("and the first phone goes on");

    let session = compartment.session();
    let end = session.sign_out().await.unwrap().expect("the provider has a session of the browser");
    assert_eq!(front.count("POST /op/revocation"), 1);
    assert_eq!(session.status(), Ok(SessionStatus::SignedOut));
    assert!(end.as_str().starts_with(&format!("{}/op/end?client_id=", front.origin())), "{end}");
    assert_eq!(browser::status(&end).await, 200);
}

/// That the provider wants what it was set to want, so that the login above shows what it says.
#[tokio::test(flavor = "multi_thread")]
async fn the_provider_takes_nothing_less() {
    let front = Front::open().await;
    let described = front.described().await;
    assert_eq!(described["require_pushed_authorization_requests"], true);
    assert_eq!(described["code_challenge_methods_supported"], serde_json::json!(["S256"]));
    let form = "client_id=citizen-app&response_type=code&scope=openid&redirect_uri=http%3A%2F%2F127.0.0.1%2Fcallback";
    assert_eq!(
        front.post("/op/par", form).await["error_description"],
        "Authorization Server policy requires PKCE to be used for this request"
    );
    let form = "client_id=citizen-app&grant_type=refresh_token&refresh_token=x";
    assert_eq!(front.post("/op/token", form).await["error"], "invalid_grant");
}
