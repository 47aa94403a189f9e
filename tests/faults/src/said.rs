//! What a phone in a process of its own says to whoever watches it, a line of JSON each.

use citizen_api::{AttachmentId, CaseId, TransactionId};
use citizen_core::draft::DraftId;
use serde::{Deserialize, Serialize};

/// What was said. All but the first and the questions is said after the call of the core has returned: it is a promise.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "said", rename_all = "snake_case")]
pub(crate) enum Said {
    /// Nothing has happened yet, in a process of one thread.
    Ready,
    /// The app and the person are open.
    Opened,
    /// A draft was begun.
    Begun { draft_id: DraftId },
    /// An answer is kept.
    Answered { draft_id: DraftId, field: String, value: serde_json::Value },
    /// Half a word is kept.
    Typed { draft_id: DraftId, field: String, typed: String },
    /// A file is kept.
    Attached { draft_id: DraftId, attachment_id: AttachmentId, sha256: String },
    /// A file was taken out.
    Removed { attachment_id: AttachmentId },
    /// A draft is filed.
    Filed { draft_id: DraftId, transaction_id: TransactionId },
    /// A filing was taken back.
    Withdrawn { transaction_id: TransactionId },
    /// The city has it.
    Received { transaction_id: TransactionId, case_id: CaseId },
    /// Asks for the office to ask for a paper in that case; waits for an answer.
    Waits { case_id: CaseId },
    /// A step failed with an error that has that code, and whether it has words and a way out in both languages; waits
    /// for a word to try again.
    Failed { step: String, code: String, has_words: bool, readable: bool },
    /// A city listens.
    Listening { address: std::net::SocketAddr },
    /// All of it is done.
    Done,
}
