//! What could not be done in one trip (跑一次没办成): each grievance has a named desk and a day, and goes to the desk
//! above where that day passes without an answer.

mod answer;
mod climb;
mod desks;
mod open;
mod read;
mod record;
#[cfg(test)]
mod tests;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) use climb::{climb_all, keep_climbing};
pub(crate) use open::open;
pub(crate) use record::of_case;

use crate::http::City;

/// The routes of those who answer.
pub(crate) fn routes() -> OpenApiRouter<City> {
    OpenApiRouter::new()
        .routes(routes!(read::grievances))
        .routes(routes!(read::grievance))
        .routes(routes!(answer::answer))
        .routes(routes!(climb::climb))
}
