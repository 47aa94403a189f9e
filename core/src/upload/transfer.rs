//! Asking for an upload's offset, and sending the rest from there.

use citizen_api::submission::SubmittedAttachment;
use citizen_api::upload::{OFFSET_MEDIA_TYPE, TUS_RESUMABLE, TUS_VERSION, UPLOAD_LENGTH, UPLOAD_OFFSET};
use reqwest::Method;
use reqwest::header::CONTENT_TYPE;
use url::Url;

use super::body::FileBody;
use crate::Error;
use crate::http::Reply;
use crate::people::Compartment;

/// How many bytes the city holds.
pub(super) async fn ask(
    compartment: &Compartment,
    location: &Url,
    file: &SubmittedAttachment,
) -> Result<u64, Error> {
    let reply = compartment
        .session()
        .authorized(|http| http.request(Method::HEAD, location.clone()).header(TUS_RESUMABLE, TUS_VERSION))
        .await?;
    match header(&reply, UPLOAD_LENGTH).is_none_or(|length| length == file.size) {
        true => offset(&reply),
        false => Err(Error::CityAnsweredNonsense),
    }
}

/// Sends the rest of a file in one request and gives the offset that the city confirms.
pub(super) async fn send_rest(
    compartment: &Compartment,
    location: &Url,
    file: &SubmittedAttachment,
    from: u64,
    tell: impl Fn(u64) + Clone + Send + Sync + Unpin + 'static,
) -> Result<u64, Error> {
    // The session may begin the request a second time, after a refresh; the file is then read from the disk again.
    let blobs = compartment.blobs();
    blobs.open_at(file.attachment_id, from)?;
    let body = || match blobs.open_at(file.attachment_id, from) {
        Ok(blob) => reqwest::Body::wrap(FileBody::new(blob, from, file.size, tell.clone())),
        Err(_) => reqwest::Body::default(),
    };
    let reply = compartment
        .session()
        .authorized(|http| {
            http.request(Method::PATCH, location.clone())
                .header(TUS_RESUMABLE, TUS_VERSION)
                .header(UPLOAD_OFFSET, from)
                .header(CONTENT_TYPE, OFFSET_MEDIA_TYPE)
                .body(body())
        })
        .await?;
    let confirmed = offset(&reply)?;
    match (from..=file.size).contains(&confirmed) {
        true => Ok(confirmed),
        false => Err(Error::CityAnsweredNonsense),
    }
}

/// Whether the city says that it does not have the upload, or no longer.
pub(super) fn forgotten(error: &Error) -> bool {
    matches!(error, Error::Refused(problem) if matches!(problem.status, 404 | 410))
}

/// The offset of an answer.
pub(super) fn offset(reply: &Reply) -> Result<u64, Error> {
    header(reply, UPLOAD_OFFSET).ok_or(Error::CityAnsweredNonsense)
}

fn header(reply: &Reply, name: &str) -> Option<u64> {
    reply.headers.get(name)?.to_str().ok()?.trim().parse().ok()
}

/// Whether an address is at the same scheme, host and port.
pub(super) fn same_city(address: &Url, city: &Url) -> bool {
    address.origin() == city.origin()
}
