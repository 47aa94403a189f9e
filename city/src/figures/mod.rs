//! The figures of the reform: computed from the documents that are published and the cases that were filed, and shown
//! to everybody. How each is computed stands in `docs/figures.md`.

mod compute;
mod get;
mod page;
mod words;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub use compute::of_documents;
pub(crate) use words::{Shown, shown};

use crate::http::City;

/// The routes of the figures.
pub(crate) fn routes() -> OpenApiRouter<City> {
    OpenApiRouter::new().routes(routes!(get::get_figures)).routes(routes!(page::show_figures))
}
