//! Pushed authorization requests (PAR, RFC 9126): the request goes to the provider before the browser is opened, so
//! that nobody on the way through the browser can read or change it.

use reqwest::StatusCode;
use serde::Deserialize;

use super::SignInFault;
use super::provider::Provider;
use super::tokens::{form_post, oauth_error};
use crate::Error;
use crate::http::{BoundKey, Credentials, Http, classify};

/// Hands the provider what is asked, where it takes that, and gives the name it has for it.
pub(super) async fn push(
    http: &Http,
    provider: &Provider,
    key: Option<&BoundKey>,
    asked: &[(&str, &str)],
) -> Result<Option<String>, Error> {
    #[derive(Deserialize)]
    struct Pushed {
        request_uri: String,
    }

    let Some(endpoint) = &provider.pushed_authorization_request_endpoint else { return Ok(None) };
    let refused = || Error::SignInFailed { why: SignInFault::ProviderError };
    let credentials = Credentials { token: None, key };
    let reply = http.exchange_as(&credentials, |http| form_post(http, endpoint, asked)).await?;
    if oauth_error(&reply)?.is_some() {
        return Err(refused());
    }
    classify(&reply)?;
    if reply.status != StatusCode::CREATED {
        return Err(Error::CityAnsweredNonsense);
    }
    match reply.json::<Pushed>() {
        Ok(pushed) if !pushed.request_uri.is_empty() => Ok(Some(pushed.request_uri)),
        _ => Err(refused()),
    }
}
