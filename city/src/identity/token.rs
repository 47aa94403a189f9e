//! `POST /token`: tokens for a code, and new ones for old.

use axum::Form;
use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use citizen_api::identity::CLIENT_ID;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::tokens::{ACCESS_LIFETIME, Pair, Session, TokenError};
use super::{grant_code, grant_refresh};
use crate::clock::machine_now;
use crate::http::dpop::{self, DPOP_NONCE, Fault};
use crate::http::{City, Json, prove};
use crate::keys;
use crate::store::StoreError;

/// What the app sends. Which of the fields matter depends on `grant_type`.
#[derive(Deserialize, ToSchema)]
pub(super) struct TokenRequest {
    pub(super) grant_type: Option<String>,
    pub(super) client_id: Option<String>,
    pub(super) code: Option<String>,
    pub(super) redirect_uri: Option<String>,
    pub(super) code_verifier: Option<String>,
    pub(super) refresh_token: Option<String>,
}

/// What the app gets.
#[derive(Serialize, ToSchema)]
pub(super) struct TokenResponse {
    access_token: String,
    token_type: &'static str,
    expires_in: i64,
    refresh_token: String,
    scope: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    id_token: Option<String>,
}

/// An error as OAuth 2.0 names it (RFC 6749, 5.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub(super) struct OAuthError {
    error: &'static str,
    #[serde(skip)]
    status: u16,
}

impl OAuthError {
    pub(super) const INVALID_REQUEST: Self = Self { error: "invalid_request", status: 400 };
    pub(super) const INVALID_CLIENT: Self = Self { error: "invalid_client", status: 401 };
    pub(super) const INVALID_GRANT: Self = Self { error: "invalid_grant", status: 400 };
    const INVALID_PROOF: Self = Self { error: "invalid_dpop_proof", status: 400 };
    const USE_NONCE: Self = Self { error: "use_dpop_nonce", status: 400 };
    /// A request for a sign-in that is not right, by its name in the specifications.
    pub(super) const fn of_request(error: &'static str) -> Self {
        Self { error, status: 400 }
    }

    const UNSUPPORTED_GRANT_TYPE: Self = Self { error: "unsupported_grant_type", status: 400 };
    const SERVER_ERROR: Self = Self { error: "server_error", status: 500 };
}

impl From<TokenError> for OAuthError {
    fn from(error: TokenError) -> Self {
        tracing::error!(%error, "tokens could not be made");
        Self::SERVER_ERROR
    }
}

impl From<StoreError> for OAuthError {
    fn from(error: StoreError) -> Self {
        TokenError::from(error).into()
    }
}

impl IntoResponse for OAuthError {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        uncached((status, Json(self)))
    }
}

/// How people sign in here, by its name for applications: an ID number, and a code that was sent to the person.
pub(super) const ACR: &str = "urn:citizen:one-time-code";

/// What a grant came to. A refusal may have had an effect, such as ending a session, which must be kept:
/// so it is not an error of the transaction.
pub(super) type Granted = Result<(Session, Pair), OAuthError>;

/// Claims of an ID token (OpenID Connect Core, 2).
#[derive(Serialize)]
struct IdTokenClaims<'a> {
    iss: &'a str,
    sub: &'a str,
    aud: &'a str,
    exp: i64,
    iat: i64,
    auth_time: i64,
    nonce: &'a str,
    at_hash: String,
    acr: &'a str,
}

/// Gives tokens for a code or for a refresh token.
#[utoipa::path(
    post,
    path = "/token",
    tag = "identity",
    request_body(content = TokenRequest, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200, body = TokenResponse), (status = 400, body = OAuthError))
)]
pub(super) async fn token(
    State(city): State<City>,
    headers: HeaderMap,
    form: Result<Form<TokenRequest>, FormRejection>,
) -> Result<Response, Unproved> {
    let Form(request) = form.map_err(|_| OAuthError::INVALID_REQUEST)?;
    if request.client_id.as_deref() != Some(CLIENT_ID) {
        return Err(OAuthError::INVALID_CLIENT.into());
    }
    let jkt = proved_key(&city, &headers, "/token").await?;
    let (session, pair, id_token) = match request.grant_type.as_deref() {
        Some("authorization_code") => {
            let (session, pair) = grant_code::grant(&city, request, jkt).await?;
            let id_token = id_token(&city, &session, &pair)?;
            (session, pair, Some(id_token))
        }
        Some("refresh_token") => {
            let (session, pair) = grant_refresh::grant(&city, request, jkt).await?;
            (session, pair, None)
        }
        Some(_) => return Err(OAuthError::UNSUPPORTED_GRANT_TYPE.into()),
        None => return Err(OAuthError::INVALID_REQUEST.into()),
    };
    Ok(uncached(Json(TokenResponse {
        access_token: pair.access_token,
        token_type: "DPoP",
        expires_in: ACCESS_LIFETIME,
        refresh_token: pair.refresh_token,
        scope: session.scope,
        id_token,
    })))
}

fn id_token(city: &City, session: &Session, pair: &Pair) -> Result<String, OAuthError> {
    let now = machine_now();
    let claims = IdTokenClaims {
        iss: city.base_url(),
        sub: &session.citizen_id,
        aud: CLIENT_ID,
        exp: now + ACCESS_LIFETIME,
        iat: now,
        auth_time: session.signed_in_at,
        nonce: &session.nonce,
        at_hash: keys::half_sha256(pair.access_token.as_bytes()),
        acr: ACR,
    };
    city.keys.identity.sign("JWT", &claims).map_err(|error| TokenError::from(error).into())
}

/// A refusal, with a nonce where that is what is wanted.
pub(super) enum Unproved {
    Refused(OAuthError),
    Nonce(String),
}

impl<E: Into<OAuthError>> From<E> for Unproved {
    fn from(error: E) -> Self {
        Self::Refused(error.into())
    }
}

impl IntoResponse for Unproved {
    fn into_response(self) -> Response {
        match self {
            Self::Refused(error) => error.into_response(),
            Self::Nonce(nonce) => {
                let mut response = OAuthError::USE_NONCE.into_response();
                let value = HeaderValue::from_str(&nonce).ok();
                response
                    .headers_mut()
                    .extend(value.map(|value| (HeaderName::from_static(DPOP_NONCE), value)));
                response
            }
        }
    }
}

/// The thumbprint of the key that a request to one of the provider's own addresses is proved with.
pub(super) async fn proved_key(city: &City, headers: &HeaderMap, path: &str) -> Result<String, Unproved> {
    prove(city, dpop::only(headers), &Method::POST, path, None).await.map(|proof| proof.jkt).map_err(
        |fault| match fault {
            Fault::Invalid => OAuthError::INVALID_PROOF.into(),
            Fault::Stale => Unproved::Nonce(city.keys.nonces.give(machine_now())),
            Fault::Unjudged => OAuthError::SERVER_ERROR.into(),
        },
    )
}

fn uncached(answer: impl IntoResponse) -> Response {
    let mut response = answer.into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
