//! What officers send and read about evidence: registers that are down, checks between departments, what citizens say
//! is wrong in a register, requests that were refused, and documents that are published.

use serde::{Deserialize, Serialize};

use crate::case::{CheckStatus, DisputeStatus};
use crate::{CaseId, FieldId, RegisterId, RequirementId, ServiceId, Text};

/// `GET /v1/officer/registers`: every register that a service names, by its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RegisterList {
    /// The registers.
    pub registers: Vec<RegisterState>,
}

/// A register, and whether it can be asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RegisterState {
    /// The register.
    pub register: RegisterId,
    /// What people call it.
    pub title: Text,
    /// Since when it cannot be asked, by the city's civil clock; none while it can.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub down_since: Option<jiff::Timestamp>,
    /// How many cases wait for it.
    pub waiting: u64,
}

/// `POST /v1/officer/registers/{register}/up`: what the city did for the cases that waited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RegisterUp {
    /// The register as it stands.
    pub state: RegisterState,
    /// The requirements that a register met.
    pub found: u64,
    /// The requirements that no register has, so that the citizen is asked.
    pub asked: u64,
    /// The requirements that no register has, and that no file can stand for: the office decides.
    pub missing: u64,
}

/// `GET /v1/officer/checks?status=`: what departments are asked instead of citizens, oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CheckList {
    /// The checks.
    pub checks: Vec<CheckEntry>,
}

/// A check of one case.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CheckEntry {
    /// The case.
    pub case_id: CaseId,
    /// What is to be shown.
    pub requirement_id: RequirementId,
    /// What people call it.
    pub title: Text,
    /// The department that is asked.
    pub department: Text,
    /// What it answered.
    pub status: CheckStatus,
    /// When it was asked, by the city's civil clock.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub asked_at: jiff::Timestamp,
}

/// A reason in words for the citizen: `POST /v1/officer/cases/{case_id}/checks/{requirement_id}/contradict` and
/// `POST /v1/officer/cases/{case_id}/disputes/{field_id}/keep`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WithReason {
    /// The reason.
    pub reason: Text,
}

/// `GET /v1/officer/disputes?status=`: what citizens say is wrong in registers, oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DisputeList {
    /// The disputes.
    pub disputes: Vec<DisputeEntry>,
}

/// A dispute of one case.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DisputeEntry {
    /// The case.
    pub case_id: CaseId,
    /// The field that the register answered.
    pub field_id: FieldId,
    /// The question.
    pub label: Text,
    /// The register.
    pub register: RegisterId,
    /// The item of the record.
    pub item: String,
    /// What the register said.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub registered: serde_json::Value,
    /// What the citizen says is right.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub answer: serde_json::Value,
    /// What the citizen says to it; may be empty.
    pub note: String,
    /// Where it stands.
    pub status: DisputeStatus,
}

/// `GET /v1/officer/supervision`: the requests for evidence that officers tried and the city refused, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SupervisionList {
    /// The attempts, at most 500.
    pub attempts: Vec<ForbiddenRequest>,
}

/// A request for evidence that was refused because nobody may ask a citizen for it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ForbiddenRequest {
    /// When, by the city's civil clock.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub requested_at: jiff::Timestamp,
    /// Of which office.
    pub department: Text,
    /// Who.
    pub officer: Text,
    /// Within which case.
    pub case_id: CaseId,
    /// What was asked for.
    pub requirement_id: RequirementId,
    /// What people call it.
    pub title: Text,
    /// By which way it is met: `cancelled`, `declared`, `checked` or `shared`.
    pub way: String,
    /// Why nobody may ask for it.
    pub ground: Text,
}

/// `PUT /v1/officer/services/{service_id}`: what was published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PublishedService {
    /// The service.
    pub service_id: ServiceId,
    /// The version of its document.
    pub version: u32,
    /// The version of the catalogue that has it.
    pub catalogue_version: u64,
}

hidden_debug!(DisputeEntry, CheckEntry, ForbiddenRequest);
