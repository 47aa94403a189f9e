//! Filing a draft.

use std::sync::Arc;

use citizen_api::mandate::ByMandate;
use citizen_api::{Text, TransactionId};
use rusqlite::Transaction;

use super::Submissions;
use super::freeze::{Signer, files, freeze};
use crate::Error;
use crate::draft::{self, DraftDocument, DraftId};
use crate::form::{DraftState, DraftView, build};
use crate::outbox::{self, QueuedRequest, What, upload_transaction};
use crate::store::Sealer;

/// A draft's state when it was read for filing.
enum Ready {
    Already(TransactionId),
    Complete(Box<(Arc<DraftDocument>, DraftView)>),
}

impl Submissions {
    /// Files a draft: freezes it, signs it with the device key and hands it, with its files, to the outbox. Works
    /// without a network and with an expired session. Filing a draft twice gives the same transaction.
    pub fn submit(&self, draft_id: DraftId) -> Result<TransactionId, Error> {
        loop {
            let (document, view) = match self.compartment.read(|tx, sealer| ready(tx, sealer, draft_id))? {
                Ready::Already(transaction_id) => return Ok(transaction_id),
                Ready::Complete(complete) => *complete,
            };
            // Signing may take a while in a platform's hardware, so it happens outside the transaction; that the
            // draft did not change meanwhile is seen by its revision.
            let signer = Signer {
                transaction_id: TransactionId::generate(),
                subject: self.compartment.subject()?,
                device_id: self.compartment.device_id()?,
                by: self.by()?,
            };
            let signed = freeze(&signer, &document, &view, |bytes| self.compartment.sign(bytes))?;
            let filed =
                self.compartment.write(|tx, sealer| file(tx, sealer, &signer, &document, &view, &signed))?;
            if filed {
                self.compartment.outbox_changed().notify_one();
                return Ok(signer.transaction_id);
            }
        }
    }
}

impl Submissions {
    /// Under which mandate it is filed; none where the person files for themselves.
    fn by(&self) -> Result<Option<ByMandate>, Error> {
        let Some(helper) = self.compartment.helper() else { return Ok(None) };
        let mandate_id = helper.mandates().holding(&self.compartment.subject()?)?.ok_or(Error::NoMandate)?;
        Ok(Some(ByMandate { mandate_id, by: helper.subject()? }))
    }
}

fn ready(tx: &Transaction<'_>, sealer: &Sealer, draft_id: DraftId) -> Result<Ready, Error> {
    let (document, material) = draft::material(tx, sealer, draft_id)?;
    let view = build(material)?;
    if let DraftState::Submitted { transaction_id } = view.state {
        return Ok(Ready::Already(transaction_id));
    }
    match view.needed.is_empty() {
        true => Ok(Ready::Complete(Box::new((document, view)))),
        false => Err(Error::FormIncomplete { needed: view.needed }),
    }
}

/// Freezes the draft and queues what must be sent; says whether the draft still was as it was signed.
fn file(
    tx: &Transaction<'_>,
    sealer: &Sealer,
    signer: &Signer,
    document: &DraftDocument,
    view: &DraftView,
    signed: &str,
) -> Result<bool, Error> {
    let draft = draft::draft(tx, view.draft_id)?;
    if draft.revision != view.revision {
        return Ok(false);
    }
    draft::mark_submitted(tx, &draft, signer.transaction_id)?;
    let queued = |title: &Text, what| QueuedRequest {
        draft_id: Some(draft.draft_id),
        title: title.clone(),
        what,
        problem: None,
    };
    let mut depends_on = Vec::new();
    for (title, file) in files(view) {
        let transaction_id = upload_transaction(file.attachment_id);
        outbox::push(tx, sealer, transaction_id, &queued(title, What::Upload { file: file.cited() }), &[])?;
        depends_on.push(transaction_id);
    }
    let document_text = signed.to_owned();
    let what = match &document.supplement {
        None => What::Submission { document: document_text },
        Some(supplement) => What::Supplement { case_id: supplement.case_id, document: document_text },
    };
    outbox::push(tx, sealer, signer.transaction_id, &queued(&view.title, what), &depends_on)?;
    Ok(true)
}
