//! Counters on four levels (市、镇街、工作片、村居), and places booked there.
//!
//! Which counters there are and when they are open is data; which services are done on which level stands in the
//! services' own documents. A seat of a half hour is a row, so two people can never have the same.

mod book;
mod data;
mod list;
mod officer;
mod record;
mod slots;
#[cfg(test)]
mod tests;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) use book::{Place, book, cancel};
pub(crate) use data::{find, of_resident};

use crate::http::City;

/// The routes of counters.
pub(crate) fn routes() -> OpenApiRouter<City> {
    OpenApiRouter::new()
        .routes(routes!(list::list))
        .routes(routes!(slots::slots))
        .routes(routes!(officer::day))
        .routes(routes!(officer::serve))
}
