//! What departments know of residents, and who asked for it.
//!
//! No record is read without a purpose, and each reading is written down in the transaction that reads. The
//! citizen can see who read what, and why. A register that is down is not read, and keeps nobody waiting: what it was
//! counted on for is looked up when it is back.

mod chain;
mod described;
mod log;
mod officer;
mod outage;
mod prefill;
mod purposes;
mod query;
mod read;
mod shared;
#[cfg(test)]
mod tests;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) use chain::note_all;
#[cfg(test)]
pub(crate) use described::title_of_item;
pub(crate) use described::{item, title};
pub(crate) use log::reading;
pub use read::{Item, Purpose, Record, note_read, read};
pub use shared::ask;

use crate::http::City;

/// The routes of registers.
pub(crate) fn routes() -> OpenApiRouter<City> {
    OpenApiRouter::new()
        .routes(routes!(prefill::prefill_service))
        .routes(routes!(log::list_reads))
        .routes(routes!(described::catalogue))
        .routes(routes!(query::query))
        .routes(routes!(officer::list_residents))
        .routes(routes!(outage::list_registers))
        .routes(routes!(outage::take_down))
        .routes(routes!(outage::bring_up))
}
