//! `HEAD /v1/uploads/{upload_id}`: how far an upload is.

use axum::extract::State;
use axum::response::Response;
use citizen_api::UploadId;
use citizen_api::problem::Problem;

use super::Uploads;
use super::pass::Sender;
use super::record::{self, Upload};
use super::refused::Refused;
use super::reply::{Tus, all_about};
use crate::clock::machine_now;
use crate::http::City;

/// Says how many bytes the city holds. A request that still writes to the upload is stopped first, so that the
/// offset is where to go on.
#[utoipa::path(
    head,
    path = "/v1/uploads/{upload_id}",
    tag = "uploads",
    params(
        ("upload_id" = UploadId, Path),
        ("Tus-Resumable" = String, Header, description = "1.0.0"),
    ),
    responses(
        (status = 200, description = "Upload-Offset, Upload-Length, Upload-Metadata, Upload-Expires"),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn head_upload(
    State(city): State<City>,
    _: Tus,
    Sender { citizen_id, upload_id }: Sender,
) -> Result<Response, Refused> {
    let upload = present(&city.uploads, citizen_id, upload_id).await?;
    Ok(all_about(&upload))
}

/// The upload at rest.
async fn present(uploads: &Uploads, citizen_id: String, upload_id: UploadId) -> Result<Upload, Refused> {
    let find = move |tx: &mut dyn crate::store::Tx| record::find(tx, &citizen_id, upload_id, machine_now());
    // Whose upload it is comes first: nobody stops another person's request.
    uploads.store.read(find.clone()).await?.ok_or(Refused::NotFound)?;
    let _writer = uploads.writers.acquire(upload_id).await.ok_or(Refused::Busy)?;
    uploads.store.read(find).await?.ok_or(Refused::NotFound)
}
