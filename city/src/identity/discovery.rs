//! What the provider can do (OpenID Connect Discovery) and the keys it signs with.

use axum::extract::State;
use citizen_api::identity::SCOPE;
use citizen_api::jose::{ES256, JwkSet};
use serde::Serialize;
use utoipa::ToSchema;

use super::token::ACR;
use crate::http::{City, Json};

/// The provider's description of itself.
#[derive(Serialize, ToSchema)]
pub(super) struct ProviderMetadata {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    userinfo_endpoint: String,
    revocation_endpoint: String,
    jwks_uri: String,
    scopes_supported: Vec<&'static str>,
    response_types_supported: [&'static str; 1],
    response_modes_supported: [&'static str; 1],
    grant_types_supported: [&'static str; 2],
    subject_types_supported: [&'static str; 1],
    id_token_signing_alg_values_supported: [&'static str; 1],
    token_endpoint_auth_methods_supported: [&'static str; 1],
    revocation_endpoint_auth_methods_supported: [&'static str; 1],
    code_challenge_methods_supported: [&'static str; 1],
    claims_supported: [&'static str; 3],
    ui_locales_supported: [&'static str; 2],
    dpop_signing_alg_values_supported: [&'static str; 1],
    acr_values_supported: [&'static str; 1],
    pushed_authorization_request_endpoint: String,
    authorization_response_iss_parameter_supported: bool,
    request_parameter_supported: bool,
    request_uri_parameter_supported: bool,
}

/// What the provider can do.
#[utoipa::path(
    get,
    path = "/.well-known/openid-configuration",
    tag = "identity",
    responses((status = 200, body = ProviderMetadata))
)]
pub(super) async fn openid_configuration(State(city): State<City>) -> Json<ProviderMetadata> {
    let at = |path: &str| format!("{}{path}", city.base_url());
    Json(ProviderMetadata {
        issuer: at(""),
        authorization_endpoint: at("/authorize"),
        token_endpoint: at("/token"),
        userinfo_endpoint: at("/userinfo"),
        revocation_endpoint: at("/revoke"),
        jwks_uri: at("/jwks"),
        scopes_supported: SCOPE.split(' ').collect(),
        response_types_supported: ["code"],
        response_modes_supported: ["query"],
        grant_types_supported: ["authorization_code", "refresh_token"],
        subject_types_supported: ["public"],
        id_token_signing_alg_values_supported: [ES256],
        token_endpoint_auth_methods_supported: ["none"],
        revocation_endpoint_auth_methods_supported: ["none"],
        code_challenge_methods_supported: ["S256"],
        claims_supported: ["sub", "name", "birthdate"],
        ui_locales_supported: ["zh", "en"],
        dpop_signing_alg_values_supported: [ES256],
        acr_values_supported: [ACR],
        pushed_authorization_request_endpoint: at("/par"),
        authorization_response_iss_parameter_supported: true,
        request_parameter_supported: false,
        request_uri_parameter_supported: false,
    })
}

/// The keys that ID tokens are signed with.
#[utoipa::path(get, path = "/jwks", tag = "identity", responses((status = 200, body = JwkSet)))]
pub(super) async fn jwks(State(city): State<City>) -> Json<JwkSet> {
    Json(JwkSet { keys: vec![city.keys.identity.public().clone()] })
}
