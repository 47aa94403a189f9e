//! Residents, what departments know of them, and who asked for it.

use utoipa_axum::router::OpenApiRouter;

use crate::http::City;

/// The routes of registers.
pub(crate) fn routes() -> OpenApiRouter<City> {
    OpenApiRouter::new()
}
