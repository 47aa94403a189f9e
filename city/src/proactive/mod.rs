//! What the city begins by itself (无感智办): rules over the registers find the people, make what is theirs and open
//! their parcels before anyone asks.
//!
//! The rules are data. A run is a handful of statements inside the database, whatever the number of people; what is
//! made, its parcel and what the phones are told is one transaction. A rule finds a person once for an occasion, which
//! is the day that the register had: a second run, two at the same time, and a clock that jumps make nothing twice.

pub mod age;
mod officer;
mod record;
mod rules;
pub mod run;
mod say;
mod statements;
mod told;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) use say::{decline, dispute};

use crate::http::City;

/// The routes of what the city begins by itself.
pub(crate) fn routes() -> OpenApiRouter<City> {
    OpenApiRouter::new()
        .routes(routes!(run::run))
        .routes(routes!(officer::disputed))
        .routes(routes!(officer::answer))
}

#[cfg(test)]
mod tests;
