//! `POST /par`: a request that comes before its browser (RFC 9126). The browser then carries a name for it and nothing
//! that could be read or changed on the way.

use axum::Form;
use axum::extract::State;
use axum::extract::rejection::FormRejection;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use super::authorize::{AuthorizeRequest, check, redirect_uri};
use super::token::{OAuthError, Unproved, proved_key};
use super::tokens::TokenError;
use crate::clock::machine_now;
use crate::http::{City, Json};
use crate::keys;
use crate::store::{StoreError, Tx};

/// How long a pushed request waits for its browser, in seconds.
const LIFETIME: i64 = 90;

/// What the names of pushed requests begin with (RFC 9126, 2.2).
const PREFIX: &str = "urn:ietf:params:oauth:request_uri:";

/// The name of a request that was taken.
#[derive(Serialize, ToSchema)]
pub(super) struct Pushed {
    request_uri: String,
    expires_in: i64,
}

/// Takes a request before its browser comes.
#[utoipa::path(
    post,
    path = "/par",
    tag = "identity",
    request_body(content = AuthorizeRequest, content_type = "application/x-www-form-urlencoded"),
    responses((status = 201, body = Pushed), (status = 400, body = OAuthError))
)]
pub(super) async fn push(
    State(city): State<City>,
    headers: HeaderMap,
    form: Result<Form<AuthorizeRequest>, FormRejection>,
) -> Result<Response, Unproved> {
    let Form(mut request) = form.map_err(|_| OAuthError::INVALID_REQUEST)?;
    if redirect_uri(&request).is_none() || request.request_uri.is_some() {
        return Err(OAuthError::INVALID_REQUEST.into());
    }
    let jkt = proved_key(&city, &headers, "/par").await?;
    // A proof and a thumbprint that disagree name two keys (RFC 9449, 10.1).
    if request.dpop_jkt.get_or_insert_with(|| jkt.clone()) != &jkt {
        return Err(OAuthError::INVALID_REQUEST.into());
    }
    check(&request).map_err(OAuthError::of_request)?;
    let name = keys::random_token().map_err(TokenError::from)?;
    let parameters = serde_json::to_string(&request).map_err(|_| OAuthError::INVALID_REQUEST)?;
    let request_sha256 = keys::sha256(name.as_bytes());
    let work = move |tx: &mut dyn Tx| -> Result<(), StoreError> {
        let now = machine_now();
        tx.execute("DELETE FROM pushed_requests WHERE expires_at <= $1", &[now.into()])?;
        tx.execute(
            "INSERT INTO pushed_requests (request_sha256, parameters, expires_at) VALUES ($1, $2, $3)",
            &[request_sha256.into(), parameters.into(), (now + LIFETIME).into()],
        )?;
        Ok(())
    };
    city.store.write(work).await?;
    let pushed = Pushed { request_uri: format!("{PREFIX}{name}"), expires_in: LIFETIME };
    Ok((StatusCode::CREATED, [(header::CACHE_CONTROL, "no-store")], Json(pushed)).into_response())
}

/// The request of that name. A person may open the page again for as long as it waits.
pub(super) async fn take(city: &City, name: &str) -> Result<Option<AuthorizeRequest>, StoreError> {
    let Some(name) = name.strip_prefix(PREFIX) else { return Ok(None) };
    let request_sha256 = keys::sha256(name.as_bytes());
    let work = move |tx: &mut dyn Tx| {
        tx.query_one(
            "SELECT parameters FROM pushed_requests WHERE request_sha256 = $1 AND expires_at > $2",
            &[request_sha256.into(), machine_now().into()],
        )
    };
    city.store.read(work).await?.map(|row| row.json(0)).transpose()
}
