//! What a citizen files, frozen and signed, and the city's receipt for it.
//!
//! A submission is signed once and never changes: the same bytes go out however often the network fails.
//! It cites its files by name and SHA-256, so it can be signed before the first byte is uploaded.

use serde::{Deserialize, Serialize};

use crate::case::Case;
use crate::catalogue::DeliveryChoice;
use crate::delivery::DeliverTo;
use crate::form::Answers;
use crate::grievance::About;
use crate::mandate::ByMandate;
use crate::{
    AttachmentId, CaseId, DeclarationId, DeviceId, EvidenceRequestId, FieldId, RegisterId, RequirementId,
    ServiceId, Subject, TransactionId,
};

/// The header that carries the [`TransactionId`] of a write.
pub const IDEMPOTENCY_KEY: &str = "Idempotency-Key";

/// What a citizen files (申请): the payload of a [`SignedDocument`] of type
/// [`SUBMISSION`](crate::jose::typ::SUBMISSION).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Submission {
    /// Made before the network is touched; equal to the `Idempotency-Key`.
    pub transaction_id: TransactionId,
    /// Whose application it is.
    pub subject: Subject,
    /// Under which mandate, where it is for somebody else than who signs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<ByMandate>,
    /// The device that signs.
    pub device_id: DeviceId,
    /// What for.
    pub service_id: ServiceId,
    /// The version of the service's document that the citizen saw.
    pub service_version: u32,
    /// The answers.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub answers: Answers,
    /// The declarations signed with it.
    #[serde(default)]
    pub declarations: Vec<DeclarationId>,
    /// The files that belong to it.
    #[serde(default)]
    pub attachments: Vec<SubmittedAttachment>,
    /// What the citizen says is wrong in a register.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub disputes: Vec<Dispute>,
    /// How the result shall reach the citizen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivery: Option<DeliveryChoice>,
    /// Where the courier brings it; none for the registered address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deliver_to: Option<DeliverTo>,
    /// What a grievance is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<About>,
    /// When the citizen filed, by the phone's clock. The day on which rules of the form are judged, unless it lies
    /// ahead of the city's.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub made_at: jiff::Timestamp,
}

/// Something that is wrong in a register, by the word of the person it is about: a request to put it right that goes
/// along with a submission. What is right is the submission's own answer.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Dispute {
    /// The field that the register answered.
    pub field_id: FieldId,
    /// The register.
    pub register: RegisterId,
    /// What the register said.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub registered: serde_json::Value,
    /// What the citizen says to it; may be empty.
    #[serde(default)]
    pub note: String,
}

/// A file cited by a submission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SubmittedAttachment {
    /// The file's name at the phone, and at the city the name it is uploaded under.
    pub attachment_id: AttachmentId,
    /// What it is shown for.
    pub requirement_id: RequirementId,
    /// The digest of the whole file: SHA-256, base64url without padding.
    pub sha256: String,
    /// The file's size in bytes.
    pub size: u64,
    /// What it is, by its content, such as `image/jpeg`.
    pub media_type: String,
}

/// The answer to an office's request for evidence: the payload of a [`SignedDocument`] of type
/// [`SUPPLEMENT`](crate::jose::typ::SUPPLEMENT).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Supplement {
    /// Made before the network is touched; equal to the `Idempotency-Key`.
    pub transaction_id: TransactionId,
    /// Whose case it is.
    pub subject: Subject,
    /// Under which mandate, where it is for somebody else than who signs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<ByMandate>,
    /// The device that signs.
    pub device_id: DeviceId,
    /// The case that asked.
    pub case_id: CaseId,
    /// What it asked.
    pub request_id: EvidenceRequestId,
    /// What the citizen says to it, in their own words; empty where the files speak for themselves.
    #[serde(default)]
    pub note: String,
    /// The files.
    #[serde(default)]
    pub attachments: Vec<SubmittedAttachment>,
    /// When the citizen answered, by the phone's clock.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub made_at: jiff::Timestamp,
}

/// `POST /v1/submissions` and `POST /v1/cases/{case_id}/supplements`: a document signed by the citizen's
/// device, in compact form (RFC 7515).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SignedDocument {
    /// The compact document.
    pub document: String,
}

/// The answer to both, and to `GET /v1/submissions/{transaction_id}`: that the city has it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Acknowledgement {
    /// A [`Receipt`] in compact form, signed by the city.
    pub receipt: String,
    /// The case as it stands.
    pub case: Case,
}

/// The city's word that it has a document: the payload of a compact document of type
/// [`RECEIPT`](crate::jose::typ::RECEIPT). The phone gives up its own copy of the duty to send only for a
/// receipt that verifies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Receipt {
    /// The transaction it answers.
    pub transaction_id: TransactionId,
    /// Whose case it is.
    pub subject: Subject,
    /// Under which mandate, where it is for somebody else than who signed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<ByMandate>,
    /// The case that the document made or went into.
    pub case_id: CaseId,
    /// SHA-256 of the compact document's text, base64url without padding.
    pub document_sha256: String,
    /// When the city took it, by the city's civil clock.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub received_at: jiff::Timestamp,
}

hidden_debug!(Submission, Dispute, Supplement, SignedDocument, Acknowledgement);
