//! Answers in the manner of tus.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use citizen_api::problem::ProblemType;
use citizen_api::upload::{TUS_VERSION, UPLOAD_EXPIRES, UPLOAD_LENGTH, UPLOAD_METADATA, UPLOAD_OFFSET};
use jiff::Timestamp;

use super::headers::check_version;
use super::record::Upload;
use super::refused::Refused;
use crate::http::Refusal;

/// How a moment is written in a header (RFC 9110, section 5.6.7).
const HTTP_DATE: &str = "%a, %d %b %Y %H:%M:%S GMT";

/// A request that speaks this version of tus. Stands before everything else that a handler takes: a request in
/// another version is not looked into.
pub(super) struct Tus;

impl<S: Send + Sync> FromRequestParts<S> for Tus {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refused> {
        check_version(&parts.headers).map(|()| Self)
    }
}

/// Marks every answer with the version, and as nothing to be kept on the way: an offset is true only now.
pub(super) async fn mark(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert("tus-resumable", HeaderValue::from_static(TUS_VERSION));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// An answer about an upload: where it stands, and until when it is kept.
pub(super) fn about(status: StatusCode, upload: &Upload) -> Response {
    let mut headers = HeaderMap::new();
    headers.insert(UPLOAD_OFFSET, upload.received.into());
    if let Some(expires) = expires(upload) {
        headers.insert(UPLOAD_EXPIRES, expires);
    }
    (status, headers).into_response()
}

/// The answer to `HEAD`: also what the upload is.
pub(super) fn all_about(upload: &Upload) -> Response {
    let mut response = about(StatusCode::OK, upload);
    response.headers_mut().insert(UPLOAD_LENGTH, upload.length.into());
    if let Ok(metadata) = HeaderValue::from_str(&upload.metadata) {
        response.headers_mut().insert(UPLOAD_METADATA, metadata);
    }
    response
}

/// When an unfinished upload is forgotten.
fn expires(upload: &Upload) -> Option<HeaderValue> {
    let moment = Timestamp::from_second(upload.expires_at).ok().filter(|_| !upload.complete)?;
    HeaderValue::from_str(&moment.strftime(HTTP_DATE).to_string()).ok()
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        match &self {
            Self::Io(error) => tracing::error!(%error, "an upload could not be written or read"),
            Self::Store(error) => tracing::error!(%error, "the store failed under an upload"),
            Self::Full => tracing::error!("the disk of the uploads is full"),
            _ => {}
        }
        let reason = self.reason();
        let refusal = Refusal::new(self.kind(), reason.zh, reason.en);
        let refusal = if self.kind() == ProblemType::Unavailable { refusal.retry_after(60) } else { refusal };
        let mut response = refusal.into_response();
        match self {
            Self::Version => {
                response.headers_mut().insert("tus-version", HeaderValue::from_static(TUS_VERSION));
            }
            Self::Offset { held } => {
                response.headers_mut().insert(UPLOAD_OFFSET, held.into());
            }
            _ => {}
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::HTTP_DATE;

    #[test]
    fn a_moment_is_written_as_http_writes_it() {
        let moment = Timestamp::from_second(784_111_777).unwrap();
        assert_eq!(moment.strftime(HTTP_DATE).to_string(), "Sun, 06 Nov 1994 08:49:37 GMT");
    }
}
