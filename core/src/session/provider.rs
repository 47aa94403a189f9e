//! Discovery: what an identity provider says of itself (OpenID Connect Discovery 1.0, RFC 8414).

use citizen_api::jose::ES256;
use reqwest::{Method, Url};
use serde::{Deserialize, Serialize};

use super::keys::{Algorithm, PublicKeys};
use super::{SignInFault, id_token};
use crate::Error;
use crate::http::Http;

/// An identity provider, as its own document describes it.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Provider {
    pub(super) issuer: String,
    pub(super) authorization_endpoint: Url,
    pub(super) token_endpoint: Url,
    jwks_uri: Url,
    #[serde(default)]
    pub(super) userinfo_endpoint: Option<Url>,
    #[serde(default)]
    pub(super) revocation_endpoint: Option<Url>,
    #[serde(default)]
    pub(super) end_session_endpoint: Option<Url>,
    #[serde(default)]
    pub(super) pushed_authorization_request_endpoint: Option<Url>,
    #[serde(default)]
    require_pushed_authorization_requests: bool,
    #[serde(default)]
    dpop_signing_alg_values_supported: Vec<String>,
    id_token_signing_alg_values_supported: Vec<String>,
    #[serde(default)]
    code_challenge_methods_supported: Option<Vec<String>>,
    #[serde(default)]
    pub(super) authorization_response_iss_parameter_supported: bool,
}

/// Who signs ID tokens.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Signer {
    pub(super) issuer: String,
    jwks_uri: Url,
    pub(super) algorithm: Algorithm,
}

impl Signer {
    /// Fetches the keys that may have signed a token. Where the token names one that is not among them, the provider
    /// may have changed its keys while this set was on its way; once more is enough to find out.
    pub(super) async fn keys_for(&self, http: &Http, token: &str) -> Result<PublicKeys, Error> {
        let keys = self.keys(http).await?;
        match id_token::names_one_of(token, &keys) {
            true => Ok(keys),
            false => self.keys(http).await,
        }
    }

    async fn keys(&self, http: &Http) -> Result<PublicKeys, Error> {
        http.document(http.request(Method::GET, self.jwks_uri.clone())?).await
    }
}

impl Provider {
    /// Fetches the document of the provider at `address` and checks that it speaks for itself: its issuer
    /// must equal the address it was found at, and every address in it must be safe to send secrets to.
    pub(super) async fn discover(http: &Http, address: &Url) -> Result<Self, Error> {
        let issuer = address.as_str().trim_end_matches('/');
        let document = format!("{issuer}/.well-known/openid-configuration");
        let document =
            document.parse().map_err(|_| Error::SignInFailed { why: SignInFault::ProviderDocument })?;
        if !is_safe(address) {
            return Err(Error::SignInFailed { why: SignInFault::ProviderDocument });
        }
        let provider: Self = http.document(http.request(Method::GET, document)?).await?;
        if ![issuer, address.as_str()].contains(&provider.issuer.as_str()) {
            return Err(Error::SignInFailed { why: SignInFault::OtherProvider });
        }
        let pushes = provider.pushed_authorization_request_endpoint.is_some();
        if !provider.addresses().all(is_safe)
            || !provider.offers_s256()
            || provider.signer().is_none()
            || provider.require_pushed_authorization_requests && !pushes
        {
            return Err(Error::SignInFailed { why: SignInFault::ProviderDocument });
        }
        Ok(provider)
    }

    /// Who signs its ID tokens, and how; none where it can only sign in ways that are not verified here.
    pub(super) fn signer(&self) -> Option<Signer> {
        let algorithm = Algorithm::best_of(&self.id_token_signing_alg_values_supported)?;
        Some(Signer { issuer: self.issuer.clone(), jwks_uri: self.jwks_uri.clone(), algorithm })
    }

    fn addresses(&self) -> impl Iterator<Item = &Url> {
        [&self.authorization_endpoint, &self.token_endpoint, &self.jwks_uri]
            .into_iter()
            .chain(&self.userinfo_endpoint)
            .chain(&self.revocation_endpoint)
            .chain(&self.end_session_endpoint)
            .chain(&self.pushed_authorization_request_endpoint)
    }

    /// Whether it binds tokens to keys of the kind that this phone has (RFC 9449).
    pub(super) fn binds_tokens(&self) -> bool {
        self.dpop_signing_alg_values_supported.iter().any(|algorithm| algorithm == ES256)
    }

