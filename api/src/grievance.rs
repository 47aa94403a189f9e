//! What could not be done in one trip (跑一次没办成): filed like anything else, with what it is about; answered by a
//! named desk within a legal time, or by the desk above it.

use serde::{Deserialize, Serialize};

use crate::case::Case;
use crate::form::Answers;
use crate::problem::ProblemType;
use crate::register::RegisterRead;
use crate::{CaseId, ServiceId, Text};

/// What a grievance is about, as the phone knows it. Goes along with its submission.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct About {
    /// The service, where it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_id: Option<ServiceId>,
    /// The case, where there is one: of the same citizen. A grievance that was answered is a case too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case_id: Option<CaseId>,
    /// The reading of a register, by its place in the citizen's register log: an objection to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reading: Option<u64>,
    /// What the city refused before there was a case. Only with the citizen's consent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<RefusedBefore>,
    /// Whether the citizen lets the desk read the case.
    #[serde(default)]
    pub shares_case: bool,
}

/// A refusal that the phone was given in place of a receipt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RefusedBefore {
    /// Of which kind.
    #[serde(rename = "type")]
    pub kind: ProblemType,
    /// What the person was told.
    pub title: Text,
}

/// What a case of a grievance says beside other cases.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Grievance {
    /// Who has to answer it by [`Case::promised_by`].
    pub desk: Text,
    /// How high it has climbed: 1 is the first desk.
    pub level: u32,
    /// What it is about: the title of the service or the case. None where it is about neither.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<Text>,
    /// The case that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about_case: Option<CaseId>,
    /// What the desk answered; none while it waits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<GrievanceAnswer>,
}

/// The answer to a grievance.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GrievanceAnswer {
    /// What the desk says and does.
    pub text: Text,
    /// Whether the thing is put right.
    pub put_right: bool,
    /// Who answered.
    pub by: Text,
    /// When, by the city's civil clock.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub answered_at: jiff::Timestamp,
}

/// `GET /v1/officer/grievances?open=`: grievances, the one that is due first at the top.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GrievanceList {
    /// The grievances, at most 500.
    pub grievances: Vec<GrievanceEntry>,
}

/// A grievance in the list of a desk.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GrievanceEntry {
    /// Its case.
    pub case_id: CaseId,
    /// What is said of it.
    pub grievance: Grievance,
    /// The day by which its desk has to answer.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub due_by: jiff::civil::Date,
    /// Whether that day has passed and nobody has answered.
    pub overdue: bool,
    /// How many trips the citizen has made in vain.
    pub trips: u32,
}

/// `GET /v1/officer/grievances/{case_id}`: what the desk may read.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GrievanceFile {
    /// As it stands in the list.
    #[serde(flatten)]
    pub entry: GrievanceEntry,
    /// What the citizen wrote.
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub answers: Answers,
    /// What the city refused before there was a case, where the citizen shares it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<RefusedBefore>,
    /// The reading of a register that it objects to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reading: Option<RegisterRead>,
    /// The case that it is about, where the citizen lets the desk read it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<Box<Case>>,
}

/// `POST /v1/officer/grievances/{case_id}/answer`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AnswerGrievance {
    /// What the desk says and does, in both languages.
    pub text: Text,
    /// Whether the thing is put right.
    pub put_right: bool,
}

/// `POST /v1/officer/grievances/climb`: what was not answered in time and went up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Climbed {
    /// How many went up to the desk above.
    pub climbed: u64,
}

hidden_debug!(GrievanceFile, GrievanceAnswer, GrievanceEntry);
