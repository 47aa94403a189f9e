//! Reading a file back.

use citizen_api::AttachmentId;

use super::{Attachments, BlobReader, records};
use crate::Error;

impl Attachments {
    /// Opens a file for reading, as it will be sent. It is unsealed piece by piece; a piece that was changed or
    /// exchanged on disk is an error of the read.
    pub fn read(&self, attachment_id: AttachmentId) -> Result<BlobReader, Error> {
        self.compartment.read(|tx, sealer| records::by_id(tx, sealer, attachment_id))?;
        self.compartment.blobs().open(attachment_id)
    }
}
