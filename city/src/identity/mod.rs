//! Sign-in (OpenID Connect) and devices.

use utoipa_axum::router::OpenApiRouter;

use crate::http::City;

/// The routes of sign-in and devices.
pub(crate) fn routes() -> OpenApiRouter<City> {
    OpenApiRouter::new()
}
