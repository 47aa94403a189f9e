//! Acting for someone (代办): a daughter for her mother, an agent at a counter for one case.
//!
//! A mandate is looked at in the transaction of every act that is done under it, so that one that was revoked a moment
//! ago allows nothing any more, however long the act has waited on a phone. Each act is a row of its own and a change in
//! the feed of both.

mod acting;
mod answer;
mod give;
mod list;
mod record;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub use acting::{Need, OnBehalf, Whose, refuse_elsewhere};
pub(crate) use record::acts_of;

use crate::http::City;

/// The routes of mandates.
pub(crate) fn routes() -> OpenApiRouter<City> {
    OpenApiRouter::new()
        .routes(routes!(list::mandates, give::give))
        .routes(routes!(answer::accept))
        .routes(routes!(answer::decline))
        .routes(routes!(answer::revoke))
}

#[cfg(test)]
mod tests;
