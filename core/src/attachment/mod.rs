//! Files that a person attaches: copied in, looked at, stripped of where and when they were taken, hashed and
//! sealed.
//!
//! With the network off everything here works. When the process dies while a file is copied in, the draft is as it
//! was: the sealed file is durable before the row that names it, and a file without a row is removed when the store
//! is opened next. The original stays where the person keeps it and is not touched.

mod attach;
mod cancel;
mod fault;
mod list;
mod read;
mod records;
mod remove;

#[cfg(test)]
mod tests;

pub use cancel::Cancel;
use citizen_api::submission::SubmittedAttachment;
use citizen_api::{AttachmentId, RequirementId};
pub(crate) use records::{ids_of_draft, of_draft, rename_requirement};

pub use crate::store::BlobReader;
use serde::{Deserialize, Serialize};

use crate::people::Compartment;

/// A file of a draft.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttachmentView {
    /// The file's name at the phone, and at the city the name it is uploaded under.
    pub attachment_id: AttachmentId,
    /// What it is shown for.
    pub requirement_id: RequirementId,
    /// What the person's own file was called. Never sent.
    pub name: String,
    /// What it is, by its content.
    pub media_type: String,
    /// Its size in bytes, as it will be sent.
    pub size: u64,
    /// SHA-256 of what will be sent, base64url without padding.
    pub sha256: String,
    /// When it was attached, by the phone's clock.
    pub attached_at: jiff::Timestamp,
}

impl AttachmentView {
    /// How the file is cited by what is filed. The name that the person gave it is not sent.
    pub(crate) fn cited(&self) -> SubmittedAttachment {
        SubmittedAttachment {
            attachment_id: self.attachment_id,
            requirement_id: self.requirement_id.clone(),
            sha256: self.sha256.clone(),
            size: self.size,
            media_type: self.media_type.clone(),
        }
    }
}

/// The files of an unlocked person's drafts.
#[derive(Clone)]
pub struct Attachments {
    compartment: Compartment,
}

impl Attachments {
    pub(crate) fn new(compartment: Compartment) -> Self {
        Self { compartment }
    }
}
