//! Taking back what the city does not have yet.

use citizen_api::TransactionId;

use super::request::What;
use super::{Outbox, deliver, lease, queue};
use crate::Error;
use crate::draft::{self, DraftId};

impl Outbox {
    /// Takes something back. A filing leaves the outbox with its files, and its draft is open again, to be changed and
    /// filed anew under another transaction, or thrown away; of an instruction, which has no draft, nothing is left.
    /// What was ever sent is taken back only on the city's word that it does not have it; if the city has it after
    /// all, that is kept and said.
    pub async fn withdraw(&self, transaction_id: TransactionId) -> Result<Option<DraftId>, Error> {
        let _lease = lease::take(self.compartment.folder()).await?;
        let (sent, draft_id) = self.compartment.read(|tx, sealer| {
            let row = queue::get(tx, sealer, transaction_id)?.ok_or(Error::NotInOutbox)?;
            let rows = queue::of_draft(tx, sealer, &row)?;
            let sent = rows.into_iter().find(|row| !matches!(row.request.what, What::Upload { .. }));
            Ok((sent.ok_or(Error::NotInOutbox)?, row.request.draft_id))
        })?;
        if sent.attempts > 0 && deliver::ask(&self.compartment, &sent).await? {
            return Err(Error::AlreadySubmitted);
        }
        self.compartment.write(|tx, sealer| {
            for row in queue::of_draft(tx, sealer, &sent)? {
                queue::remove(tx, row.transaction_id)?;
                self.compartment.passes().forget(row.transaction_id);
            }
            if let Some(draft_id) = draft_id {
                draft::mark_open(tx, &draft::draft(tx, draft_id)?)?;
            }
            Ok(draft_id)
        })
    }
}
