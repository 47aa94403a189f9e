//! What officers send, and the ledger they may read. Every route here begins with `/v1/officer` and wants
//! an officer's token.

use serde::{Deserialize, Serialize};

use crate::case::{Case, CaseStatus, CheckStatus, DisputeStatus};
use crate::delivery::DeliveryStatus;
use crate::settlement::FeeLine;
use crate::{
    AttachmentId, CaseId, CredentialId, DeliveryId, Fen, FieldId, RegisterId, RequirementId, ServiceId, Text,
    TransactionId,
};

/// `GET /v1/officer/cases?status=`: the cases of the office, oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseList {
    /// The cases.
    pub cases: Vec<Case>,
}

/// `POST /v1/officer/cases/{case_id}/request`: asks the citizen for evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RequestEvidence {
    /// Which of the service's requirements.
    pub requirement_id: RequirementId,
    /// Why, in words for the citizen.
    pub reason: Text,
}

/// `POST /v1/officer/cases/{case_id}/settle`: settles the bill.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Settle {
    /// The lines of the bill; none to take them from the register of medical bills by invoice number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lines: Option<Vec<FeeLine>>,
}

/// `POST /v1/officer/cases/{case_id}/refuse`: refuses, with reasons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Refuse {
    /// The reason, and what can be done about it.
    pub reason: Text,
    /// The legal ground.
    pub legal_ground: Text,
}

/// `POST /v1/officer/codes`: a one-time code for a person who wants to sign in.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CodeRequest {
    /// The person's ID number.
    pub id_number: String,
}

/// The code that stands in for a text message.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OneTimeCode {
    /// Six digits.
    pub code: String,
    /// When it ends, by the machine's own clock.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub expires_at: jiff::Timestamp,
}

/// `GET` and `PUT /v1/officer/clock`: the day that the city has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CivilDay {
    /// The day.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub date: jiff::civil::Date,
}

/// `POST /v1/officer/proactive/run`: what a run over the registers did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProactiveRun {
    /// The day it was run for.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub date: jiff::civil::Date,
    /// How often it found somebody for whom there is something.
    pub offers_made: u64,
    /// How many cards it made.
    pub credentials_made: u64,
    /// How many deliveries it opened.
    pub deliveries_opened: u64,
}

/// `GET /v1/officer/deliveries`: parcels that are not at the door yet, oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeliveryList {
    /// The parcels.
    pub deliveries: Vec<crate::delivery::Delivery>,
}

/// `GET /v1/officer/residents?page=`: the seeded residents, for demonstrations and tests.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ResidentList {
    /// At most 100 residents, by ID number.
    pub residents: Vec<Resident>,
    /// Whether there is another page.
    pub more: bool,
}

/// A resident.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Resident {
    /// Their ID number (GB 11643).
    pub id_number: String,
    /// Their name.
    pub name: String,
    /// Their day of birth.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub birth_date: jiff::civil::Date,
    /// Where they live.
    pub address: String,
    /// Whether they are medically insured.
    pub insured: bool,
}

/// `GET /v1/officer/ledger?id_number=`: everything that the city did for a person. What a test believes
/// instead of the phone's word.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Ledger {
    /// The submissions that had an effect, oldest first.
    pub submissions: Vec<LedgerSubmission>,
    /// The answers to requests for evidence that had an effect, oldest first.
    pub supplements: Vec<LedgerSupplement>,
    /// The uploaded files.
    pub uploads: Vec<LedgerUpload>,
    /// The payouts.
    pub payouts: Vec<LedgerPayout>,
    /// The cards made.
    pub credentials: Vec<LedgerCredential>,
    /// The parcels.
    pub deliveries: Vec<LedgerDelivery>,
    /// The checks between departments.
    #[serde(default)]
    pub checks: Vec<LedgerCheck>,
    /// What the person said is wrong in a register.
    #[serde(default)]
    pub disputes: Vec<LedgerDispute>,
    /// What the city had to look up itself after filing.
    #[serde(default)]
    pub lookups: Vec<LedgerLookup>,
    /// What others did for the person under a mandate, and the person for others.
    #[serde(default)]
    pub mandate_acts: Vec<crate::mandate::MandateAct>,
    /// How many writes came again with a key the city knew, and were answered from memory.
    pub repeats: u64,
}

/// A submission that had an effect.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LedgerSubmission {
    /// Its transaction.
    pub transaction_id: TransactionId,
    /// The case it made.
    pub case_id: CaseId,
    /// Of which service.
    pub service_id: ServiceId,
    /// Under which mandate somebody else did it; none where the person did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<crate::mandate::ByMandate>,
    /// Where the case stands.
    pub status: CaseStatus,
    /// The answers as filed.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub answers: crate::form::Answers,
    /// The files it cites.
    pub attachments: Vec<AttachmentId>,
    /// How its result was to reach the citizen; at a counter means a trip.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivery: Option<crate::catalogue::DeliveryChoice>,
}

/// An answer to a request for evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LedgerSupplement {
    /// Its transaction.
    pub transaction_id: TransactionId,
    /// The case it went into.
    pub case_id: CaseId,
    /// Under which mandate somebody else did it; none where the person did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<crate::mandate::ByMandate>,
    /// The files it cites.
    pub attachments: Vec<AttachmentId>,
}

/// An uploaded file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LedgerUpload {
    /// The file.
    pub attachment_id: AttachmentId,
    /// Its size in bytes.
    pub length: u64,
    /// How many bytes the city holds.
    pub offset: u64,
    /// Digest of what the city holds, once whole: SHA-256, base64url.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
}

/// A payout.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LedgerPayout {
    /// The case.
    pub case_id: CaseId,
    /// How much.
    pub amount: Fen,
}

/// A card made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LedgerCredential {
    /// The card.
    pub credential_id: CredentialId,
    /// What kind.
    pub kind: crate::credential::CredentialKind,
    /// How many phones fetched it.
    pub devices: u64,
}

/// A parcel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LedgerDelivery {
    /// The parcel.
    pub delivery_id: DeliveryId,
    /// Where it stands.
    pub status: DeliveryStatus,
}

/// A check between departments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LedgerCheck {
    /// The case.
    pub case_id: CaseId,
    /// What is to be shown.
    pub requirement_id: RequirementId,
    /// What the department answered.
    pub status: CheckStatus,
}

/// Something that is wrong in a register, by the person's word.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LedgerDispute {
    /// The case.
    pub case_id: CaseId,
    /// The field that the register answered.
    pub field_id: FieldId,
    /// Where it stands.
    pub status: DisputeStatus,
    /// What the register says now; none where it has no such item.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registered_now: Option<String>,
}

/// A requirement that the city found in a register, or did not, after filing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LedgerLookup {
    /// The case.
    pub case_id: CaseId,
    /// What is to be shown.
    pub requirement_id: RequirementId,
    /// The register that is or was asked.
    pub register: RegisterId,
    /// What came of it: `deferred` while the register is down, `shared` where it was found, `asked` where the citizen
    /// is asked instead, `missing` where nothing can stand for it.
    pub way: String,
}

hidden_debug!(
    CodeRequest,
    OneTimeCode,
    ResidentList,
    Resident,
    Ledger,
    LedgerSubmission,
    LedgerDispute,
    LedgerPayout
);
