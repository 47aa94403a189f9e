//! What became of a submission.

use serde::{Deserialize, Serialize};

use crate::grievance::Grievance;
use crate::settlement::Settlement;
use crate::{
    CaseId, DeclarationId, DeliveryId, EvidenceRequestId, Fen, FieldId, RequirementId, ServiceId, Text,
    TransactionId,
};

/// A case at an office (办件), whole: as `GET /v1/cases/{case_id}` gives it and as the changes feed carries it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Case {
    /// The case's name.
    pub case_id: CaseId,
    /// The submission that made it.
    pub transaction_id: TransactionId,
    /// Of which service.
    pub service_id: ServiceId,
    /// The version of the service's document.
    pub service_version: u32,
    /// The service's title when it was filed, so that a case can be shown without the catalogue.
    pub title: Text,
    /// Where it stands.
    pub status: CaseStatus,
    /// Grows with each event and with every other change: of two copies of a case the one with more is the newer.
    pub revision: u64,
    /// When it was received, by the city's civil clock.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub received_at: jiff::Timestamp,
    /// The day by which the office has promised to be done.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub promised_by: jiff::civil::Date,
    /// What happened, oldest first.
    pub events: Vec<CaseEvent>,
    /// What the office asked the citizen, oldest first.
    #[serde(default)]
    pub requests: Vec<EvidenceRequest>,
    /// What other departments were asked instead of the citizen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<EvidenceCheck>,
    /// What the city still has to look up in a register that was down when the case was filed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deferred: Vec<DeferredLookup>,
    /// The declarations that were signed with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub declarations: Vec<SignedDeclaration>,
    /// What the citizen said is wrong in a register, and what became of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub disputes: Vec<CaseDispute>,
    /// How the bill was settled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settlement: Option<Settlement>,
    /// What was paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payout: Option<Payout>,
    /// Why it was refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusal: Option<Refusal>,
    /// The parcel with its result.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivery_id: Option<DeliveryId>,
    /// Where it is a grievance: who has to answer it, and what was answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grievance: Option<Grievance>,
}

impl Case {
    /// The request that waits for the citizen, where there is one.
    pub fn open_request(&self) -> Option<&EvidenceRequest> {
        self.requests.iter().find(|request| request.answered_by.is_none())
    }
}

/// Where a case stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CaseStatus {
    /// The city has it.
    Received,
    /// The office has taken it on.
    Accepted,
    /// The office waits for the citizen.
    EvidenceRequested,
    /// Looked through; the decision is being made.
    Reviewed,
    /// The amount is fixed; the money is not on its way yet.
    Settled,
    /// The money is on the account. Final.
    Paid,
    /// Granted. Final.
    Granted,
    /// Refused, with reasons. Final.
    Refused,
    /// A grievance was answered. Final.
    Answered,
    /// A status that this version does not know. Never sent.
    #[serde(other)]
    Unknown,
}

impl CaseStatus {
    /// Whether nothing more will happen.
    pub fn is_final(self) -> bool {
        matches!(self, Self::Paid | Self::Granted | Self::Refused | Self::Answered)
    }
}

/// One thing that happened to a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseEvent {
    /// Its place in the case: 1, 2, 3 …
    pub sequence: u32,
    /// What happened.
    pub kind: CaseEventKind,
    /// When, by the city's civil clock.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub at: jiff::Timestamp,
    /// Who did it: an office, or the citizen.
    pub by: Text,
}

/// What can happen to a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CaseEventKind {
    /// The city received the submission.
    Received,
    /// The office took it on.
    Accepted,
    /// The office asked for evidence.
    EvidenceRequested,
    /// The citizen answered.
    EvidenceProvided,
    /// The office finished looking.
    Reviewed,
    /// The bill was settled.
    Settled,
    /// The money was paid.
    Paid,
    /// It was granted.
    Granted,
    /// It was refused.
    Refused,
    /// Nobody answered in time, so it went to the desk above.
    Climbed,
    /// It was answered.
    Answered,
    /// An event that this version does not know. Never sent.
    #[serde(other)]
    Unknown,
}

/// What an office asks of a citizen within a case.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EvidenceRequest {
    /// The request's name.
    pub request_id: EvidenceRequestId,
    /// What must be shown: one of the service's requirements.
    pub requirement_id: RequirementId,
    /// What people call it.
    pub title: Text,
    /// Why it is needed, in the officer's words.
    pub reason: Text,
    /// When it was asked, by the city's civil clock.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub requested_at: jiff::Timestamp,
    /// The day by which it should be answered.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub answer_by: jiff::civil::Date,
    /// The supplement that answered it; none while it waits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered_by: Option<TransactionId>,
}

/// What another department is asked instead of the citizen (部门核查).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EvidenceCheck {
    /// What is to be shown: one of the service's requirements.
    pub requirement_id: RequirementId,
    /// What people call it.
    pub title: Text,
    /// The department that is asked.
    pub department: Text,
    /// What it answered.
    pub status: CheckStatus,
    /// When it answered, by the city's civil clock; none while it is being asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub answered_at: Option<jiff::Timestamp>,
    /// What the department found, where it contradicts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
}

/// What a department answered to a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CheckStatus {
    /// Nothing yet.
    Waiting,
    /// It is as the citizen says.
    Confirmed,
    /// It is otherwise.
    Contradicted,
    /// An answer that this version does not know. Never sent.
    #[serde(other)]
    Unknown,
}

/// A requirement that a register may meet, which could not be asked when the case was filed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeferredLookup {
    /// What is to be shown: one of the service's requirements.
    pub requirement_id: RequirementId,
    /// What people call it.
    pub title: Text,
    /// What people call the register.
    pub register: Text,
}

/// A declaration that was signed with a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignedDeclaration {
    /// Which one.
    pub declaration_id: DeclarationId,
    /// Its heading.
    pub title: Text,
}

/// What became of something that the citizen said is wrong in a register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CaseDispute {
    /// The field that the register answered.
    pub field_id: FieldId,
    /// The question.
    pub label: Text,
    /// What people call the register.
    pub register: Text,
    /// Where it stands.
    pub status: DisputeStatus,
    /// Why the record was kept, where it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
}

/// Where a dispute stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DisputeStatus {
    /// The city has it.
    Received,
    /// The register now says what the citizen says.
    Corrected,
    /// The register is right, for a reason.
    Kept,
    /// A status that this version does not know. Never sent.
    #[serde(other)]
    Unknown,
}

/// Money paid to a citizen.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Payout {
    /// How much.
    pub amount: Fen,
    /// When, by the city's civil clock.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub paid_at: jiff::Timestamp,
    /// The last four digits of the account.
    pub account_ending: String,
    /// The bank's reference.
    pub reference: String,
}

/// Why a case was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Refusal {
    /// The reason, and what can be done about it.
    pub reason: Text,
    /// The legal ground.
    pub legal_ground: Text,
}

hidden_debug!(Case, Payout, EvidenceRequest, EvidenceCheck);
