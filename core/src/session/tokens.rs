//! The token endpoint (RFC 6749): a code or a refresh token in, tokens out.

use citizen_api::identity::CLIENT_ID;
use reqwest::header::CONTENT_TYPE;
use reqwest::{Method, RequestBuilder, StatusCode, Url};
use serde::Deserialize;
use zeroize::Zeroizing;

use crate::Error;
use crate::http::{Http, classify};

/// What the token endpoint gives.
#[derive(Deserialize)]
pub(super) struct TokenAnswer {
    pub(super) access_token: String,
    pub(super) token_type: String,
    #[serde(default)]
    pub(super) expires_in: Option<i64>,
    #[serde(default)]
    pub(super) refresh_token: Option<String>,
    #[serde(default)]
    pub(super) id_token: Option<String>,
}

/// An answer of the token endpoint: tokens, or the provider's word that the grant is worth nothing.
pub(super) enum Granted {
    /// Here they are.
    Tokens(Box<TokenAnswer>),
    /// The code or refresh token is not, or no longer, good (`invalid_grant`).
    NotAnyMore,
}

/// Trades a code for tokens.
pub(super) async fn redeem_code(
    http: &Http,
    endpoint: &Url,
    code: &str,
    redirect: &str,
    verifier: &str,
) -> Result<Granted, Error> {
    let form = [
        ("grant_type", "authorization_code"),
        ("client_id", CLIENT_ID),
        ("code", code),
        ("redirect_uri", redirect),
        ("code_verifier", verifier),
    ];
    grant(http, post(http, endpoint, &form)).await
}

/// Trades a refresh token for new tokens; the old one is spent by it.
pub(super) async fn refresh(http: &Http, endpoint: &Url, refresh_token: &str) -> Result<Granted, Error> {
    let form = [("grant_type", "refresh_token"), ("client_id", CLIENT_ID), ("refresh_token", refresh_token)];
    grant(http, post(http, endpoint, &form)).await
}

/// Tells the provider that a refresh token is no longer wanted (RFC 7009).
pub(super) async fn revoke(http: &Http, endpoint: &Url, refresh_token: &str) -> Result<(), Error> {
    let form = [("token", refresh_token), ("token_type_hint", "refresh_token"), ("client_id", CLIENT_ID)];
    http.send(post(http, endpoint, &form)).await.map(|_| ())
}

async fn grant(http: &Http, request: RequestBuilder) -> Result<Granted, Error> {
    #[derive(Deserialize)]
    struct Refusal {
        error: String,
    }

    let reply = http.exchange(request).await?;
    // The endpoint speaks OAuth, whose refusals are JSON of their own and no problem documents.
    if matches!(reply.status, StatusCode::BAD_REQUEST | StatusCode::UNAUTHORIZED)
        && reply.media_type() == "application/json"
    {
        let refusal: Refusal = reply.json()?;
        return match refusal.error.as_str() {
            "invalid_grant" => Ok(Granted::NotAnyMore),
            _ => Err(Error::SignInFailed { why: super::SignInFault::ProviderError }),
        };
    }
    classify(&reply)?;
    let answer: TokenAnswer = reply.json()?;
    if !answer.token_type.eq_ignore_ascii_case("bearer") || answer.access_token.is_empty() {
        return Err(Error::CityAnsweredNonsense);
    }
    Ok(Granted::Tokens(Box::new(answer)))
}

fn post(http: &Http, endpoint: &Url, form: &[(&str, &str)]) -> RequestBuilder {
    let body =
        Zeroizing::new(url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish());
    http.request(Method::POST, endpoint.clone())
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("Accept", "application/json")
        .body(body.as_bytes().to_vec())
}
