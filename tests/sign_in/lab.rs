//! A provider with a switch for each misbehaviour, in front of a real city that takes the tokens it gives.
//!
//! With every switch off it is a provider as it should be. The city behind it is the reference city: it verifies each
//! request as ever, for the tokens that the provider tells it of.

use std::sync::{Arc, Mutex};

use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Form, Json, Router};
use citizen_api::identity::CLIENT_ID;
use citizen_api::jose::{Jwk, decode, encode};
use city::http::{City, Server};
use city::keys::sha256;
use city::store::Tx;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::hand::{Hand, Keys};
use crate::hidden_city::HiddenCity;
use crate::switch::{Answer, Instead, Switch};

/// What the browser brings back as code.
const CODE: &str = "the-code";

/// What tokens are renewed with.
const REFRESH: &str = "the-refresh-token";

/// The provider and its city.
pub(crate) struct Lab {
    at: At,
    _kept: (Server, TempDir),
}

/// What every handler is given.
#[derive(Clone)]
struct At(Arc<Inner>);

struct Inner {
    origin: String,
    city: City,
    citizen_id: String,
    keys: Keys,
    switches: Mutex<Vec<Switch>>,
    asked: Mutex<Vec<&'static str>>,
    pushed: Mutex<Answer>,
}

impl Lab {
    pub(crate) async fn open() -> Self {
        let HiddenCity { listener, origin, city, citizen_id, kept } = HiddenCity::open().await;
        let (keys, switches) = (Keys::new(), Mutex::default());
        let (asked, pushed) = (Mutex::default(), Mutex::default());
        let inner = Inner { origin, city: city.clone(), citizen_id, keys, switches, asked, pushed };
        let at = At(Arc::new(inner));
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(discovery))
            .route("/par", post(push))
            .route("/authorize", get(authorize))
            .route("/token", post(token))
            .route("/jwks", get(jwks))
            .route("/userinfo", get(userinfo))
            .layer(from_fn_with_state(at.clone(), say_the_time))
            .with_state(at.clone())
            .fallback_service(city::http::router(city));
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { at, _kept: kept }
    }

    /// The provider's address, which is the city's as well.
    pub(crate) fn origin(&self) -> &str {
        &self.at.0.origin
    }

    /// Sets the switches, and forgets what was asked.
    pub(crate) fn set(&self, switches: Vec<Switch>) {
        *self.at.0.switches.lock().unwrap() = switches;
        self.at.0.asked.lock().unwrap().clear();
    }

    /// Has the city take none of the access tokens any more, as when their time is over.
    pub(crate) async fn end_access_tokens(&self) {
        self.at.0.city.store.write(|tx| tx.execute("DELETE FROM access_tokens", &[])).await.unwrap();
    }

    /// The provider's addresses that were asked since, in order.
    pub(crate) fn asked(&self) -> Vec<&'static str> {
        self.at.0.asked.lock().unwrap().clone()
    }
}

impl At {
    /// Notes that an address was asked; what answers in its place, where something does.
    fn note(&self, address: &'static str) -> Option<Instead> {
        self.0.asked.lock().unwrap().push(address);
        self.switches().into_iter().find_map(|switch| match switch {
            Switch::Instead(at, instead) if at == address => Some(instead),
            _ => None,
        })
    }

    fn switches(&self) -> Vec<Switch> {
        self.0.switches.lock().unwrap().clone()
    }

    fn times(&self, address: &str) -> usize {
        self.0.asked.lock().unwrap().iter().filter(|asked| **asked == address).count()
    }
}

/// Says what time it is, by the provider's clock.
async fn say_the_time(State(at): State<At>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let date = at.now().strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
    response.headers_mut().insert(header::DATE, date.parse().unwrap());
    response
}

async fn discovery(State(at): State<At>) -> Response {
    if let Some(instead) = at.note("discovery") {
        return instead.into_response();
    }
    let origin = &at.0.origin;
    let mut document = json!({
        "issuer": origin,
        "authorization_endpoint": format!("{origin}/authorize"),
        "token_endpoint": format!("{origin}/token"),
        "userinfo_endpoint": format!("{origin}/userinfo"),
        "jwks_uri": format!("{origin}/jwks"),
        "pushed_authorization_request_endpoint": format!("{origin}/par"),
        "require_pushed_authorization_requests": true,
        "id_token_signing_alg_values_supported": ["ES256", "PS256", "RS256"],
        "code_challenge_methods_supported": ["S256"],
        "dpop_signing_alg_values_supported": ["ES256"],
        "authorization_response_iss_parameter_supported": true,
    });
    for switch in at.switches() {
        if let Switch::Discovery(change) = switch {
            change(&mut document);
        }
    }
    Json(document).into_response()
}

async fn push(State(at): State<At>, Form(asked): Form<Answer>) -> Response {
    if let Some(instead) = at.note("par") {
        return instead.into_response();
    }
    *at.0.pushed.lock().unwrap() = asked;
    (StatusCode::CREATED, Json(json!({ "request_uri": "urn:pushed", "expires_in": 60 }))).into_response()
}

/// Signs whoever comes in at once.
async fn authorize(State(at): State<At>, Query(query): Query<Answer>) -> Response {
    if let Some(instead) = at.note("authorize") {
        return instead.into_response();
    }
    if query.iter().any(|(name, _)| name == "state") {
        *at.0.pushed.lock().unwrap() = query;
    } else {
        let named = [("client_id", CLIENT_ID), ("request_uri", "urn:pushed")];
        assert_eq!(query, named.map(|(name, value)| (name.to_owned(), value.to_owned())));
    }
    let mut answer: Answer = [("code", CODE), ("state", &at.asked_for("state")), ("iss", &at.0.origin)]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .into();
    let mut redirect = at.asked_for("redirect_uri");
    for switch in at.switches() {
        match switch {
            Switch::Redirect(change) => change(&mut answer),
            Switch::RedirectTo(change) => redirect = change(&redirect),
            _ => {}
        }
    }
    let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(answer).finish();
    (StatusCode::SEE_OTHER, [(header::LOCATION, format!("{redirect}?{query}"))]).into_response()
}

