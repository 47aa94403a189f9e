//! One address for two: the provider that others have made, and the reference city, which takes the tokens that this
//! provider gives. What a real city would learn by asking the provider, it learns here from the answer on its way.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, header};
use axum::response::Response;
use axum::routing::any;
use citizen_api::identity::CLIENT_ID;
use citizen_api::jose::{Jwk, decode};
use city::http::{City, Server};
use city::keys::sha256;
use city::store::Tx;
use reqwest::{Client, redirect};
use serde_json::Value;
use tempfile::TempDir;

use crate::hidden_city::HiddenCity;
use crate::provider::Provider;

/// More bytes than any request or answer of a provider has.
const MOST: usize = 1024 * 1024;

/// The two behind their one address.
pub(crate) struct Front {
    at: Arc<At>,
    _kept: (Server, TempDir),
}

struct At {
    origin: String,
    city: City,
    citizen_id: String,
    provider: Provider,
    client: Client,
    /// Method and path of each request that the provider had and did not send back for a nonce, in order; renewals as
    /// `renewed` beside it.
    asked: Mutex<Vec<String>>,
}

impl Front {
    pub(crate) async fn open() -> Self {
        drop(rustls::crypto::ring::default_provider().install_default());
        let HiddenCity { listener, origin, city, citizen_id, kept } = HiddenCity::open().await;
        let provider = Provider::start(&origin, &citizen_id);
        let client = Client::builder().redirect(redirect::Policy::none()).build().unwrap();
        let asked = Mutex::default();
        let at = Arc::new(At { origin, city: city.clone(), citizen_id, provider, client, asked });
        let router = Router::new()
            .route("/.well-known/openid-configuration", any(pass_on))
            .route("/op/{*rest}", any(pass_on))
            .with_state(Arc::clone(&at))
            .fallback_service(city::http::router(city));
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { at, _kept: kept }
    }

    /// The one address.
    pub(crate) fn origin(&self) -> &str {
        &self.at.origin
    }

    /// How often the provider was asked that.
    pub(crate) fn count(&self, what: &str) -> usize {
        self.at.asked.lock().unwrap().iter().filter(|asked| *asked == what).count()
    }

    /// How often tokens were renewed.
    pub(crate) fn renewed(&self) -> usize {
        self.count("renewed")
    }

    /// Has the city take none of the access tokens any more, as when their time is over.
    pub(crate) async fn end_access_tokens(&self) {
        self.at.city.store.write(|tx| tx.execute("DELETE FROM access_tokens", &[])).await.unwrap();
    }

    /// Gives the provider new signing keys.
    pub(crate) async fn rotate_keys(&self) {
        let url = format!("http://127.0.0.1:{}/rotate", self.at.provider.port);
        assert_eq!(self.at.client.post(url).send().await.unwrap().status(), 204);
    }

    /// What the provider says of itself.
    pub(crate) async fn described(&self) -> Value {
        let url = format!("{}/.well-known/openid-configuration", self.at.origin);
        self.at.client.get(url).send().await.unwrap().json().await.unwrap()
    }

    /// Posts a form to the provider, without a proof; gives its answer.
    pub(crate) async fn post(&self, path: &str, form: &'static str) -> Value {
        let request = self.at.client.post(format!("{}{path}", self.at.origin)).body(form);
        let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        request.send().await.unwrap().json().await.unwrap()
    }
}

/// Passes a request on to the provider as it came.
async fn pass_on(State(at): State<Arc<At>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, MOST).await.unwrap();
    let path = parts.uri.path_and_query().unwrap().as_str();
    let url = format!("http://127.0.0.1:{}{path}", at.provider.port);
    // The `Host` is passed on as well: the provider has to know itself by the one address.
    let sent = at.client.request(parts.method.clone(), url).headers(parts.headers.clone()).body(body.clone());
    let answer = sent.send().await.unwrap();
    let (status, headers, bytes) = (answer.status(), answer.headers().clone(), answer.bytes().await.unwrap());
    at.asked.lock().unwrap().push(format!("{} {}", parts.method, parts.uri.path()));
    if parts.uri.path() == "/op/token" && status.is_success() {
        at.learn(&parts.headers, &body, &bytes).await;
    }
    let mut response = Response::new(Body::from(bytes));
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response.headers_mut().remove(header::TRANSFER_ENCODING);
    response
}

impl At {
    /// The city learns of a token that the provider gave, and of the key that it is bound to.
    async fn learn(&self, headers: &HeaderMap, form: &Bytes, answer: &Bytes) {
        if form.windows(24).any(|part| part == b"grant_type=refresh_token") {
            self.asked.lock().unwrap().push("renewed".to_owned());
        }
        let answer: Value = serde_json::from_slice(answer).unwrap();
        assert_eq!(answer["token_type"], "DPoP");
        let proof = headers["dpop"].to_str().unwrap();
        let header: Value =
            serde_json::from_slice(&decode(proof.split('.').next().unwrap()).unwrap()).unwrap();
        let key: Jwk = serde_json::from_value(header["jwk"].clone()).unwrap();
        let jkt = sha256(key.thumbprint_input().as_bytes());
        let access = answer["access_token"].as_str().unwrap().to_owned();
        let (citizen_id, now) = (self.citizen_id.clone(), jiff::Timestamp::now().as_second());
        let work = move |tx: &mut dyn Tx| {
            tx.execute(
                "INSERT INTO sessions (session_id, citizen_id, client_id, scope, nonce, signed_in_at, jkt)
                 VALUES ($1, $2, $3, '', '', $4, $5)",
                &[access.as_str().into(), citizen_id.into(), CLIENT_ID.into(), now.into(), jkt.into()],
            )?;
            tx.execute(
                "INSERT INTO access_tokens (token_sha256, session_id, expires_at) VALUES ($1, $2, $3)",
                &[sha256(access.as_bytes()).into(), access.as_str().into(), (now + 600).into()],
            )
        };
        self.city.store.write(work).await.unwrap();
    }
}
