//! Every route of the city.

use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::{from_fn, map_request};
use citizen_api::problem::ProblemType;
use tower_http::timeout::TimeoutLayer;
use utoipa_axum::router::OpenApiRouter;

use super::access_log::log_access;
use super::{City, Refusal};
use crate::{
    cases, catalogue, changes, clock, counters, courier, credentials, figures, grievances, identity,
    instructions, insurance, ledger, mandates, openapi as description, proactive, registers, uploads,
};

/// The largest body of a request that carries no file.
const BODY_LIMIT: usize = 1024 * 1024;

/// How long a request that carries no file may take, so that a slow sender holds nothing for ever.
const TIMEOUT: Duration = Duration::from_secs(30);

/// The routes whose requests are small and answered at once.
fn small() -> OpenApiRouter<City> {
    OpenApiRouter::new()
        .merge(identity::routes())
        .merge(registers::routes())
        .merge(insurance::routes())
        .merge(catalogue::routes())
        .merge(changes::routes())
        .merge(clock::routes())
        .merge(cases::routes())
        .merge(counters::routes())
        .merge(courier::routes())
        .merge(instructions::routes())
        .merge(credentials::routes())
        .merge(figures::routes())
        .merge(grievances::routes())
        .merge(ledger::routes())
        .merge(mandates::routes())
        .merge(proactive::routes())
        .merge(uploads::small_routes())
        .merge(description::routes())
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, TIMEOUT))
}

/// The routes that carry files or stay open, with limits of their own.
fn large() -> OpenApiRouter<City> {
    OpenApiRouter::new().merge(changes::open_routes()).merge(uploads::routes())
}

/// The city as a service.
pub fn router(city: City) -> Router {
    let (router, _) = small().merge(large()).split_for_parts();
    let routes = router
        .fallback(async || Refusal::not_found())
        .method_not_allowed_fallback(async || {
            Refusal::new(
                ProblemType::MethodNotAllowed,
                "这个地址不支持这种操作。请升级应用后再试。",
                "This cannot be done here. Update the app and try again.",
            )
        })
        .route_layer(from_fn(mandates::refuse_elsewhere))
        .layer(from_fn(log_access))
        .with_state(city);
    Router::new().fallback_service(routes).layer(map_request(uploads::take_named))
}

/// The description of every route.
pub fn openapi() -> utoipa::openapi::OpenApi {
    small().merge(large()).into_openapi()
}
