//! The list of cases.

use citizen_api::case::{Case, CaseStatus};
use citizen_api::{CaseId, ServiceId, Text};
use jiff::Timestamp;
use serde::Serialize;

use super::Cases;
use crate::Error;
use crate::mirror::{self, Kind};

/// A case in a list.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct CaseSummary {
    /// The case.
    pub case_id: CaseId,
    /// Of which service.
    pub service_id: ServiceId,
    /// The service's title when it was filed.
    pub title: Text,
    /// Where it stands.
    pub status: CaseStatus,
    /// Grows with each event.
    pub revision: u64,
    /// When the city received it.
    pub received_at: Timestamp,
    /// The day by which the office has promised to be done.
    pub promised_by: jiff::civil::Date,
    /// Whether the office waits for this person.
    pub needs_you: bool,
    /// When this was last heard of, by this device's clock.
    pub fetched_at: Timestamp,
}

impl std::fmt::Debug for CaseSummary {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CaseSummary").finish_non_exhaustive()
    }
}

impl Cases {
    /// Every case, the newest first.
    pub fn list(&self) -> Result<Vec<CaseSummary>, Error> {
        let kept = self.compartment.read(|tx, sealer| mirror::all::<Case>(tx, sealer, Kind::Case))?;
        let mut summaries: Vec<CaseSummary> = kept
            .into_iter()
            .map(|kept| CaseSummary {
                needs_you: kept.document.open_request().is_some(),
                case_id: kept.document.case_id,
                service_id: kept.document.service_id,
                title: kept.document.title,
                status: kept.document.status,
                revision: kept.document.revision,
                received_at: kept.document.received_at,
                promised_by: kept.document.promised_by,
                fetched_at: kept.fetched_at,
            })
            .collect();
        summaries.sort_by_key(|case| (std::cmp::Reverse(case.received_at), std::cmp::Reverse(case.case_id)));
        Ok(summaries)
    }
}
