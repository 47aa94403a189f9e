//! What a row of the outbox holds.

use citizen_api::problem::Problem;
use citizen_api::submission::SubmittedAttachment;
use citizen_api::{AttachmentId, CaseId, Text, TransactionId};
use serde::{Deserialize, Serialize};

use crate::draft::DraftId;

/// One thing to be sent, as it is sealed.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct QueuedRequest {
    /// The draft it was made of; none for an instruction.
    pub draft_id: Option<DraftId>,
    /// What people call it: the service, or the paper.
    pub title: Text,
    /// What is sent.
    pub what: What,
    /// Why the city refused it, where it did.
    #[serde(default)]
    pub problem: Option<Problem>,
}

/// What is sent.
#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum What {
    /// A file.
    Upload {
        /// The file, as it is cited.
        file: SubmittedAttachment,
    },
    /// A filing, signed.
    Submission {
        /// The compact document: the same bytes whenever it is sent.
        document: String,
    },
    /// The answer to an office's request, signed.
    Supplement {
        /// The case that asked.
        case_id: CaseId,
        /// The compact document: the same bytes whenever it is sent.
        document: String,
    },
    /// What the person tells the city to do with what is theirs, signed.
    Instruction {
        /// The compact document: the same bytes whenever it is sent.
        document: String,
    },
}

impl What {
    /// The word for it that stands in the clear.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Upload { .. } => "upload",
            Self::Submission { .. } => "submission",
            Self::Supplement { .. } => "supplement",
            Self::Instruction { .. } => "instruction",
        }
    }
}

/// The transaction that a file is uploaded under. It is bound to the file, not to the filing, so a draft that was
/// withdrawn and filed again finds its files where they already are.
pub(crate) fn upload_transaction(attachment_id: AttachmentId) -> TransactionId {
    TransactionId(attachment_id.0)
}
