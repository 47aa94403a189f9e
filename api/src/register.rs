//! What registers say instead of the citizen, and who asked them for what.

use serde::{Deserialize, Serialize};

use crate::{CaseId, FieldId, RegisterId, RequirementId, ServiceId, Text};

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

/// `GET /v1/register-log?after=`: who read this person's records, oldest first, at most 100 after a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RegisterLog {
    /// The readings.
    pub entries: Vec<RegisterRead>,
    /// How many readings there are in all: the place of the last one.
    pub last: u64,
}

/// One item of a register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RegisterItem {
    /// Its name.
    pub item: String,
    /// What people call it.
    pub title: Text,
}

/// `GET /v1/registers`: what the city's departments keep of people, by department. Public.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RegisterCatalogue {
    /// How many registers there are.
    pub registers: u64,
    /// How many of them other departments may ask.
    pub shared: u64,
    /// The departments, each with its registers.
    pub departments: Vec<DepartmentRegisters>,
}

/// The registers of a department.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DepartmentRegisters {
    /// The department.
    pub department: Text,
    /// What it keeps.
    pub registers: Vec<RegisterDescription>,
}

/// What a register is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RegisterDescription {
    /// Its name.
    pub register: RegisterId,
    /// What people call it.
    pub title: Text,
    /// Whether other departments may ask it.
    pub shared: bool,
    /// What a record of a person holds; none where it is described and not asked through this city.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<RegisterItem>,
}

/// `POST /v1/officer/registers/{register}/query`: a question about a person, for one of the purposes that the city
/// knows.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RegisterQuery {
    /// Whose record.
    pub id_number: String,
    /// What for: it decides who asks, by which law, and which items are answered.
    pub purpose: String,
    /// The case that it is asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case_id: Option<CaseId>,
}

/// What a register answers to a query: the fewest items that the purpose allows.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RegisterAnswer {
    /// Whether the register has a record of the person.
    pub known: bool,
    /// The items, by name.
    pub items: std::collections::BTreeMap<String, String>,
    /// The place of this reading in the person's register log.
    pub sequence: u64,
}

/// One reading of a person's record. Each is chained to the one before by its digest, so that none can be changed or
/// taken out later without whoever keeps a copy seeing it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RegisterRead {
    /// Its place among the readings of this person: 1, 2, 3 …
    pub sequence: u64,
    /// The register.
    pub register: RegisterId,
    /// What people call the register.
    pub title: Text,
    /// Which items were read; none where it was only asked whether there is a record.
    pub items: Vec<RegisterItem>,
    /// Who asked.
    pub requester: Text,
    /// What for.
    pub purpose: Text,
    /// The law that allows it.
    pub legal_ground: Text,
    /// The service it was read for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_id: Option<ServiceId>,
    /// The case it was read for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case_id: Option<CaseId>,
    /// When, by the city's civil clock.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub at: jiff::Timestamp,
    /// The digest of the reading before; empty for the first that was chained.
    pub previous: String,
    /// SHA-256 of [`RegisterRead::chained`], in hexadecimal digits.
    pub sha256: String,
}

impl RegisterRead {
    /// What is digested of a reading: the digest before, whose record, and everything but what the register and its
    /// items are called, a line each. None where a text has a line break in it, for it could then be read in two ways.
    pub fn chained(&self, subject: &str) -> Option<String> {
        let sequence = self.sequence.to_string();
        let items = self.items.iter().map(|item| item.item.as_str()).collect::<Vec<_>>().join(",");
        let case_id = self.case_id.map(|case_id| case_id.to_string()).unwrap_or_default();
        let at = self.at.to_string();
        let lines = [
            self.previous.as_str(),
            subject,
            &sequence,
            self.register.as_str(),
            &items,
            &self.requester.zh,
            &self.requester.en,
            &self.purpose.zh,
            &self.purpose.en,
            &self.legal_ground.zh,
            &self.legal_ground.en,
            self.service_id.as_ref().map(ServiceId::as_str).unwrap_or_default(),
            &case_id,
            &at,
        ];
        lines.iter().all(|line| !line.contains('\n')).then(|| lines.join("\n"))
    }
}

hidden_debug!(ServicePrefill, PrefilledAnswer, RegisterQuery, RegisterAnswer);
