//! `POST /token`: tokens for a code, and new ones for old.

use axum::Form;
use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use citizen_api::identity::CLIENT_ID;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::tokens::{ACCESS_LIFETIME, Pair, Session, TokenError};
use super::{grant_code, grant_refresh};
use crate::clock::machine_now;
use crate::http::{City, Json};
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
    form: Result<Form<TokenRequest>, FormRejection>,
) -> Result<Response, OAuthError> {
    let Form(request) = form.map_err(|_| OAuthError::INVALID_REQUEST)?;
    if request.client_id.as_deref() != Some(CLIENT_ID) {
        return Err(OAuthError::INVALID_CLIENT);
    }
    let (session, pair, id_token) = match request.grant_type.as_deref() {
        Some("authorization_code") => {
            let (session, pair) = grant_code::grant(&city, request).await?;
            let id_token = id_token(&city, &session)?;
            (session, pair, Some(id_token))
        }
        Some("refresh_token") => {
            let (session, pair) = grant_refresh::grant(&city, request).await?;
            (session, pair, None)
        }
        Some(_) => return Err(OAuthError::UNSUPPORTED_GRANT_TYPE),
        None => return Err(OAuthError::INVALID_REQUEST),
    };
    Ok(uncached(Json(TokenResponse {
        access_token: pair.access_token,
        token_type: "Bearer",
        expires_in: ACCESS_LIFETIME,
        refresh_token: pair.refresh_token,
        scope: session.scope,
        id_token,
    })))
}

fn id_token(city: &City, session: &Session) -> Result<String, OAuthError> {
    let now = machine_now();
    let claims = IdTokenClaims {
        iss: city.base_url(),
        sub: &session.citizen_id,
        aud: CLIENT_ID,
        exp: now + ACCESS_LIFETIME,
        iat: now,
        auth_time: session.signed_in_at,
        nonce: &session.nonce,
    };
    city.keys.identity.sign("JWT", &claims).map_err(|error| TokenError::from(error).into())
}

fn uncached(answer: impl IntoResponse) -> Response {
    let mut response = answer.into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
