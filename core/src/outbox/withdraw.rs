//! Taking back what the city does not have yet.

use citizen_api::TransactionId;

use super::request::What;
use super::{Outbox, deliver, lease, queue};
use crate::Error;
use crate::draft::{self, DraftId};

impl Outbox {
    /// Takes a filing back: it leaves the outbox with its files, and its draft is open again, to be changed and filed
    /// anew under another transaction, or thrown away. One that was ever sent is taken back only on the city's word
    /// that it does not have it; if the city has it after all, that is kept and said.
    pub async fn withdraw(&self, transaction_id: TransactionId) -> Result<DraftId, Error> {
        let _lease = lease::take(self.compartment.folder()).await?;
        let filing = self.compartment.read(|tx, sealer| {
            let row = queue::get(tx, sealer, transaction_id)?.ok_or(Error::NotInOutbox)?;
            let rows = queue::of_draft(tx, sealer, &row.request.draft_id.to_string())?;
            let filing = rows.into_iter().find(|row| !matches!(row.request.what, What::Upload { .. }));
            filing.ok_or(Error::NotInOutbox)
        })?;
        if filing.attempts > 0 && deliver::ask(&self.compartment, &filing).await? {
            return Err(Error::AlreadySubmitted);
        }
        let draft_id = filing.request.draft_id;
        self.compartment.write(|tx, sealer| {
            for row in queue::of_draft(tx, sealer, &draft_id.to_string())? {
                queue::remove(tx, row.transaction_id)?;
                self.compartment.passes().forget(row.transaction_id);
            }
            let draft = draft::draft(tx, draft_id)?;
            draft::mark_open(tx, &draft)?;
            Ok(draft_id)
        })
    }
}
