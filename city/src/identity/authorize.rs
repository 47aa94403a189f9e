//! `GET /authorize`: checks what the app asks, and begins a walk through the sign-in pages. `POST /par` takes the same
//! beforehand and gives it a name (`push`).

use axum::extract::{Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use citizen_api::Language;
use citizen_api::identity::CLIENT_ID;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::flow::{Flow, Step};
use super::pages::{self, PageRefusal};
use super::push;
use super::redirect_uri::RedirectUri;
use crate::http::City;
use crate::keys;

/// The longest parameter that is taken.
const LONGEST: usize = 1024;

/// What the app asks; or, with `flow`, a walk that goes on, perhaps in another language.
#[derive(Deserialize, Serialize, IntoParams, ToSchema, Default)]
pub(super) struct AuthorizeRequest {
    pub(super) client_id: Option<String>,
    redirect_uri: Option<String>,
    response_type: Option<String>,
    response_mode: Option<String>,
    scope: Option<String>,
    state: Option<String>,
    nonce: Option<String>,
    code_challenge: Option<String>,
    code_challenge_method: Option<String>,
    prompt: Option<String>,
    request: Option<String>,
    pub(super) request_uri: Option<String>,
    pub(super) dpop_jkt: Option<String>,
    max_age: Option<String>,
    acr_values: Option<String>,
    ui_locales: Option<String>,
    lang: Option<String>,
    flow: Option<String>,
}

/// Begins to sign a person in, or goes on with it.
#[utoipa::path(
    get,
    path = "/authorize",
    tag = "identity",
    params(AuthorizeRequest),
    responses(
        (status = 200, description = "A page for the person", content_type = "text/html"),
        (status = 303, description = "Back to the app, with an error"),
        (status = 400, description = "A page: the request is not this app's", content_type = "text/html")
    )
)]
pub(super) async fn authorize(
    State(city): State<City>,
    request: Result<Query<AuthorizeRequest>, axum::extract::rejection::QueryRejection>,
) -> Result<Response, PageRefusal> {
    let Query(request) = request.map_err(|_| PageRefusal::not_the_app())?;
    if let Some(flow) = request.flow {
        return go_on(&city, flow, request.lang).await;
    }
    let request = match &request.request_uri {
        Some(name) if request.client_id.as_deref() == Some(CLIENT_ID) => {
            push::take(&city, name).await?.ok_or_else(PageRefusal::walk_ended)?
        }
        _ => request,
    };
    let redirect_uri = redirect_uri(&request).ok_or_else(PageRefusal::not_the_app)?;
    let flow = match check(&request) {
        Ok(asked) => begin(&request, redirect_uri, asked)?,
        Err(error) => return Ok(send_back(&city, &redirect_uri, request.state.as_deref(), error)),
    };
    let shown = flow.clone();
    city.store.write(move |tx| flow.begin(tx)).await?;
    Ok(pages::show(&shown, None, &[]))
}

/// The page of the step that a walk is at.
async fn go_on(city: &City, flow: String, lang: Option<String>) -> Result<Response, PageRefusal> {
    let work = move |tx: &mut dyn crate::store::Tx| {
        let mut flow = Flow::load(tx, &flow)?.ok_or_else(PageRefusal::walk_ended)?;
        if let Some(lang) = lang {
            flow.speak(tx, language(&lang))?;
        }
        let seen = pages::what_the_app_sees(tx, &flow)?;
        Ok::<_, PageRefusal>((flow, seen))
    };
    let (flow, seen) = city.store.write(work).await?;
    Ok(pages::show(&flow, None, &seen))
}

/// The app's address, if both it and the app are known. Nobody is ever sent to another.
pub(super) fn redirect_uri(request: &AuthorizeRequest) -> Option<RedirectUri> {
    if request.client_id.as_deref() != Some(CLIENT_ID) {
        return None;
    }
    RedirectUri::parse(request.redirect_uri.as_deref()?)
}

