//! The city's word that it has a document.

use citizen_api::jose::typ;
use citizen_api::submission::Receipt;
use citizen_api::{CaseId, Subject, TransactionId};
use jiff::Timestamp;

use crate::keys::{KeyError, SigningKey, sha256};
use crate::mandates::Whose;

/// Signs a receipt for a document.
pub(super) fn sign(
    issuer: &SigningKey,
    transaction_id: TransactionId,
    whose: &Whose,
    case_id: CaseId,
    document: &str,
    received_at: Timestamp,
) -> Result<String, KeyError> {
    let receipt = Receipt {
        transaction_id,
        subject: Subject::from(whose.citizen_id.as_str()),
        by: whose.by(),
        case_id,
        document_sha256: sha256(document.as_bytes()),
        received_at,
    };
    issuer.sign(typ::RECEIPT, &receipt)
}
