//! The first half of a login: the address that the person's browser opens.

use citizen_api::Language;
use citizen_api::identity::{CLIENT_ID, SCOPE};
use citizen_api::jose::encode;
use reqwest::Url;
use ring::digest::{SHA256, digest};
use zeroize::Zeroizing;

use super::provider::Provider;
use super::push::push;
use super::redirected::is_ours;
use crate::Error;
use crate::http::{BoundKey, Http, StepUp};
use crate::people::PersonId;
use crate::vault;

/// A login that has begun. It lives in memory only: what is not finished is begun again.
pub struct LoginAttempt {
    /// The address to open in the person's own browser, never in a view inside the app (RFC 8252 §8.12).
    pub url: Url,
    pub(super) provider: Provider,
    pub(super) redirect: String,
    pub(super) state: String,
    pub(super) nonce: String,
    pub(super) verifier: Zeroizing<String>,
    /// The key that the tokens will be bound to; none at a provider that binds none.
    pub(super) key: Option<BoundKey>,
    /// Under which name the platform keeps the key of whoever is expected to sign in.
    pub(crate) slot: PersonId,
    /// What the sign-in must be like.
    pub(super) step_up: StepUp,
}

impl std::fmt::Debug for LoginAttempt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LoginAttempt").finish_non_exhaustive()
    }
}

/// What a login is begun with.
pub(crate) struct Wish<'a> {
    /// Where the provider is.
    pub(crate) issuer: &'a Url,
    /// Where the browser comes back to.
    pub(crate) redirect: &'a str,
    /// The language of the provider's pages.
    pub(crate) language: Language,
    /// The key that the tokens shall be bound to.
    pub(crate) key: BoundKey,
    /// What the sign-in must be like.
    pub(crate) step_up: StepUp,
}

/// Finds the provider and begins a login. Where the provider takes requests beforehand (PAR, RFC 9126), the browser
/// is given a name for this one and nothing else.
pub(crate) async fn begin(http: &Http, wish: Wish<'_>) -> Result<LoginAttempt, Error> {
    if !is_ours(wish.redirect) {
        return Err(Error::internal("a login cannot end at that address"));
    }
    let provider = Provider::discover(http, wish.issuer).await?;
    let (state, nonce) = (random()?, random()?);
    let verifier = Zeroizing::new(random()?);
    let challenge = encode(digest(&SHA256, verifier.as_bytes()).as_ref());
    let (slot, key) = (wish.key.slot(), provider.binds_tokens().then_some(wish.key));
    let thumbprint = key.as_ref().map(BoundKey::thumbprint).transpose()?;
    let max_age = wish.step_up.max_age.map(|seconds| seconds.to_string());
    let asked: Vec<(&str, &str)> = [
        ("response_type", Some("code")),
        ("client_id", Some(CLIENT_ID)),
        ("redirect_uri", Some(wish.redirect)),
        ("scope", Some(SCOPE)),
        ("state", Some(state.as_str())),
        ("nonce", Some(nonce.as_str())),
        ("code_challenge", Some(challenge.as_str())),
        ("code_challenge_method", Some("S256")),
        ("dpop_jkt", thumbprint.as_deref()),
        ("max_age", max_age.as_deref()),
        ("acr_values", wish.step_up.acr_values.as_deref()),
        ("ui_locales", Some(locale(wish.language))),
    ]
    .into_iter()
    .filter_map(|(name, value)| Some((name, value?)))
    .collect();
    let mut url = provider.authorization_endpoint.clone();
    match push(http, &provider, key.as_ref(), &asked).await? {
        Some(name) => {
            url.query_pairs_mut().append_pair("client_id", CLIENT_ID).append_pair("request_uri", &name);
        }
        None => {
            url.query_pairs_mut().extend_pairs(&asked);
        }
    }
    let redirect = wish.redirect.to_owned();
    Ok(LoginAttempt { url, provider, redirect, state, nonce, verifier, key, slot, step_up: wish.step_up })
}

