//! What sends requests: made for the first of them, and anew after hanging up.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use reqwest::{Certificate, Client, ClientBuilder};

use crate::Error;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const READ_TIMEOUT: Duration = Duration::from_secs(30);

/// The certificates that a platform trusts to speak for servers. A shell gives them where the operating system tells
/// nobody but an app's own code: on Android. They are asked for with the first request, on any thread.
pub trait TrustedRoots: Send + Sync {
    /// Each in DER.
    fn certificates(&self) -> Vec<Vec<u8>>;
}

/// Each is made for its first request: it reads every certificate that is trusted, and an app that is opened without a
/// network needs none.
#[derive(Default)]
pub(super) struct Clients {
    roots: Option<Arc<dyn TrustedRoots>>,
    client: OnceLock<Client>,
    uploads: OnceLock<Client>,
}

impl Clients {
    /// Clients that trust these certificates; without any, those that the operating system names.
    pub(super) fn trusting(roots: Option<Arc<dyn TrustedRoots>>) -> Self {
        Self { roots, ..Self::default() }
    }

    /// The same without a connection.
    pub(super) fn fresh(&self) -> Self {
        Self::trusting(self.roots.clone())
    }

    /// For requests that are answered at once.
    pub(super) fn client(&self) -> Result<&Client, Error> {
        self.made(&self.client, |builder| builder.read_timeout(READ_TIMEOUT))
    }

    /// For bodies that take their time.
    pub(super) fn uploads(&self) -> Result<&Client, Error> {
        self.made(&self.uploads, |builder| builder)
    }

    fn made<'a>(
        &self,
        place: &'a OnceLock<Client>,
        finish: fn(ClientBuilder) -> ClientBuilder,
    ) -> Result<&'a Client, Error> {
        match place.get() {
            Some(client) => Ok(client),
            None => finish(self.trusted()?)
                .build()
                .map(|client| place.get_or_init(|| client))
                .map_err(|error| unusable(&error)),
        }
    }

    fn trusted(&self) -> Result<ClientBuilder, Error> {
        // A second app in the same process finds the provider installed, which is just as well.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let builder = Client::builder()
            .connect_timeout(CONNECT_TIMEOUT)
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .user_agent(concat!("citizen-core/", env!("CARGO_PKG_VERSION")));
        let Some(roots) = &self.roots else { return Ok(builder) };
        let certificates: Result<Vec<Certificate>, _> =
            roots.certificates().iter().map(|certificate| Certificate::from_der(certificate)).collect();
        Ok(builder.tls_certs_only(certificates.map_err(|error| unusable(&error))?))
    }
}

fn unusable(error: &reqwest::Error) -> Error {
    tracing::debug!(%error, "the HTTP client could not be built");
    Error::Internal { reason: "http-client" }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use reqwest::Method;

    use super::TrustedRoots;
    use crate::Error;
    use crate::http::test_server::TestServer;
    use crate::http::{Gate, Http};

    // Each was made for a hundred years by OpenSSL: `req -x509`, for the name that its file has, on P-256, and for no
    // authority. The stranger's is for `localhost` too.
    const LOCALHOST: Server =
        (include_bytes!("certificates/localhost.der"), include_bytes!("certificates/localhost.key"));
    const ELSEWHERE: Server =
        (include_bytes!("certificates/elsewhere.der"), include_bytes!("certificates/elsewhere.key"));
    const STRANGER: &[u8] = include_bytes!("certificates/stranger.der");

    /// A certificate and its key.
    type Server = (&'static [u8], &'static [u8]);

    struct Only(Vec<Vec<u8>>);

    impl TrustedRoots for Only {
        fn certificates(&self) -> Vec<Vec<u8>> {
            self.0.clone()
        }
    }

    /// Asks a server at `localhost`, where one certificate is trusted.
    async fn ask((certificate, key): Server, trusted: &[u8]) -> Result<String, Error> {
        let server = TestServer::start_tls(certificate.to_vec(), key.to_vec()).await;
        let http = Http::through(Gate::new(true), Some(Arc::new(Only(vec![trusted.to_vec()]))));
        let reply = http.send(http.request(Method::GET, server.url("/v1/thing"))?).await?;
        reply.text().map(str::to_owned)
    }

    #[tokio::test]
    async fn only_a_server_with_a_trusted_certificate_for_its_name_is_spoken_to() {
        assert_eq!(ask(LOCALHOST, LOCALHOST.0).await.unwrap(), "{}");
        assert_eq!(ask(LOCALHOST, STRANGER).await, Err(Error::CityUnreachable));
        assert_eq!(ask(ELSEWHERE, ELSEWHERE.0).await, Err(Error::CityUnreachable));
    }

    #[tokio::test]
    async fn a_platform_that_trusts_nobody_is_told_apart_from_a_network_that_fails() {
        let http = Http::through(Gate::new(true), Some(Arc::new(Only(vec![b"no certificate".to_vec()]))));
        let asked = http.request(Method::GET, "https://localhost/".parse().unwrap());
        assert_eq!(asked.err(), Some(Error::Internal { reason: "http-client" }));
    }
}
