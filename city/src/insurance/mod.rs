//! Medical-insurance accounts: this year's money, earlier years' money, and what was posted.

mod account;
mod scheme;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub use account::account;
pub use scheme::Scheme;

use crate::http::City;

/// The routes of insurance accounts.
pub(crate) fn routes() -> OpenApiRouter<City> {
    OpenApiRouter::new().routes(routes!(account::get_account))
}
