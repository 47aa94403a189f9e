//! Beginning a draft.

use citizen_api::ServiceId;
use citizen_api::catalogue::Workflow;

use super::document::DraftDocument;
use super::records::insert;
use super::{DraftId, Drafts};
use crate::Error;

impl Drafts {
    /// Begins a draft for a service of the catalogue on this phone. The service's document is frozen into it.
    pub fn create(&self, service_id: &ServiceId) -> Result<DraftId, Error> {
        let service = self.compartment.services().show(service_id)?;
        if !matches!(service.workflow, Workflow::Decision | Workflow::Reimbursement) {
            return Err(Error::NothingToFile);
        }
        let draft_id = DraftId::generate();
        let document = DraftDocument { service, supplement: None };
        self.compartment.write(|tx, sealer| insert(tx, sealer, draft_id, &document))?;
        Ok(draft_id)
    }
}
