//! Answering what an office asks within a case.

use citizen_api::CaseId;

use super::Submissions;
use crate::Error;
use crate::draft::{self, DraftDocument, DraftId, SupplementOf};

impl Submissions {
    /// Begins the answer to the open request of a case, or gives the answer that was begun before. Files are
    /// attached to it and it is filed like any draft.
    pub fn answer(&self, case_id: CaseId) -> Result<DraftId, Error> {
        let case = self.compartment.cases().stored(case_id)?;
        let request = case.open_request().ok_or(Error::NothingAsked)?.clone();
        let service = self.compartment.services().show(&case.service_id)?;
        let draft_id = DraftId::generate();
        self.compartment.write(|tx, sealer| {
            if let Some(begun) = draft::answering(tx, sealer, request.request_id)? {
                return Ok(begun);
            }
            let supplement = SupplementOf { case_id, request };
            draft::insert(
                tx,
                sealer,
                draft_id,
                &DraftDocument { supplement: Some(supplement), ..DraftDocument::of(service) },
            )?;
            Ok(draft_id)
        })
    }
}
