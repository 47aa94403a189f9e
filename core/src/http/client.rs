//! One client for all requests: sends one, reads the whole answer within bounds, says what went wrong.

use std::error::Error as _;
use std::io::ErrorKind;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use jiff::Timestamp;
use reqwest::header::{CONTENT_TYPE, HeaderMap, RETRY_AFTER};
use reqwest::{Method, RequestBuilder, Response, StatusCode, Url};
use serde::de::DeserializeOwned;

use super::clients::{Clients, TrustedRoots};
use super::clock::Clock;
use super::proof::{self, BoundKey, Credentials, Nonces};
use super::{Gate, classify};
use crate::Error;

/// The largest answer that is read. The whole catalogue of a city with 2,000 services fits many times.
const MAX_BODY: usize = 32 * 1024 * 1024;

/// The largest document that a login reads. A provider with fifty keys needs a tenth of it.
const MAX_DOCUMENT: usize = 256 * 1024;

/// The app's one HTTP client. Cheap to clone: the connections are shared.
#[derive(Clone)]
pub(crate) struct Http {
    clients: Arc<RwLock<Arc<Clients>>>,
    gate: Gate,
    clock: Arc<Clock>,
    nonces: Arc<Nonces>,
}

/// An answer, read whole.
pub(crate) struct Reply {
    /// The status.
    pub(crate) status: StatusCode,
    /// The headers.
    pub(crate) headers: HeaderMap,
    /// The body.
    pub(crate) body: Bytes,
}

impl Http {
    /// A client for requests that have to pass a gate. It trusts these certificates; without any, those that the
    /// operating system names.
    pub(crate) fn through(gate: Gate, roots: Option<Arc<dyn TrustedRoots>>) -> Self {
        let clients = Arc::new(RwLock::new(Arc::new(Clients::trusting(roots))));
        Self { clients, gate, clock: Arc::default(), nonces: Arc::default() }
    }

    /// The same, with nothing in the way.
    #[cfg(test)]
    pub(crate) fn ungated() -> Self {
        Self::through(Gate::new(true), None)
    }

    /// The same client with connections of its own.
    pub(crate) fn apart(&self) -> Self {
        Self { clients: Arc::default(), ..self.clone() }
    }

    /// Ends every connection that nothing is under way on, and with each what stands in its buffers.
    pub(crate) fn hang_up(&self) {
        let mut clients = self.clients.write().unwrap_or_else(PoisonError::into_inner);
        *clients = Arc::new(clients.fresh());
    }

