//! Grievances.

use citizen_api::grievance::{Grievance, GrievanceAnswer};
use citizen_api::{CaseId, ServiceId, Text, TransactionId};
use citizen_core::form::ConcernView;
use citizen_core::grievance::Concerning;
use jiff::Timestamp;

/// What a grievance is about.
#[uniffi::remote(Enum)]
pub enum Concerning {
    /// Nothing that the phone knows.
    Nothing,
    /// A service.
    Service(ServiceId),
    /// A case: also an answer to an earlier grievance that did not help.
    Case(CaseId),
    /// Something in the outbox that the city refuses.
    Refused(TransactionId),
    /// A reading of the person's records that they object to, by its place in the register log.
    Reading(u64),
}

/// What a draft of a grievance is about.
#[uniffi::remote(Record)]
pub struct ConcernView {
    /// What people call the case or the service.
    pub title: Text,
    /// Whether the desk may read the case, and what the city refused.
    pub shares_case: bool,
    /// Whether there is anything to let it read.
    pub can_share: bool,
}

/// What a case of a grievance says beside other cases.
#[uniffi::remote(Record)]
pub struct Grievance {
    /// Who has to answer it by the day that the case promises.
    pub desk: Text,
    /// How high it has climbed: 1 is the first desk.
    pub level: u32,
    /// What it is about: the title of the service or the case. None where it is about neither.
    pub about: Option<Text>,
    /// The case that it is about.
    pub about_case: Option<CaseId>,
    /// What the desk answered; none while it waits.
    pub answer: Option<GrievanceAnswer>,
}

/// The answer to a grievance.
#[uniffi::remote(Record)]
pub struct GrievanceAnswer {
    /// What the desk says and does.
    pub text: Text,
    /// Whether the thing is put right.
    pub put_right: bool,
    /// Who answered.
    pub by: Text,
    /// When, by the city's civil clock.
    pub answered_at: Timestamp,
}
