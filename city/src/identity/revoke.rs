//! `POST /revoke`: signing out (RFC 7009).

use axum::Form;
use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::http::StatusCode;
use citizen_api::identity::CLIENT_ID;
use serde::Deserialize;
use utoipa::ToSchema;

use super::token::OAuthError;
use super::tokens;
use crate::http::City;
use crate::keys;
use crate::store::{StoreError, Tx};

/// The token that shall be worth nothing any more, of either kind.
#[derive(Deserialize, ToSchema)]
pub(super) struct RevocationRequest {
    token: Option<String>,
    client_id: Option<String>,
}

/// Ends the session that a token belongs to. A token that is not known is as good as ended.
#[utoipa::path(
    post,
    path = "/revoke",
    tag = "identity",
    request_body(content = RevocationRequest, content_type = "application/x-www-form-urlencoded"),
    responses((status = 200, description = "The token is worth nothing any more"))
)]
pub(super) async fn revoke(
    State(city): State<City>,
    form: Result<Form<RevocationRequest>, FormRejection>,
) -> Result<StatusCode, OAuthError> {
    let Form(request) = form.map_err(|_| OAuthError::INVALID_REQUEST)?;
    if request.client_id.as_deref() != Some(CLIENT_ID) {
        return Err(OAuthError::INVALID_CLIENT);
    }
    let token_sha256 = keys::sha256(request.token.ok_or(OAuthError::INVALID_REQUEST)?.as_bytes());
    city.store.write(move |tx| end_session_of(tx, &token_sha256)).await?;
    Ok(StatusCode::OK)
}

fn end_session_of(tx: &mut dyn Tx, token_sha256: &str) -> Result<(), StoreError> {
    let owner = "SELECT session_id FROM refresh_tokens WHERE token_sha256 = $1
                 UNION SELECT session_id FROM access_tokens WHERE token_sha256 = $1";
    match tx.query_one(owner, &[token_sha256.into()])? {
        Some(row) => tokens::end_session(tx, &row.text(0)?),
        None => Ok(()),
    }
}
