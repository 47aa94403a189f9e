//! Refusals, as RFC 9457 problem details.
//!
//! A problem's `type` is stable and the phone decides by it alone; `title` and `detail` are for people
//! and may change. A refusal never repeats what the citizen sent.

use serde::{Deserialize, Serialize};

use crate::Text;

/// The media type of a problem document.
pub const MEDIA_TYPE: &str = "application/problem+json";

/// A refusal by the city.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Problem {
    /// What kind of refusal this is: the one part that programs read.
    #[serde(rename = "type")]
    pub kind: ProblemType,
    /// The HTTP status, repeated so that a stored problem stands alone.
    pub status: u16,
    /// What is wrong and what to do, in a sentence for the person.
    pub title: Text,
    /// A JSON pointer into the request body where one place is at fault, such as `/answers/amount`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pointer: Option<String>,
}

/// Every kind of refusal there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ProblemType {
    /// 400: the request cannot be read.
    MalformedRequest,
    /// 400: a write came without an `Idempotency-Key`.
    IdempotencyKeyMissing,
    /// 401: no access token, or one that has ended.
    SignInRequired,
    /// 403: signed in, but not allowed.
    Forbidden,
    /// 403: there is no mandate for it: it was never given or accepted, has ended, was revoked, or does not cover this.
    NoMandate,
    /// 404: not there, or not for this person. The two are not told apart.
    NotFound,
    /// 405: not a thing that can be done here.
    MethodNotAllowed,
    /// 409: the same request is being carried out at this moment.
    InProgress,
    /// 409: the thing is not in a state that allows this.
    WrongState,
    /// 409: this bill or fact has been claimed before.
    AlreadyClaimed,
    /// 409: an uploaded file that the submission cites is missing or not complete.
    EvidenceIncomplete,
    /// 409: this version of the form is no longer accepted; the draft has to be moved to the present one.
    FormOutdated,
    /// 409: every seat of that half hour is taken; another time can be booked.
    SlotTaken,
    /// 410: the cursor is older than what the city keeps; start over from the beginning.
    CursorExpired,
    /// 412: the tus version is not spoken here.
    UnsupportedVersion,
    /// 413: larger than is accepted.
    TooLarge,
    /// 415: not a kind of content that is accepted.
    UnsupportedMediaType,
    /// 422: the same `Idempotency-Key` came with another body before.
    IdempotencyKeyReused,
    /// 422: an answer is missing or not of the kind that the form asks for.
    InvalidAnswer,
    /// 422: the signature does not belong to a device of this person, or does not fit the document.
    InvalidSignature,
    /// 422: evidence that the law or the catalogue has cancelled was asked for.
    EvidenceCancelled,
    /// 422: the ID number is not one (GB 11643).
    InvalidIdNumber,
    /// 429: too many requests; `Retry-After` says when to come again.
    TooManyRequests,
    /// 460: the content does not match its checksum (tus).
    ChecksumMismatch,
    /// 500: the city failed. What it was asked did not happen.
    Internal,
    /// 503: the city cannot take it now; `Retry-After` says when to come again.
    Unavailable,
    /// A kind that this version does not know. Never sent.
    #[serde(other)]
    Unknown,
}
