//! Asking for an upload's offset, and sending the rest from there.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use citizen_api::submission::SubmittedAttachment;
use citizen_api::upload::{OFFSET_MEDIA_TYPE, TUS_RESUMABLE, TUS_VERSION, UPLOAD_LENGTH, UPLOAD_OFFSET};
use reqwest::Method;
use reqwest::header::CONTENT_TYPE;
use url::Url;

use super::body::FileBody;
use super::way::Way;
use crate::Error;
use crate::http::Reply;

/// How long a file may stand still on its way.
const PATIENCE: Duration = Duration::from_secs(30);

/// How many bytes the city holds.
pub(super) async fn ask(way: Way<'_>, location: &Url, file: &SubmittedAttachment) -> Result<u64, Error> {
    let reply = way
        .send(|http| Ok(http.request(Method::HEAD, location.clone())?.header(TUS_RESUMABLE, TUS_VERSION)))
        .await?;
    match header(&reply, UPLOAD_LENGTH).is_none_or(|length| length == file.size) {
        true => offset(&reply),
        false => Err(Error::CityAnsweredNonsense),
    }
}

/// Sends the rest of a file in one request and gives the offset that the city confirms.
pub(super) async fn send_rest(
    way: Way<'_>,
    location: &Url,
    file: &SubmittedAttachment,
    from: u64,
    tell: impl Fn(u64) + Clone + Send + Sync + Unpin + 'static,
) -> Result<u64, Error> {
    let moved = Arc::new(AtomicU64::new(0));
    // The request may be begun a second time, after a refresh; the file is then read from the disk again.
    let sending = way.send(|http| {
        let blob = way.open_at(file.attachment_id, from)?;
        let body = FileBody::new(blob, from, file.size, Arc::clone(&moved), tell.clone());
        Ok(http
            .upload(Method::PATCH, location.clone())?
            .header(TUS_RESUMABLE, TUS_VERSION)
            .header(UPLOAD_OFFSET, from)
            .header(CONTENT_TYPE, OFFSET_MEDIA_TYPE)
            .body(reqwest::Body::wrap(body)))
    });
    let reply = tokio::select! {
        reply = sending => reply?,
        () = stalled(&moved) => return Err(Error::CityUnreachable),
    };
    let confirmed = offset(&reply)?;
    match (from..=file.size).contains(&confirmed) {
        true => Ok(confirmed),
        false => Err(Error::CityAnsweredNonsense),
    }
}

/// Waits until nothing has moved for a while: neither a piece of the file nor, after the last one, the answer.
async fn stalled(moved: &AtomicU64) {
    let mut before = None;
    loop {
        let now = moved.load(Ordering::Relaxed);
        if before.replace(now) == Some(now) {
            return;
        }
        tokio::time::sleep(PATIENCE).await;
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
