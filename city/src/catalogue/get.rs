//! `GET /v1/catalogue`: what changed in the catalogue since a version.

use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use citizen_api::catalogue::CatalogueDelta;
use citizen_api::problem::Problem;
use serde::Deserialize;

use crate::http::{City, Json, Refusal};

/// How long a copy may be used without asking.
const FRESH: HeaderValue = HeaderValue::from_static("public, max-age=60");

/// From where on.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct CatalogueQuery {
    /// The version that the phone has; 0 or none for all of it.
    #[serde(default)]
    after: u64,
}

/// Gives the services that are new or changed, and the names of those that are no longer offered. Needs no
/// login. Small when the phone is up to date; answers 304 to one that has just this.
#[utoipa::path(
    get,
    path = "/v1/catalogue",
    tag = "catalogue",
    params(CatalogueQuery),
    responses(
        (status = 200, description = "What changed", body = CatalogueDelta),
        (status = 304, description = "Nothing changed since the answer with this ETag"),
        (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
    ),
    security(())
)]
pub(super) async fn get_catalogue(
    State(city): State<City>,
    query: Result<Query<CatalogueQuery>, axum::extract::rejection::QueryRejection>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let Query(CatalogueQuery { after }) = query.map_err(|_| Refusal::malformed())?;
    let delta = city.catalogue.delta(after);
    // Weak, because the same content also travels compressed.
    let tag = format!("W/\"catalogue-{after}-{}\"", delta.version);
    let described = [
        (header::ETAG, HeaderValue::from_str(&tag).map_err(|_| Refusal::internal())?),
        (header::CACHE_CONTROL, FRESH),
    ];
    Ok(if is_held(&headers, &tag) {
        (StatusCode::NOT_MODIFIED, described).into_response()
    } else {
        (described, Json(delta)).into_response()
    })
}

/// Whether the phone holds the answer with this tag.
fn is_held(headers: &HeaderMap, tag: &str) -> bool {
    let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|held| held.trim() == "*" || opaque(held) == opaque(tag))
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue, header};

    use super::is_held;

    #[test]
    fn tags_are_compared_without_their_weakness() {
        let tag = "W/\"catalogue-0-1\"";
        for (held, same) in [
            ("W/\"catalogue-0-1\"", true),
            ("\"x\", \"catalogue-0-1\"", true),
            ("*", true),
            ("W/\"catalogue-0-2\"", false),
            ("", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::IF_NONE_MATCH, HeaderValue::from_static(held));
            assert_eq!(is_held(&headers, tag), same, "{held}");
        }
        assert!(!is_held(&HeaderMap::new(), tag));
    }
}
