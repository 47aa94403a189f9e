//! The first half of a login: the address that the person's browser opens.

use citizen_api::Language;
use citizen_api::identity::{CLIENT_ID, SCOPE};
use citizen_api::jose::encode;
use reqwest::Url;
use ring::digest::{SHA256, digest};
use ring::rand::{SecureRandom, SystemRandom};
use zeroize::Zeroizing;

use super::provider::Provider;
use crate::Error;
use crate::http::Http;

/// A login that has begun. It lives in memory only: what is not finished is begun again.
pub struct LoginAttempt {
    /// The address to open in the person's own browser, never in a view inside the app (RFC 8252 §8.12).
    pub url: Url,
    pub(super) provider: Provider,
    pub(super) redirect: String,
    pub(super) state: String,
    pub(super) nonce: String,
    pub(super) verifier: Zeroizing<String>,
}

impl std::fmt::Debug for LoginAttempt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LoginAttempt").finish_non_exhaustive()
    }
}

/// Finds the provider at `issuer` and begins a login that ends at `redirect`.
pub(crate) async fn begin(
    http: &Http,
    issuer: &Url,
    redirect: &str,
    language: Language,
) -> Result<LoginAttempt, Error> {
    let provider = Provider::discover(http, issuer).await?;
    let (state, nonce) = (random()?, random()?);
    let verifier = Zeroizing::new(random()?);
    let challenge = encode(digest(&SHA256, verifier.as_bytes()).as_ref());
    let mut url = provider.authorization_endpoint.clone();
    url.query_pairs_mut()
        .append_pair("response_type", "code")
        .append_pair("client_id", CLIENT_ID)
        .append_pair("redirect_uri", redirect)
        .append_pair("scope", SCOPE)
        .append_pair("state", &state)
        .append_pair("nonce", &nonce)
        .append_pair("code_challenge", &challenge)
        .append_pair("code_challenge_method", "S256")
        .append_pair(
            "ui_locales",
            match language {
                Language::Zh => "zh",
                Language::En => "en",
            },
        );
    Ok(LoginAttempt { url, provider, redirect: redirect.to_owned(), state, nonce, verifier })
}

/// 256 random bits as text: 43 characters, as RFC 7636 asks of a verifier at least.
fn random() -> Result<String, Error> {
    let mut bytes = [0; 32];
    SystemRandom::new().fill(&mut bytes).map_err(|_| Error::Internal { reason: "no-randomness" })?;
    Ok(encode(&bytes))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use citizen_api::Language;
    use citizen_api::jose::encode;
    use ring::digest::{SHA256, digest};

    use super::begin;
    use crate::http::Http;
    use crate::http::test_server::{Answer, TestServer};
    use crate::session::provider::tests::document;

    #[tokio::test]
    async fn each_login_has_secrets_of_its_own() {
        let server = TestServer::start_with(|origin| {
            let document = document(origin).to_string();
            vec![Answer::json(200, &document), Answer::json(200, &document)]
        })
        .await;
        let http = Http::new().unwrap();
        let redirect = "http://127.0.0.1:4711/callback";
        let first = begin(&http, &server.url("/"), redirect, Language::En).await.unwrap();
        let second = begin(&http, &server.url("/"), redirect, Language::En).await.unwrap();
        let query: BTreeMap<String, String> = first.url.query_pairs().into_owned().collect();
        assert_eq!(query["redirect_uri"], redirect);
        assert_eq!(query["response_type"], "code");
        assert_eq!(query["ui_locales"], "en");
        assert_eq!(query["code_challenge_method"], "S256");
        assert_eq!(query["code_challenge"], encode(digest(&SHA256, first.verifier.as_bytes()).as_ref()));
        assert!(first.verifier.len() >= 43);
        assert_ne!(first.state, second.state);
        assert_ne!(first.nonce, second.nonce);
        assert_ne!(*first.verifier, *second.verifier);
        assert!(!first.url.as_str().contains(first.verifier.as_str()));
    }
}
