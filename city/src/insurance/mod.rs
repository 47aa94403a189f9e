//! Medical-insurance accounts.

use utoipa_axum::router::OpenApiRouter;

use crate::http::City;

/// The routes of insurance accounts.
pub(crate) fn routes() -> OpenApiRouter<City> {
    OpenApiRouter::new()
}
