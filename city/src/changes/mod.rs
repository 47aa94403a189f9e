//! The feed of each citizen: what happened to their things, in the city's order.
//!
//! A change is written in the transaction of what it tells, so there is never one without the other. Its place
//! is taken from a counter of the citizen's own, without gaps: a phone that has seen a place has seen all before
//! it. The event stream says only that there is more to pull; a phone that misses an event misses nothing.
//!
//! # For statements over many people
//!
//! A rule that finds its people inside the database writes `change_feeds` and `changes` itself: first it raises
//! `change_feeds.last_sequence` by one (from 0) for each citizen, then it inserts one row into `changes` for
//! each, with that number as `sequence` and the wire's `kind` and `body`. Both belong in one transaction, and
//! [`wake`] in the same one tells whoever listens.

mod append;
mod cursor;
mod events;
mod pull;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub use append::{append, wake};

use crate::http::City;

/// The route that is answered at once.
pub(crate) fn routes() -> OpenApiRouter<City> {
    OpenApiRouter::new().routes(routes!(pull::pull_changes))
}

/// The route that stays open.
pub(crate) fn open_routes() -> OpenApiRouter<City> {
    OpenApiRouter::new().routes(routes!(events::follow_changes))
}

/// What a citizen's listeners listen to.
fn topic(citizen_id: &str) -> String {
    format!("changes/{citizen_id}")
}
