//! The files of a draft.

use super::{AttachmentView, Attachments, records};
use crate::Error;
use crate::draft::{self, DraftId};

impl Attachments {
    /// The files of a draft, in the order they were attached.
    pub fn list(&self, draft_id: DraftId) -> Result<Vec<AttachmentView>, Error> {
        self.compartment.read(|tx, sealer| {
            draft::draft(tx, draft_id)?;
            records::of_draft(tx, sealer, draft_id)
        })
    }
}
