//! What registers say instead of the citizen, and who asked them for what.

use serde::{Deserialize, Serialize};

use crate::{FieldId, RegisterId, RequirementId, ServiceId, Text};

/// `GET /v1/services/{service_id}/prefill`: what registers already know for this form. Each reading of a
/// register behind it is logged with its purpose.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ServicePrefill {
    /// The service.
    pub service_id: ServiceId,
    /// The answers that registers give.
    pub answers: Vec<PrefilledAnswer>,
    /// The requirements that registers meet for this person.
    pub shared: Vec<SharedEvidence>,
    /// What the registers were asked for, as it stands in the person's register log.
    #[serde(default)]
    pub purpose: Text,
    /// The registers that could not be asked just now, so that nothing is known of them.
    #[serde(default)]
    pub unavailable: Vec<RegisterId>,
}

/// An answer that a register gives.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PrefilledAnswer {
    /// The field it answers.
    pub field_id: FieldId,
    /// The answer, of the field's kind.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub value: serde_json::Value,
    /// Where it comes from.
    pub source: Source,
}

/// A requirement that a register meets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SharedEvidence {
    /// The requirement.
    pub requirement_id: RequirementId,
    /// Where it comes from.
    pub source: Source,
}

/// Where something comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Source {
    /// The register.
    pub register: RegisterId,
    /// What people call the register.
    pub title: Text,
    /// The day the record was last changed.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub as_of: jiff::civil::Date,
}

/// `GET /v1/register-log`: every reading of this person's records, newest first, at most 100.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RegisterLog {
    /// The readings.
    pub entries: Vec<RegisterRead>,
}

/// One reading of a person's record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RegisterRead {
    /// The register.
    pub register: RegisterId,
    /// Who asked.
    pub requester: Text,
    /// What for.
    pub purpose: Text,
    /// When, by the city's civil clock.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub at: jiff::Timestamp,
}

hidden_debug!(ServicePrefill, PrefilledAnswer);
