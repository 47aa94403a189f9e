//! The list of cases.

use std::cmp::Reverse;

use citizen_api::case::{Case, CaseStatus};
use citizen_api::{CaseId, ServiceId, Text};
use jiff::Timestamp;
use serde::Serialize;

use super::{CaseView, Cases};
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
        Ok(self.views()?.into_iter().map(summary).collect())
    }

    /// The same, each whole.
    pub(crate) fn views(&self) -> Result<Vec<CaseView>, Error> {
        let kept = self.compartment.read(|tx, sealer| mirror::all::<Case>(tx, sealer, Kind::Case))?;
        let mut views: Vec<CaseView> = kept.into_iter().map(CaseView::from).collect();
        views.sort_by_key(|view| (Reverse(view.case.received_at), Reverse(view.case.case_id)));
        Ok(views)
    }
}

fn summary(CaseView { case, fetched_at }: CaseView) -> CaseSummary {
    CaseSummary {
        needs_you: case.open_request().is_some(),
        case_id: case.case_id,
        service_id: case.service_id,
        title: case.title,
        status: case.status,
        revision: case.revision,
        received_at: case.received_at,
        promised_by: case.promised_by,
        fetched_at,
    }
}
