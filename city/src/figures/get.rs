//! `GET /v1/figures`: the figures for programs. Public, needs no login.

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use citizen_api::figures::Figures;
use citizen_api::problem::Problem;

use super::compute;
use crate::http::{City, Json, Refusal};
use crate::store::Tx;

/// How long a copy may be used without asking.
const FRESH: HeaderValue = HeaderValue::from_static("public, max-age=60");

/// The figures of the reform, computed now.
#[utoipa::path(
    get, path = "/v1/figures", tag = "figures",
    responses(
        (status = 200, description = "The figures", body = Figures),
        (status = 500, description = "The city failed", body = Problem),
    ),
    security(())
)]
pub(super) async fn get_figures(State(city): State<City>) -> Result<impl IntoResponse, Refusal> {
    Ok(([(header::CACHE_CONTROL, FRESH)], Json(now(&city).await?)))
}

/// The figures as they are now.
pub(super) async fn now(city: &City) -> Result<Figures, Refusal> {
    let services = city.catalogue.services();
    let figures = compute::of_documents(services.iter().map(AsRef::as_ref));
    Ok(city.store.read(move |tx: &mut dyn Tx| compute::with_cases(tx, figures)).await?)
}
