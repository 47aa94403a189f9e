//! Throwing a draft away, which only the person does.

use super::records::draft;
use super::{DraftId, Drafts};
use crate::Error;
use crate::form::DraftState;
use crate::{attachment, outbox};

impl Drafts {
    /// Throws a draft away, with its answers and files: an open one, or one that the city has acknowledged, whose
    /// receipt stays. One that is on its way is taken back from the outbox first. The files go after the rows that name them: a process that dies in between leaves files
    /// without rows, and those are removed when the store is opened next.
    pub fn discard(&self, draft_id: DraftId) -> Result<(), Error> {
        let blobs = self.compartment.write(|tx, _| {
            let draft = draft(tx, draft_id)?;
            if matches!(draft.state, DraftState::Submitted { .. }) && outbox::holds(tx, draft_id)? {
                return Err(Error::AlreadySubmitted);
            }
            let blobs = attachment::ids_of_draft(tx, draft_id)?;
            let name = draft_id.to_string();
            tx.execute("DELETE FROM attachments WHERE draft_id = ?1", [&name])?;
            tx.execute("DELETE FROM answers WHERE draft_id = ?1", [&name])?;
            tx.execute("DELETE FROM draft_parts WHERE draft_id = ?1", [&name])?;
            tx.execute("DELETE FROM drafts WHERE draft_id = ?1", [&name])?;
            Ok(blobs)
        })?;
        for attachment_id in blobs {
            self.compartment.blobs().remove(attachment_id);
        }
        Ok(())
    }
}
