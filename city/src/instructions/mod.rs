//! What citizens tell the city to do with what is theirs (交办): one signed document, one route, carried out once.
//!
//! The effect, the document as it was signed, the receipt and the memory of the key are one transaction. Each kind is
//! carried out by the folder that it belongs to.

mod read;
mod take;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::City;

/// The routes of instructions.
pub(crate) fn routes() -> OpenApiRouter<City> {
    OpenApiRouter::new().routes(routes!(take::take)).routes(routes!(read::done))
}
