//! What those who answer read: `GET /v1/officer/grievances` and `/v1/officer/grievances/{case_id}`.

use axum::extract::State;
use citizen_api::CaseId;
use citizen_api::grievance::{About, GrievanceFile, GrievanceList};
use citizen_api::problem::Problem;
use serde::Deserialize;

use super::record::{self, OWNER};
use crate::cases::file::submission_of;
use crate::cases::{act, record as cases};
use crate::http::{City, Json, Officer, Path, Query, Refusal};
use crate::registers;

/// Which ones.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Which {
    #[serde(default)]
    open: bool,
}

/// Grievances, the one that is due first at the top.
#[utoipa::path(
    get, path = "/v1/officer/grievances", tag = "officers",
    params(("open" = Option<bool>, Query, description = "Only those that nobody has answered")),
    responses(
        (status = 200, description = "The grievances", body = GrievanceList),
        (status = 400, description = "A filter that is none", body = Problem),
        (status = 401, description = "No token", body = Problem),
        (status = 403, description = "Not an officer's token", body = Problem),
    ),
)]
pub(super) async fn grievances(
    State(city): State<City>,
    _: Officer,
    Query(which): Query<Which>,
) -> Result<Json<GrievanceList>, Refusal> {
    let today = city.clock.today();
    let grievances = city.store.read(move |tx| record::list(tx, which.open, today)).await?;
    Ok(Json(GrievanceList { grievances }))
}

/// A grievance, with what the citizen wrote, and with the case that it is about where the citizen lets the desk read
/// it.
#[utoipa::path(
    get, path = "/v1/officer/grievances/{case_id}", tag = "officers",
    params(("case_id" = CaseId, Path, description = "The grievance's case")),
    responses(
        (status = 200, description = "The grievance", body = GrievanceFile),
        (status = 401, description = "No token", body = Problem),
        (status = 403, description = "Not an officer's token", body = Problem),
        (status = 404, description = "Not there", body = Problem),
    ),
)]
pub(super) async fn grievance(
    State(city): State<City>,
    _: Officer,
    Path(case_id): Path<CaseId>,
) -> Result<Json<GrievanceFile>, Refusal> {
    let today = city.clock.today();
    city.store
        .read(move |tx| {
            let (entry, row) = record::find(tx, case_id, today)?.ok_or_else(act::no_such_case)?;
            let citizen_id = row.text(OWNER)?;
            let shares_case = row.integer(OWNER + 1)? != 0;
            let submission = submission_of(tx, &citizen_id, row.parse(OWNER + 2)?)?;
            let About { refused, reading, .. } = submission.about.unwrap_or_default();
            let reading = match reading {
                None => None,
                Some(sequence) => registers::reading(tx, &citizen_id, sequence)?,
            };
            let about = match entry.grievance.about_case.filter(|_| shares_case) {
                None => None,
                Some(about) => cases::find_of(tx, &citizen_id, about)?.map(|record| Box::new(record.case)),
            };
            Ok(Json(GrievanceFile { entry, answers: submission.answers, refused, reading, about }))
        })
        .await
}
