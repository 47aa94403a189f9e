//! What the city begins by itself (无感智办): rules over the registers find the people, make their cards and
//! open their parcels before anyone asks.
//!
//! The rules are data. A run is a handful of statements inside the database, whatever the number of people;
//! making a card, its parcel and what the phones are told is one transaction, and a second run on the same
//! day makes nothing.

pub mod age;
mod rules;
pub mod run;
mod statements;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::City;

/// The route of proactive runs.
pub(crate) fn routes() -> OpenApiRouter<City> {
    OpenApiRouter::new().routes(routes!(run::run))
}

#[cfg(test)]
mod tests;
