//! `DELETE /v1/uploads/{upload_id}`: forgets an upload, unless it belongs to a case.

use axum::extract::State;
use axum::http::StatusCode;
use citizen_api::UploadId;
use citizen_api::problem::Problem;

use super::patch::Named;
use super::record;
use super::refused::Refused;
use super::reply::Tus;
use crate::clock::machine_now;
use crate::http::{Citizen, City};

/// Removes an upload, finished or not. The evidence of a case stays.
#[utoipa::path(
    delete,
    path = "/v1/uploads/{upload_id}",
    tag = "uploads",
    params(
        ("upload_id" = UploadId, Path),
        ("Tus-Resumable" = String, Header, description = "1.0.0"),
    ),
    responses(
        (status = 204, description = "Gone"),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn delete_upload(
    State(city): State<City>,
    _: Tus,
    citizen: Citizen,
    Named(upload_id): Named,
) -> Result<StatusCode, Refused> {
    let (uploads, citizen_id) = (city.uploads, citizen.citizen_id);
    let owner = citizen_id.clone();
    let found = uploads.store.read(move |tx| record::find(tx, &owner, upload_id, machine_now())).await?;
    found.ok_or(Refused::NotFound)?;
    let _writer = uploads.writers.acquire(upload_id).await.ok_or(Refused::Busy)?;
    uploads.forget(&citizen_id, upload_id).await?;
    Ok(StatusCode::NO_CONTENT)
}
