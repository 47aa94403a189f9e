//! Uploads: tus 1.0 with creation, creation-with-upload, checksum, expiration and termination.
//!
//! `POST /v1/uploads` creates, with an `Idempotency-Key` that makes creation repeatable: the same key gives
//! the same resource and its present offset. `HEAD`, `PATCH` and `DELETE` act on the `Location` it names.
//! An offset that the city acknowledges is on its disk.

use serde::{Deserialize, Serialize};

/// The protocol version in use.
pub const TUS_VERSION: &str = "1.0.0";
/// `Tus-Resumable`: the version, on every request and answer but `OPTIONS`.
pub const TUS_RESUMABLE: &str = "Tus-Resumable";
/// `Upload-Offset`: how many bytes the city holds.
pub const UPLOAD_OFFSET: &str = "Upload-Offset";
/// `Upload-Length`: how many bytes the whole file has.
pub const UPLOAD_LENGTH: &str = "Upload-Length";
/// `Upload-Metadata`: keys and base64 values; see [`metadata`].
pub const UPLOAD_METADATA: &str = "Upload-Metadata";
/// `Upload-Checksum`: algorithm and base64 digest of the bytes of one request.
pub const UPLOAD_CHECKSUM: &str = "Upload-Checksum";
/// `Upload-Expires`: when an unfinished upload is forgotten.
pub const UPLOAD_EXPIRES: &str = "Upload-Expires";
/// The media type of a request that carries bytes of a file.
pub const OFFSET_MEDIA_TYPE: &str = "application/offset+octet-stream";

/// The keys of `Upload-Metadata` that the city reads. A file's name is never sent: it is the citizen's.
pub mod metadata {
    /// The [`AttachmentId`](crate::AttachmentId) as text.
    pub const ATTACHMENT_ID: &str = "attachment_id";
    /// The media type.
    pub const MEDIA_TYPE: &str = "filetype";
    /// SHA-256 of the whole file, base64url without padding. The city checks it when the last byte is there.
    pub const SHA256: &str = "sha256";
}

/// `POST /v1/uploads/{upload_id}/pass`: asks for a pass, bound to a key that was made for this one upload.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UploadPassRequest {
    /// The thumbprint of the key (RFC 7638).
    pub jkt: String,
}

/// What a phone goes on with when the person has locked it: shown with a proof by its key in the place of an access token,
/// it opens `HEAD` and `PATCH` of its upload, and nothing else.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UploadPass {
    /// The pass.
    pub pass: String,
    /// For how many seconds it is good, where the sign-in that it came of is not ended before.
    pub expires_in: u32,
}

hidden_debug!(UploadPass);
