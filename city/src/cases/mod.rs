//! Cases (办件): how a submission becomes one, how it runs, and how a bill is settled.

pub mod act;
mod ask;
pub mod claims;
mod dispute;
pub mod document;
pub mod evidence_check;
pub mod file;
pub(crate) mod look_up;
mod met;
pub mod officer;
pub mod read;
mod receipt;
pub mod record;
mod record_evidence;
pub mod services;
pub mod settlement;
pub mod supplement;
pub mod workflow;
pub mod working_days;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::http::City;

/// The routes of cases, for citizens and for officers.
pub(crate) fn routes() -> OpenApiRouter<City> {
    OpenApiRouter::new()
        .routes(routes!(file::file))
        .routes(routes!(supplement::answer))
        .routes(routes!(read::acknowledgement))
        .routes(routes!(read::cases))
        .routes(routes!(read::case))
        .merge(officer::routes())
}

#[cfg(test)]
mod check_tests;
#[cfg(test)]
mod dispute_tests;
#[cfg(test)]
mod outage_tests;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod version_tests;