    fn clients(&self) -> Arc<Clients> {
        Arc::clone(&self.clients.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Begins a request.
    pub(crate) fn request(&self, method: Method, url: Url) -> Result<RequestBuilder, Error> {
        Ok(self.clients().client()?.request(method, url))
    }

    /// Begins a request whose body takes its time. The read timeout would count from the first byte sent, and no large
    /// file would ever arrive on a slow network; whoever sends one watches that it moves.
    pub(crate) fn upload(&self, method: Method, url: Url) -> Result<RequestBuilder, Error> {
        Ok(self.clients().uploads()?.request(method, url))
    }

    /// Now, by this device's clock as the servers correct it.
    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Sends a request and gives the answer only if the city meant it as one.
    pub(crate) async fn send(&self, request: RequestBuilder) -> Result<Reply, Error> {
        let reply = self.exchange(request).await?;
        classify(&reply)?;
        Ok(reply)
    }

    /// Sends a request and gives whatever answer came: for protocols with errors of their own.
    pub(crate) async fn exchange(&self, request: RequestBuilder) -> Result<Reply, Error> {
        let response = self.respond(request).await?;
        read_whole(response, MAX_BODY).await
    }

    /// Reads one of the small documents that a login goes by.
    pub(crate) async fn document<T: DeserializeOwned>(&self, request: RequestBuilder) -> Result<T, Error> {
        let response = self.respond(request).await?;
        let reply = read_whole(response, MAX_DOCUMENT).await?;
        classify(&reply)?;
        reply.json()
    }

    /// Sends a request in somebody's name and gives whatever answer came. It is made anew, and sent once more, where
    /// the server wants its nonce in the proof.
    pub(crate) async fn exchange_as(
        &self,
        credentials: &Credentials<'_>,
        build: impl Fn(&Self) -> Result<RequestBuilder, Error>,
    ) -> Result<Reply, Error> {
        // What is sent without a token asks for tokens, which are a small document.
        let limit = if credentials.token.is_some() { MAX_BODY } else { MAX_DOCUMENT };
        let reply = read_whole(self.respond_as(credentials, build(self)?).await?, limit).await?;
        if credentials.key.is_none() || !proof::wants_nonce(&reply) {
            return Ok(reply);
        }
        read_whole(self.respond_as(credentials, build(self)?).await?, limit).await
    }

    /// The same, and gives the answer only if the city meant it as one.
    pub(crate) async fn send_as(
        &self,
        credentials: &Credentials<'_>,
        build: impl Fn(&Self) -> Result<RequestBuilder, Error>,
    ) -> Result<Reply, Error> {
        let reply = self.exchange_as(credentials, build).await?;
        classify(&reply)?;
        Ok(reply)
    }

    /// Sends one request with its proof.
    pub(super) async fn respond_as(
        &self,
        credentials: &Credentials<'_>,
        request: RequestBuilder,
    ) -> Result<Response, Error> {
        let (client, request) = request.build_split();
        let mut request = request.map_err(network_error)?;
        credentials.sign(&mut request, &self.nonces, self.now())?;
        let place = credentials.place(request.url());
        let response = self.respond(RequestBuilder::from_parts(client, request)).await?;
        self.nonces.learn(place, response.headers());
        Ok(response)
    }

    /// A proof by one more key of a request that goes in somebody's name, made as the one that goes with it is.
    pub(crate) fn proof_by(
        &self,
        key: &BoundKey,
        credentials: &Credentials<'_>,
        method: &Method,
        url: &Url,
    ) -> Result<String, Error> {
        credentials.proof_by(key, method, url, &self.nonces, self.now())
    }

    /// Sends a request; the answer's body is still to be read.
    pub(super) async fn respond(&self, request: RequestBuilder) -> Result<Response, Error> {
        self.gate.pass()?;
        let response = request.send().await.map_err(network_error)?;
        self.clock.learn(response.headers());
        Ok(response)
    }
}

/// Reads an answer to its end, or says that it has none.
async fn read_whole(mut response: Response, limit: usize) -> Result<Reply, Error> {
    let (status, headers) = (response.status(), response.headers().clone());
    let mut body = BytesMut::new();
    while let Some(chunk) = response.chunk().await.map_err(network_error)? {
        if body.len() + chunk.len() > limit {
            tracing::debug!(status = status.as_u16(), "an answer was larger than any answer can be");
            return Err(Error::CityAnsweredNonsense);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Reply { status, headers, body: body.freeze() })
}

impl Reply {
    /// Reads the body as JSON of one type.
    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T, Error> {
        serde_json::from_slice(&self.body).map_err(|error| {
            // The error's own text can quote the body, so only its place is told.
            tracing::debug!(line = error.line(), column = error.column(), "an answer could not be read");
            Error::CityAnsweredNonsense
        })
    }

    /// Reads the body as text.
    pub(crate) fn text(&self) -> Result<&str, Error> {
        std::str::from_utf8(&self.body).map_err(|_| Error::CityAnsweredNonsense)
    }

    /// The media type, in lower case and without parameters; empty where none was named.
    pub(crate) fn media_type(&self) -> String {
        let named = self.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        named.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
    }

    /// How long the city asked to wait. Its other form, a date, is read by a clock that may be wrong, so
    /// it counts as not said.
    pub(crate) fn retry_after(&self) -> Option<Duration> {
        let value = self.headers.get(RETRY_AFTER)?.to_str().ok()?;
        value.trim().parse().ok().map(Duration::from_secs)
    }
}

/// What a failure of the network means. The request's address can carry a person's case, so it is taken
/// out of what is logged.
pub(super) fn network_error(error: reqwest::Error) -> Error {
    let error = error.without_url();
    tracing::debug!(
        timeout = error.is_timeout(),
        connect = error.is_connect(),
        "a request got no whole answer"
    );
    let mut cause = error.source();
    while let Some(inner) = cause {
        if let Some(io) = inner.downcast_ref::<std::io::Error>()
            && matches!(io.kind(), ErrorKind::NetworkUnreachable | ErrorKind::NetworkDown)
        {
            return Error::Offline;
        }
        cause = inner.source();
    }
    Error::CityUnreachable
}

#[cfg(test)]
mod tests {
    use super::{Http, MAX_BODY};
    use crate::Error;
    use crate::http::test_server::{Answer, TestServer};

    async fn get(answer: Answer) -> Result<super::Reply, Error> {
        let server = TestServer::start(vec![answer]).await;
        let http = Http::ungated();
        http.send(http.request(reqwest::Method::GET, server.url("/v1/thing"))?).await
    }

    #[tokio::test]
    async fn an_answer_arrives_whole() {
        let reply = get(Answer::json(200, r#"{"version":7}"#)).await.unwrap();
        assert_eq!(reply.json::<serde_json::Value>().unwrap()["version"], 7);
    }

    #[tokio::test]
    async fn a_captive_portal_is_nonsense() {
        let portal = Answer::new(200, "text/html; charset=utf-8", "<html>Please sign in to the Wi-Fi</html>");
        assert_eq!(get(portal).await.err(), Some(Error::CityAnsweredNonsense));
    }

    #[tokio::test]
    async fn a_gateway_page_means_the_city_is_busy() {
        let page = Answer::new(502, "text/html", "<h1>Bad gateway</h1>");
        assert_eq!(get(page).await.err(), Some(Error::CityBusy { retry_after: None }));
    }

    #[tokio::test]
    async fn a_wait_that_the_city_asks_for_is_kept() {
        let busy = Answer::json(503, "{}").header("Retry-After", "17");
        let seconds = std::time::Duration::from_secs(17);
        assert_eq!(get(busy).await.err(), Some(Error::CityBusy { retry_after: Some(seconds) }));
    }

    #[tokio::test]
    async fn a_redirect_is_not_followed() {
        let away = Answer::new(302, "", "").header("Location", "http://127.0.0.1:9/elsewhere");
        assert_eq!(get(away).await.err(), Some(Error::CityAnsweredNonsense));
    }

    #[tokio::test]
    async fn no_answer_at_all_means_the_city_is_not_reached() {
        assert_eq!(get(Answer::silence()).await.err(), Some(Error::CityUnreachable));
        assert_eq!(get(Answer::cut_short(500, "{\"half\":")).await.err(), Some(Error::CityUnreachable));
    }

    #[tokio::test]
    async fn an_answer_without_end_is_refused() {
        let endless = Answer::new(200, "application/json", &" ".repeat(MAX_BODY + 1));
        assert_eq!(get(endless).await.err(), Some(Error::CityAnsweredNonsense));
    }

    #[tokio::test]
    async fn nobody_listening_means_the_city_is_not_reached() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap()).parse().unwrap();
        drop(listener);
        let http = Http::ungated();
        let failed = http.send(http.request(reqwest::Method::GET, url).unwrap()).await;
        assert_eq!(failed.err(), Some(Error::CityUnreachable));
    }
}
