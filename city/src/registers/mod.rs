//! What departments know of residents, and who asked for it.
//!
//! No record is read without a purpose, and each reading is written down in the transaction that reads. The
//! citizen can see who read what, and why.

mod log;
mod officer;
mod prefill;
mod read;
mod shared;
mod titles;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub use read::{Item, Purpose, Record, note_read, read};
pub use shared::shared_evidence;
pub(crate) use titles::title;

use crate::http::City;

/// The routes of registers.
pub(crate) fn routes() -> OpenApiRouter<City> {
    OpenApiRouter::new()
        .routes(routes!(prefill::prefill_service))
        .routes(routes!(log::list_reads))
        .routes(routes!(officer::list_residents))
}
