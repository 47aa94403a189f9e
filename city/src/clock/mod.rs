//! The city's civil clock: the day that cases, rules, cards and feeds go by.
//!
//! It runs with the machine's clock until it is set; from then on it runs beside it, from nine in the
//! morning of the day it was set to. Tokens, codes and other things that only programs wait for go by the
//! machine's clock ([`machine_now`]), so setting the civil day never ends a session.

mod civil;
mod officer;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub use citizen_form::day::{CHINA, civil_day as day_of};
pub(crate) use civil::store_day;
pub use civil::{CivilClock, SetClockError, machine_now};

use crate::http::City;

/// The routes of the clock.
pub(crate) fn routes() -> OpenApiRouter<City> {
    OpenApiRouter::new().routes(routes!(officer::read_day, officer::set_day))
}
