//! What officers do with cases. Each act can be repeated: what has been done already is answered as done.

mod check;
pub mod decide;
mod dispute;
mod forbidden;
pub mod pay;
pub mod read;
pub mod request;
pub mod rules;
pub mod settle;
mod supervision;

use citizen_api::CaseId;
use citizen_api::case::Case;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::act;
use super::record::{self, CaseRecord};
use crate::http::{City, Refusal};
use crate::store::Tx;

/// Whether an act changed anything.
pub(crate) enum Done {
    /// It did.
    Now,
    /// It had been done before.
    Before,
}

/// Carries out an act on a case in one transaction, and tells the phones where it changed anything.
pub(crate) async fn on_case(
    city: &City,
    case_id: CaseId,
    work: impl FnOnce(&mut dyn Tx, &CaseRecord) -> Result<Done, Refusal> + Send + 'static,
) -> Result<Case, Refusal> {
    city.store
        .write(move |tx| {
            let record = record::find(tx, case_id)?.ok_or_else(act::no_such_case)?;
            match work(tx, &record)? {
                Done::Now => act::publish(tx, &record.citizen_id, case_id),
                Done::Before => Ok(record.case),
            }
        })
        .await
}

/// The officers' routes about cases.
pub(super) fn routes() -> OpenApiRouter<City> {
    OpenApiRouter::new()
        .routes(routes!(read::cases))
        .routes(routes!(read::case))
        .routes(routes!(decide::accept))
        .routes(routes!(decide::finish))
        .routes(routes!(decide::grant))
        .routes(routes!(decide::refuse))
        .routes(routes!(request::request))
        .routes(routes!(settle::settle))
        .routes(routes!(pay::pay))
        .routes(routes!(check::checks))
        .routes(routes!(check::confirm))
        .routes(routes!(check::contradict))
        .routes(routes!(dispute::disputes))
        .routes(routes!(dispute::correct))
        .routes(routes!(dispute::keep))
        .routes(routes!(supervision::supervision))
}
