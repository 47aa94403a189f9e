//! Believing the city's word that it has a document.

use citizen_api::jose::{JwkSet, encode, typ};
use citizen_api::mandate::ByMandate;
use citizen_api::submission::{Acknowledgement, Receipt};
use citizen_api::{CaseId, Subject, TransactionId};
use ring::digest::{SHA256, digest};

use crate::Error;
use crate::jws;

/// What a receipt must say.
pub(super) struct Expected<'a> {
    /// The transaction that was sent.
    pub transaction_id: TransactionId,
    /// Whose document it was.
    pub subject: &'a Subject,
    /// The compact document that was sent.
    pub document: &'a str,
    /// Under which mandate, where it was for somebody else.
    pub by: Option<&'a ByMandate>,
    /// The case it went into, where that is known beforehand.
    pub case_id: Option<CaseId>,
}

/// Checks that a receipt is signed by the city and is for exactly this document. Anything else is nonsense: it
/// changes nothing, and the document is sent again.
pub(super) fn verify(
    acknowledgement: &Acknowledgement,
    keys: &JwkSet,
    expected: &Expected<'_>,
) -> Result<Receipt, Error> {
    let receipt: Receipt = jws::verify(&acknowledgement.receipt, typ::RECEIPT, keys)?;
    let sha256 = encode(digest(&SHA256, expected.document.as_bytes()).as_ref());
    let fits = receipt.transaction_id == expected.transaction_id
        && receipt.subject == *expected.subject
        && receipt.by.as_ref() == expected.by
        && receipt.document_sha256 == sha256
        && receipt.case_id == acknowledgement.case.case_id
        && expected.case_id.is_none_or(|case_id| case_id == receipt.case_id);
    match fits {
        true => Ok(receipt),
        false => Err(Error::CityAnsweredNonsense),
    }
}