async fn token(State(at): State<At>, headers: HeaderMap, Form(form): Form<Answer>) -> Response {
    if let Some(instead) = at.note("token") {
        return instead.into_response();
    }
    let value = |name: &str| form.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let renewal = value("grant_type") == Some("refresh_token");
    if renewal {
        assert_eq!(value("refresh_token"), Some(REFRESH));
    } else {
        assert_eq!(value("code"), Some(CODE));
        assert_eq!(sha256(value("code_verifier").unwrap().as_bytes()), at.asked_for("code_challenge"));
    }
    let Some(proof) = headers.get("dpop").map(|proof| proof.to_str().unwrap()) else {
        let access = "of-nobody";
        return Json(json!({ "access_token": access, "token_type": "Bearer",
                            "id_token": at.id_token(access, renewal) }))
        .into_response();
    };
    let wants_nonce = at.switches().iter().any(|switch| matches!(switch, Switch::WantsNonce));
    if wants_nonce && part(proof, 1)["nonce"] != "the-nonce" {
        let error = Json(json!({ "error": "use_dpop_nonce" }));
        return (StatusCode::BAD_REQUEST, [("DPoP-Nonce", "the-nonce")], error).into_response();
    }
    let key: Jwk = serde_json::from_value(part(proof, 0)["jwk"].clone()).unwrap();
    let jkt = sha256(key.thumbprint_input().as_bytes());
    assert_eq!(jkt, at.asked_for("dpop_jkt"));
    let access = uuid::Uuid::now_v7().to_string();
    at.tell_the_city(access.clone(), jkt).await;
    let short = !renewal && at.switches().iter().any(|switch| matches!(switch, Switch::ShortLived));
    let lifetime = if short { 0 } else { 600 };
    let mut answer = json!({ "access_token": access, "token_type": "DPoP", "expires_in": lifetime,
                             "refresh_token": REFRESH, "id_token": at.id_token(&access, renewal) });
    for switch in at.switches() {
        if let Switch::Tokens(change) = switch {
            change(&mut answer);
        }
    }
    Json(answer).into_response()
}

async fn jwks(State(at): State<At>) -> Response {
    if let Some(instead) = at.note("jwks") {
        return instead.into_response();
    }
    let old = at.switches().iter().any(|switch| matches!(switch, Switch::OldKeysOnce));
    let mut keys = if old && at.times("jwks") == 1 { at.0.keys.old() } else { at.0.keys.published() };
    for switch in at.switches() {
        if let Switch::Keys(change) = switch {
            change(&mut keys);
        }
    }
    Json(keys).into_response()
}

async fn userinfo(State(at): State<At>, headers: HeaderMap) -> Response {
    if let Some(instead) = at.note("userinfo") {
        return instead.into_response();
    }
    let authorization = headers[header::AUTHORIZATION].to_str().unwrap();
    assert_eq!(authorization.starts_with("DPoP "), headers.contains_key("dpop"));
    let mut claims = json!({ "sub": at.0.citizen_id });
    for switch in at.switches() {
        if let Switch::UserInfo(change) = switch {
            change(&mut claims);
        }
    }
    Json(claims).into_response()
}

impl At {
    /// A parameter of the request that was pushed last.
    fn asked_for(&self, name: &str) -> String {
        let pushed = self.0.pushed.lock().unwrap();
        pushed.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone()).unwrap()
    }

    /// Now, by the provider's clock.
    fn now(&self) -> Timestamp {
        let year = self.switches().iter().any(|switch| matches!(switch, Switch::InAYear));
        Timestamp::now() + SignedDuration::from_hours(if year { 365 * 24 } else { 0 })
    }

    fn id_token(&self, access: &str, renewal: bool) -> String {
        let now = self.now().as_second();
        let digest = decode(&sha256(access.as_bytes())).unwrap();
        let mut claims = json!({
            "iss": self.0.origin, "sub": self.0.citizen_id, "aud": CLIENT_ID, "exp": now + 300, "iat": now,
            "nonce": self.asked_for("nonce"), "at_hash": encode(&digest[..16]),
        });
        let signing = |switch: &Switch| if let Switch::Sign(hand) = switch { Some(*hand) } else { None };
        let hand = self.switches().iter().find_map(signing).unwrap_or(Hand::Es256);
        let mut header = Keys::header(hand);
        for switch in self.switches() {
            match switch {
                Switch::Claims(change) => change(&mut claims),
                Switch::Renewed(change) if renewal => change(&mut claims),
                Switch::Header(change) => change(&mut header),
                _ => {}
            }
        }
        if header.get("jwk").is_some_and(|jwk| jwk == "the stranger's") {
            header["jwk"] = self.0.keys.stranger();
        }
        self.0.keys.sign(hand, &header, &claims)
    }

    /// The city learns of the token as it would by asking the provider.
    async fn tell_the_city(&self, access: String, jkt: String) {
        let (citizen_id, now) = (self.0.citizen_id.clone(), Timestamp::now().as_second());
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
        self.0.city.store.write(work).await.unwrap();
    }
}

/// A part of a compact document.
fn part(document: &str, index: usize) -> Value {
    serde_json::from_slice(&decode(document.split('.').nth(index).unwrap()).unwrap()).unwrap()
}
