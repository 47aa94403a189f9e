//! `OPTIONS /v1/uploads`: what this server can do.

use axum::extract::State;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use citizen_api::upload::TUS_VERSION;

use super::checksum::ALGORITHM_NAMES;
use crate::http::City;

/// The extensions on offer.
const EXTENSIONS: &str = "creation,creation-with-upload,checksum,expiration,termination";

/// Says which version and extensions of tus are spoken, and how large a file may be. Needs no login.
#[utoipa::path(
    options,
    path = "/v1/uploads",
    tag = "uploads",
    responses((status = 204, description = "Tus-Version, Tus-Extension, Tus-Max-Size, Tus-Checksum-Algorithm")),
    security(())
)]
pub(super) async fn offer_uploads(State(city): State<City>) -> Response {
    let headers = [
        ("tus-version", HeaderValue::from_static(TUS_VERSION)),
        ("tus-extension", HeaderValue::from_static(EXTENSIONS)),
        ("tus-checksum-algorithm", HeaderValue::from_static(ALGORITHM_NAMES)),
        ("tus-max-size", city.uploads.limits.file_bytes.into()),
    ];
    (StatusCode::NO_CONTENT, headers).into_response()
}
