//! The register log.

use citizen_api::register::{RegisterItem, RegisterRead};
use citizen_api::{CaseId, RegisterId, ServiceId, Text};
use citizen_core::register_log::RegisterLogView;
use jiff::Timestamp;

/// The register log as it is shown.
#[uniffi::remote(Record)]
pub struct RegisterLogView {
    /// Who read what and why, the newest first.
    pub entries: Vec<RegisterRead>,
    /// When the city was last asked, by this device's clock; none where it never was.
    pub fetched_at: Option<Timestamp>,
}

/// One reading of a person's record.
#[uniffi::remote(Record)]
pub struct RegisterRead {
    /// Its place among the readings of this person.
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
    pub service_id: Option<ServiceId>,
    /// The case it was read for.
    pub case_id: Option<CaseId>,
    /// When, by the city's civil clock.
    pub at: Timestamp,
    /// The digest of the reading before.
    pub previous: String,
    /// The digest of this one.
    pub sha256: String,
}

/// One item of a register.
#[uniffi::remote(Record)]
pub struct RegisterItem {
    /// Its name.
    pub item: String,
    /// What people call it.
    pub title: Text,
}