fn locale(language: Language) -> &'static str {
    match language {
        Language::Zh => "zh",
        Language::En => "en",
    }
}

/// 256 random bits as text: 43 characters, as RFC 7636 asks of a verifier at least.
fn random() -> Result<String, Error> {
    Ok(encode(vault::random::<32>()?.as_ref()))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use citizen_api::Language;
    use citizen_api::jose::encode;
    use reqwest::Url;
    use ring::digest::{SHA256, digest};

    use super::{Wish, begin};
    use crate::Error;
    use crate::http::test_server::{Answer, TestServer};
    use crate::http::{Http, StepUp};
    use crate::session::provider::tests::document;
    use crate::session::{LoginAttempt, SignInFault};
    use crate::testing::bound_key;

    const REDIRECT: &str = "http://127.0.0.1:4711/callback";

    async fn login(http: &Http, issuer: &Url) -> Result<LoginAttempt, Error> {
        let step_up = StepUp { max_age: Some(60), acr_values: None };
        let (key, language) = (bound_key(), Language::En);
        begin(http, Wish { issuer, redirect: REDIRECT, language, key, step_up }).await
    }

    fn query(url: &Url) -> BTreeMap<String, String> {
        url.query_pairs().into_owned().collect()
    }

    #[tokio::test]
    async fn each_login_has_secrets_of_its_own() {
        let server = TestServer::start_with(|origin| {
            let document = document(origin).to_string();
            vec![Answer::json(200, &document), Answer::json(200, &document)]
        })
        .await;
        let http = Http::ungated();
        let first = login(&http, &server.url("/")).await.unwrap();
        let second = login(&http, &server.url("/")).await.unwrap();
        let query = query(&first.url);
        assert_eq!(query["redirect_uri"], REDIRECT);
        assert_eq!(query["response_type"], "code");
        assert_eq!(query["ui_locales"], "en");
        assert_eq!(query["max_age"], "60");
        assert_eq!(query["code_challenge_method"], "S256");
        assert_eq!(query["code_challenge"], encode(digest(&SHA256, first.verifier.as_bytes()).as_ref()));
        assert_eq!(query["dpop_jkt"], first.key.as_ref().unwrap().thumbprint().unwrap());
        assert!(first.verifier.len() >= 43);
        assert_ne!(first.state, second.state);
        assert_ne!(first.nonce, second.nonce);
        assert_ne!(*first.verifier, *second.verifier);
        assert!(!first.url.as_str().contains(first.verifier.as_str()));
    }

    /// A login at a provider that takes requests beforehand and answers them so.
    async fn pushed(answer: Answer) -> (Result<LoginAttempt, Error>, Vec<String>) {
        let server = TestServer::start_with(|origin| {
            let mut document = document(origin);
            document["pushed_authorization_request_endpoint"] = format!("{origin}/par").into();
            document["require_pushed_authorization_requests"] = true.into();
            vec![Answer::json(200, &document.to_string()), answer]
        })
        .await;
        let begun = login(&Http::ungated(), &server.url("/")).await;
        (begun, server.requests())
    }

    #[tokio::test]
    async fn a_pushed_request_leaves_nothing_for_the_browser_but_its_name() {
        let (begun, requests) =
            pushed(Answer::json(201, r#"{"request_uri":"urn:x:1","expires_in":60}"#)).await;
        let begun = begun.unwrap();
        let query = query(&begun.url);
        assert_eq!(query.keys().collect::<Vec<_>>(), ["client_id", "request_uri"]);
        assert_eq!(query["request_uri"], "urn:x:1");
        assert!(requests[1].contains(&format!("state={}", begun.state)) && requests[1].contains("dpop: ey"));
        for refused in [
            Answer::json(400, r#"{"error":"invalid_request"}"#),
            Answer::json(201, r#"{"expires_in":60}"#),
            Answer::json(201, r#"{"request_uri":"","expires_in":60}"#),
        ] {
            let (begun, _) = pushed(refused).await;
            assert_eq!(begun.err(), Some(Error::SignInFailed { why: SignInFault::ProviderError }));
        }
    }
}