/// What a sound request asks for.
pub(super) struct Asked {
    scope: String,
    nonce: String,
    code_challenge: String,
    jkt: String,
}

/// Checks everything that an app can get wrong; an error is named as the specifications name it.
pub(super) fn check(request: &AuthorizeRequest) -> Result<Asked, &'static str> {
    match request.response_type.as_deref() {
        None => return Err("invalid_request"),
        Some("code") => {}
        Some(_) => return Err("unsupported_response_type"),
    }
    if request.request.is_some() {
        return Err("request_not_supported");
    }
    if request.request_uri.is_some() {
        return Err("request_uri_not_supported");
    }
    let given = [&request.scope, &request.state, &request.nonce, &request.code_challenge];
    let too_long = given.into_iter().flatten().any(|value| value.len() > LONGEST);
    let other_mode = request.response_mode.as_deref().is_some_and(|mode| mode != "query");
    if too_long || other_mode || request.code_challenge_method.as_deref() != Some("S256") {
        return Err("invalid_request");
    }
    let scope = request.scope.clone().unwrap_or_default();
    if !scope.split(' ').any(|word| word == "openid") {
        return Err("invalid_scope");
    }
    if request.prompt.as_deref().is_some_and(|prompt| prompt.split(' ').any(|word| word == "none")) {
        // Nobody is ever signed in here without a page.
        return Err("login_required");
    }
    let nonce = request.nonce.clone().filter(|nonce| !nonce.is_empty()).ok_or("invalid_request")?;
    let code_challenge =
        request.code_challenge.clone().filter(|text| is_sha256(text)).ok_or("invalid_request")?;
    let jkt = request.dpop_jkt.clone().unwrap_or_default();
    if !jkt.is_empty() && !is_sha256(&jkt) {
        return Err("invalid_request");
    }
    Ok(Asked { scope: known_scopes(&scope), nonce, code_challenge, jkt })
}

fn is_sha256(text: &str) -> bool {
    citizen_api::jose::decode(text).is_ok_and(|digest| digest.len() == 32)
}

/// Unknown scopes are passed over (OpenID Connect Core, 3.1.2.1).
fn known_scopes(asked: &str) -> String {
    let known = |word: &&str| citizen_api::identity::SCOPE.split(' ').any(|scope| scope == *word);
    asked.split(' ').filter(known).collect::<Vec<_>>().join(" ")
}

fn begin(request: &AuthorizeRequest, redirect_uri: RedirectUri, asked: Asked) -> Result<Flow, PageRefusal> {
    let locale = request.lang.as_deref().or(request.ui_locales.as_deref()).unwrap_or_default();
    Ok(Flow {
        flow: keys::random_token()?,
        redirect_uri,
        state: request.state.clone(),
        nonce: asked.nonce,
        code_challenge: asked.code_challenge,
        scope: asked.scope,
        jkt: asked.jkt,
        language: language(locale),
        step: Step::IdNumber { typed: String::new() },
    })
}

/// The first language of a list that the pages can speak; Chinese where there is none.
fn language(locales: &str) -> Language {
    let known = locales.split(' ').find_map(|locale| match locale.split('-').next() {
        Some("zh") => Some(Language::Zh),
        Some("en") => Some(Language::En),
        _ => None,
    });
    known.unwrap_or_default()
}

fn send_back(city: &City, redirect_uri: &RedirectUri, state: Option<&str>, error: &str) -> Response {
    let mut answer = vec![("error", error), ("iss", city.base_url())];
    answer.extend(state.filter(|state| state.len() <= LONGEST).map(|state| ("state", state)));
    redirect(&redirect_uri.with(&answer))
}

/// Sends the browser on, leaving no trace of the address in caches.
pub(super) fn redirect(to: &str) -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, to), (header::CACHE_CONTROL, "no-store")]).into_response()
}
