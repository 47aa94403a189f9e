//! `PATCH /v1/uploads/{upload_id}`: adds bytes where the city stands.

use axum::body::Body;
use axum::extract::{FromRequestParts, Path, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use citizen_api::UploadId;
use citizen_api::problem::Problem;

use super::pass::Sender;
use super::receive::{Begins, Incoming, receive};
use super::refused::Refused;
use super::reply::{Tus, about};
use super::{headers, record};
use crate::clock::machine_now;
use crate::http::City;

/// The upload that the address names. An address that names none is as good as one that is not there.
pub(super) struct Named(pub(super) UploadId);

impl<S: Send + Sync> FromRequestParts<S> for Named {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refused> {
        let Path(upload_id) =
            Path::<UploadId>::from_request_parts(parts, state).await.map_err(|_| Refused::NotFound)?;
        Ok(Self(upload_id))
    }
}

/// Adds bytes at `Upload-Offset`, which must be where the city stands. Answers with the new offset once the
/// bytes are on the disk.
#[utoipa::path(
    patch,
    path = "/v1/uploads/{upload_id}",
    tag = "uploads",
    params(
        ("upload_id" = UploadId, Path),
        ("Tus-Resumable" = String, Header, description = "1.0.0"),
        ("Upload-Offset" = u64, Header, description = "Where the bytes begin"),
        ("Upload-Checksum" = Option<String>, Header, description = "The digest of the body"),
    ),
    request_body(content = Vec<u8>, content_type = "application/offset+octet-stream"),
    responses(
        (status = 204, description = "Upload-Offset, Upload-Expires"),
        (status = 460, description = "The bytes do not match their checksum, and were not kept", body = Problem,
         content_type = "application/problem+json"),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn patch_upload(
    State(city): State<City>,
    _: Tus,
    Sender { citizen_id, upload_id }: Sender,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refused> {
    if !headers::carries_bytes(&headers)? {
        return Err(Refused::ContentType);
    }
    let incoming = Incoming {
        citizen_id: citizen_id.clone(),
        upload_id,
        begins: Begins::At(headers::offset(&headers)?),
        content_length: headers::content_length(&headers),
        checksum: headers::checksum(&headers)?,
        body,
    };
    let uploads = city.uploads;
    let work = {
        let uploads = uploads.clone();
        async move {
            // Whose upload it is comes first: nobody stops another person's request.
            let found =
                uploads.store.read(move |tx| record::find(tx, &citizen_id, upload_id, machine_now())).await?;
            found.ok_or(Refused::NotFound)?;
            let writer = uploads.writers.acquire(upload_id).await.ok_or(Refused::Busy)?;
            receive(&uploads, &writer, incoming).await
        }
    };
    let upload = uploads.run_to_end(work).await?;
    Ok(about(StatusCode::NO_CONTENT, &upload))
}
