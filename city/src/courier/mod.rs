//! Parcels to the door (快递).

pub mod advance;
pub mod list;
pub mod open;
pub mod record;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::City;

/// The routes of parcels.
pub(crate) fn routes() -> OpenApiRouter<City> {
    OpenApiRouter::new().routes(routes!(list::list)).routes(routes!(advance::advance))
}