    /// A provider that lists its methods must list S256; one that lists none is asked for it all the same,
    /// as RFC 8414 leaves the list out freely.
    fn offers_s256(&self) -> bool {
        let methods = self.code_challenge_methods_supported.as_ref();
        methods.is_none_or(|methods| methods.iter().any(|method| method == "S256"))
    }
}

/// Whether secrets may travel there: over TLS, or within this machine.
fn is_safe(url: &Url) -> bool {
    match (url.scheme(), url.host()) {
        ("https", Some(_)) => true,
        ("http", Some(url::Host::Ipv4(address))) => address.is_loopback(),
        ("http", Some(url::Host::Ipv6(address))) => address.is_loopback(),
        ("http", Some(url::Host::Domain(name))) => name == "localhost",
        _ => false,
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::Provider;
    use crate::Error;
    use crate::http::Http;
    use crate::http::test_server::{Answer, TestServer};
    use crate::session::SignInFault;
    use crate::session::keys::Algorithm;

    /// The document of a provider at `origin`.
    pub(crate) fn document(origin: &str) -> serde_json::Value {
        serde_json::json!({
            "issuer": origin,
            "authorization_endpoint": format!("{origin}/authorize"),
            "token_endpoint": format!("{origin}/token"),
            "userinfo_endpoint": format!("{origin}/userinfo"),
            "jwks_uri": format!("{origin}/jwks"),
            "id_token_signing_alg_values_supported": ["ES256", "EdDSA"],
            "code_challenge_methods_supported": ["S256"],
            "authorization_response_iss_parameter_supported": true,
            "dpop_signing_alg_values_supported": ["RS256", "ES256"],
        })
    }

    async fn discover(change: impl FnOnce(&mut serde_json::Value)) -> Result<Provider, Error> {
        let server = TestServer::start_with(|origin| {
            let mut document = document(origin);
            change(&mut document);
            vec![Answer::json(200, &document.to_string())]
        })
        .await;
        Provider::discover(&Http::ungated(), &server.url("/")).await
    }

    #[tokio::test]
    async fn a_provider_is_what_it_says_of_itself() {
        let provider = discover(|_| {}).await.unwrap();
        assert!(provider.authorization_endpoint.path() == "/authorize");
        assert_eq!(provider.signer().unwrap().algorithm, Algorithm::Es256);
    }

    #[tokio::test]
    async fn a_provider_signs_with_the_best_that_it_lists_and_with_nothing_else() {
        for (listed, best) in [
            (&["RS256", "PS256", "ES256"][..], Algorithm::Es256),
            (&["RS256", "HS256", "PS256"], Algorithm::Ps256),
            (&["RS256", "none"], Algorithm::Rs256),
        ] {
            let provider = discover(|document| {
                document["id_token_signing_alg_values_supported"] = listed.into();
            })
            .await;
            assert_eq!(provider.unwrap().signer().unwrap().algorithm, best);
        }
        let failed = discover(|document| {
            document["id_token_signing_alg_values_supported"] = ["none", "HS256", "EdDSA"].into();
        })
        .await;
        assert_eq!(failed.err(), Some(Error::SignInFailed { why: SignInFault::ProviderDocument }));
    }

    #[tokio::test]
    async fn a_document_of_another_issuer_is_refused() {
        for change in [
            |_: String| "https://elsewhere.example".to_owned(),
            |origin: String| format!("{origin}//"),
            |origin: String| format!("{origin}/city"),
        ] {
            let failed = discover(|document| {
                let origin = document["issuer"].as_str().unwrap().to_owned();
                document["issuer"] = change(origin).into();
            })
            .await;
            assert_eq!(failed.err(), Some(Error::SignInFailed { why: SignInFault::OtherProvider }));
        }
    }

    #[tokio::test]
    async fn addresses_without_tls_are_refused() {
        for member in ["authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri"] {
            let failed = discover(|document| document[member] = "http://city.example/x".into()).await;
            assert_eq!(
                failed.err(),
                Some(Error::SignInFailed { why: SignInFault::ProviderDocument }),
                "{member}"
            );
        }
    }

    #[tokio::test]
    async fn a_provider_that_only_takes_plain_challenges_is_refused() {
        let failed =
            discover(|document| document["code_challenge_methods_supported"] = ["plain"].into()).await;
        assert_eq!(failed.err(), Some(Error::SignInFailed { why: SignInFault::ProviderDocument }));
    }

    #[tokio::test]
    async fn a_city_over_plain_http_is_not_even_asked() {
        let url = "http://city.example/".parse().unwrap();
        let failed = Provider::discover(&Http::ungated(), &url).await;
        assert_eq!(failed.err(), Some(Error::SignInFailed { why: SignInFault::ProviderDocument }));
    }
}
