//! One case, whole.

use citizen_api::CaseId;
use citizen_api::case::Case;
use jiff::Timestamp;
use serde::Serialize;

use super::Cases;
use crate::Error;
use crate::mirror::{self, Kept, Kind};

/// A case as it is shown.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct CaseView {
    /// The case.
    #[serde(flatten)]
    pub case: Case,
    /// When this was last heard of, by this device's clock.
    pub fetched_at: Timestamp,
}

impl std::fmt::Debug for CaseView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CaseView").finish_non_exhaustive()
    }
}

impl From<Kept<Case>> for CaseView {
    fn from(kept: Kept<Case>) -> Self {
        Self { case: kept.document, fetched_at: kept.fetched_at }
    }
}

impl Cases {
    /// A case as the city last told it.
    pub fn show(&self, case_id: CaseId) -> Result<CaseView, Error> {
        let name = case_id.to_string();
        let kept = self.compartment.read(|tx, sealer| mirror::get(tx, sealer, Kind::Case, &name))?;
        kept.map(CaseView::from).ok_or(Error::UnknownCase)
    }

    /// The case itself, for what is filed within it.
    pub(crate) fn stored(&self, case_id: CaseId) -> Result<Case, Error> {
        self.show(case_id).map(|view| view.case)
    }
}
