//! The token endpoint (RFC 6749): a code or a refresh token in, tokens out. Where the provider can, the tokens are
//! bound to this phone's key (RFC 9449), and one that comes unbound is refused.

use citizen_api::identity::CLIENT_ID;
use reqwest::header::CONTENT_TYPE;
use reqwest::{Method, RequestBuilder, StatusCode, Url};
use serde::Deserialize;
use zeroize::Zeroizing;

use super::SignInFault;
use crate::Error;
use crate::http::{BoundKey, Credentials, Http, Reply, classify};

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
    /// The code or refresh token is not, or no longer, good.
    NotAnyMore,
}

/// Trades a code for tokens.
pub(super) async fn redeem_code(
    http: &Http,
    key: Option<&BoundKey>,
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
    grant(http, key, endpoint, &form).await
}

/// Trades a refresh token for new tokens; the old one is spent by it.
pub(super) async fn refresh(
    http: &Http,
    key: Option<&BoundKey>,
    endpoint: &Url,
    refresh_token: &str,
) -> Result<Granted, Error> {
    let form = [("grant_type", "refresh_token"), ("client_id", CLIENT_ID), ("refresh_token", refresh_token)];
    grant(http, key, endpoint, &form).await
}

/// Tells the provider that a refresh token is no longer wanted (RFC 7009).
pub(super) async fn revoke(http: &Http, endpoint: &Url, refresh_token: &str) -> Result<(), Error> {
    let form = [("token", refresh_token), ("token_type_hint", "refresh_token"), ("client_id", CLIENT_ID)];
    http.send(form_post(http, endpoint, &form)?).await.map(|_| ())
}

async fn grant(
    http: &Http,
    key: Option<&BoundKey>,
    endpoint: &Url,
    form: &[(&str, &str)],
) -> Result<Granted, Error> {
    let credentials = Credentials { token: None, key };
    let reply = http.exchange_as(&credentials, |http| form_post(http, endpoint, form)).await?;
    if let Some(error) = oauth_error(&reply)? {
        return match error.as_str() {
            // A key that is not the one, or a client that is not known any more, cannot be mended by waiting.
            "invalid_grant" | "invalid_dpop_proof" | "invalid_client" | "unauthorized_client" => {
                Ok(Granted::NotAnyMore)
            }
            _ => Err(Error::SignInFailed { why: SignInFault::ProviderError }),
        };
    }
    classify(&reply)?;
    let answer: TokenAnswer = reply.json()?;
    let wanted = if key.is_some() { "dpop" } else { "bearer" };
    if !answer.token_type.eq_ignore_ascii_case(wanted) || answer.access_token.is_empty() {
        return Err(Error::SignInFailed { why: SignInFault::Unbound });
    }
    Ok(Granted::Tokens(Box::new(answer)))
}

/// The error of an answer that is an OAuth refusal (RFC 6749, 5.2): JSON of its own, and no problem document.
pub(super) fn oauth_error(reply: &Reply) -> Result<Option<String>, Error> {
    #[derive(Deserialize)]
    struct Refusal {
        error: String,
    }

    let refused = matches!(reply.status, StatusCode::BAD_REQUEST | StatusCode::UNAUTHORIZED);
    if !refused || reply.media_type() != "application/json" {
        return Ok(None);
    }
    reply.json::<Refusal>().map(|refusal| Some(refusal.error))
}

/// A form, as the endpoints of OAuth take it.
pub(super) fn form_post(http: &Http, endpoint: &Url, form: &[(&str, &str)]) -> Result<RequestBuilder, Error> {
    let body =
        Zeroizing::new(url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish());
    let request = http.request(Method::POST, endpoint.clone())?;
    Ok(request
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("Accept", "application/json")
        .body(body.as_bytes().to_vec()))
}
