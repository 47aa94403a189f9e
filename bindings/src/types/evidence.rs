//! What stands for papers in a case: checks between departments, look-ups, declarations, disputes.

use citizen_api::case::{
    CaseDispute, CheckStatus, DeferredLookup, DisputeStatus, EvidenceCheck, SignedDeclaration,
};
use citizen_api::{DeclarationId, FieldId, RequirementId, Text};
use jiff::Timestamp;

/// What another department is asked instead of the citizen.
#[uniffi::remote(Record)]
pub struct EvidenceCheck {
    /// What is to be shown.
    pub requirement_id: RequirementId,
    /// What people call it.
    pub title: Text,
    /// The department that is asked.
    pub department: Text,
    /// What it answered.
    pub status: CheckStatus,
    /// When it answered, by the city's civil clock; none while it is being asked.
    pub answered_at: Option<Timestamp>,
    /// What the department found, where it contradicts.
    pub reason: Option<Text>,
}

/// What a department answered to a check.
#[uniffi::remote(Enum)]
pub enum CheckStatus {
    /// Nothing yet.
    Waiting,
    /// It is as the citizen says.
    Confirmed,
    /// It is otherwise.
    Contradicted,
    /// An answer that this version does not know.
    Unknown,
}

/// A requirement that a register may meet, which could not be asked when the case was filed.
#[uniffi::remote(Record)]
pub struct DeferredLookup {
    /// What is to be shown.
    pub requirement_id: RequirementId,
    /// What people call it.
    pub title: Text,
    /// What people call the register.
    pub register: Text,
}

/// A declaration that was signed with a case.
#[uniffi::remote(Record)]
pub struct SignedDeclaration {
    /// Which one.
    pub declaration_id: DeclarationId,
    /// Its heading.
    pub title: Text,
}

/// What became of something that the citizen said is wrong in a register.
#[uniffi::remote(Record)]
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
    pub reason: Option<Text>,
}

/// Where a dispute stands.
#[uniffi::remote(Enum)]
pub enum DisputeStatus {
    /// The city has it.
    Received,
    /// The register now says what the citizen says.
    Corrected,
    /// The register is right, for a reason.
    Kept,
    /// A status that this version does not know.
    Unknown,
}
