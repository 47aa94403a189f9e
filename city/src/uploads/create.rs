//! `POST /v1/uploads`: makes an upload, perhaps with its first bytes, or finds the one that was made before.

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use citizen_api::UploadId;
use citizen_api::problem::Problem;

use super::receive::{Begins, Incoming, receive};
use super::record::{self, Creation, Upload};
use super::refused::Refused;
use super::reply::{Tus, about};
use super::writers::Writer;
use super::{Uploads, headers};
use crate::clock::machine_now;
use crate::http::idempotency::REPLAY;
use crate::http::{Citizen, City};

/// Makes an upload. `Upload-Metadata` must name `attachment_id`, `filetype` and `sha256`. The body may carry
/// the file's first bytes, or all of them. The same `Idempotency-Key`, or the same attachment, gives the same
/// upload with its present offset; bytes that are here already are passed over.
#[utoipa::path(
    post,
    path = "/v1/uploads",
    tag = "uploads",
    params(
        ("Tus-Resumable" = String, Header, description = "1.0.0"),
        ("Idempotency-Key" = String, Header, description = "Makes the creation repeatable"),
        ("Upload-Length" = u64, Header, description = "How many bytes the file has"),
        ("Upload-Metadata" = String, Header, description = "attachment_id, filetype and sha256, in base64"),
        ("Upload-Checksum" = Option<String>, Header, description = "The digest of the body"),
    ),
    request_body(content = Vec<u8>, content_type = "application/offset+octet-stream"),
    responses(
        (status = 201, description = "Location, Upload-Offset, Upload-Expires"),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn create_upload(
    State(city): State<City>,
    _: Tus,
    citizen: Citizen,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Refused> {
    let uploads = city.uploads;
    let work = {
        let uploads = uploads.clone();
        async move { create(&uploads, citizen.citizen_id, &headers, body).await }
    };
    let created = uploads.run_to_end(work).await?;
    let mut response = about(StatusCode::CREATED, &created.upload);
    // Without a host: a phone that reached the city through a proxy goes on through it.
    let location = format!("/v1/uploads/{}", created.upload.upload_id);
    if let Ok(location) = HeaderValue::from_str(&location) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    if !created.fresh {
        response.headers_mut().insert(REPLAY, HeaderValue::from_static("true"));
    }
    Ok(response)
}

struct Created {
    upload: Upload,
    fresh: bool,
}

async fn create(
    uploads: &Uploads,
    citizen_id: String,
    headers: &HeaderMap,
    body: Body,
) -> Result<Created, Refused> {
    let creation = Creation {
        citizen_id: citizen_id.clone(),
        key: headers::idempotency_key(headers)?,
        declared: headers::declared(headers)?,
        metadata: headers::metadata(headers)?.to_owned(),
        length: length(uploads, headers)?,
    };
    let checksum = headers::checksum(headers)?;
    let carries_bytes = headers::carries_bytes(headers)?;
    let content_length = headers::content_length(headers);
    if !carries_bytes && content_length.is_some_and(|bytes| bytes > 0) {
        return Err(Refused::ContentType);
    }
    let (upload, writer) = make_or_find(uploads, creation).await?;
    let fresh = writer.is_some();
    if !carries_bytes || upload.complete {
        return Ok(Created { upload, fresh });
    }
    let writer = match writer {
        Some(writer) => writer,
        None => uploads.writers.acquire(upload.upload_id).await.ok_or(Refused::Busy)?,
    };
    let upload_id = upload.upload_id;
    let incoming =
        Incoming { citizen_id, upload_id, begins: Begins::AtStart, content_length, checksum, body };
    match receive(uploads, &writer, incoming).await {
        Ok(upload) => Ok(Created { upload, fresh }),
        // The upload is made, and its name is what the phone needs most; the offset tells how far it came.
        Err(Refused::Busy) => Ok(Created { upload, fresh }),
        Err(refused) => Err(refused),
    }
}

/// How long the file will be.
fn length(uploads: &Uploads, headers: &HeaderMap) -> Result<u64, Refused> {
    let max = uploads.limits.file_bytes;
    match headers::length(headers)? {
        0 => Err(Refused::Empty),
        length if length > max => Err(Refused::TooLarge { max }),
        length => Ok(length),
    }
}

/// Makes the file, then the row that names it; or finds the row that this creation made before. A writer comes
/// along only where the upload is new.
async fn make_or_find(uploads: &Uploads, creation: Creation) -> Result<(Upload, Option<Writer>), Refused> {
    let upload_id = UploadId::generate();
    let writer = uploads.writers.acquire(upload_id).await.ok_or(Refused::Busy)?;
    uploads.folder.create(upload_id).await?;
    let limits = uploads.limits;
    let made =
        uploads.store.write(move |tx| record::create(tx, &creation, upload_id, &limits, machine_now())).await;
    match made {
        Ok(upload) if upload.upload_id == upload_id => Ok((upload, Some(writer))),
        other => {
            uploads.folder.remove(upload_id).await?;
            other.map(|upload| (upload, None))
        }
    }
}
