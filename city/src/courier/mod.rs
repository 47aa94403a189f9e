//! Parcels to the door (快递): opened with a result, sent elsewhere as long as they are here, carried by a carrier whose
//! messages may be lost, late or repeated, and brought to a counter where nobody takes them.

pub mod advance;
mod carrier;
pub mod list;
mod message;
pub mod open;
pub mod record;
mod redirect;
mod round;
mod step;
#[cfg(test)]
mod tests;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) use redirect::{check as check_address, redirect};
pub(crate) use step::{cancel, hold, release};

use crate::http::City;

/// The routes of parcels.
pub(crate) fn routes() -> OpenApiRouter<City> {
    OpenApiRouter::new()
        .routes(routes!(list::list))
        .routes(routes!(advance::advance))
        .routes(routes!(message::take_message))
        .routes(routes!(round::run_round))
}
