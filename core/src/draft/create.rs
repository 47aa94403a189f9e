//! Beginning a draft.

use citizen_api::ServiceId;

use super::document::DraftDocument;
use super::records::insert;
use super::{DraftId, Drafts};
use crate::Error;

impl Drafts {
    /// Begins a draft for a service of the catalogue on this phone. The service's document is frozen into it.
    pub fn create(&self, service_id: &ServiceId) -> Result<DraftId, Error> {
        let service = self.compartment.services().show(service_id)?;
        if !service.workflow.is_filed() {
            return Err(Error::NothingToFile);
        }
        let draft_id = DraftId::generate();
        let document = DraftDocument::of(service);
        self.compartment.write(|tx, sealer| insert(tx, sealer, draft_id, &document))?;
        Ok(draft_id)
    }
}
