//! Taking a file out of a draft.

use citizen_api::AttachmentId;

use super::{Attachments, records};
use crate::Error;
use crate::draft;

impl Attachments {
    /// Takes a file out of an open draft. The person's original stays where it is.
    pub fn remove(&self, attachment_id: AttachmentId) -> Result<(), Error> {
        self.compartment.write(|tx, sealer| {
            let (draft_id, _) = records::by_id(tx, sealer, attachment_id)?;
            let draft = draft::open_draft(tx, draft_id)?;
            tx.execute("DELETE FROM attachments WHERE attachment_id = ?1", [attachment_id.to_string()])?;
            draft::touch(tx, &draft)?;
            Ok(())
        })?;
        // The row is gone, so from here on the sealed file is nobody's.
        self.compartment.blobs().remove(attachment_id);
        Ok(())
    }
}
