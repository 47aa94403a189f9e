//! Saying that a register is wrong.

use citizen_api::FieldId;

use super::{DraftId, Drafts, prefill};
use crate::Error;

impl Drafts {
    /// Says that what a register answers to a question is wrong. It goes along with the filing, where the person
    /// answers otherwise, as a request to put the record right.
    pub fn dispute(&self, draft_id: DraftId, field_id: &FieldId, note: &str) -> Result<u64, Error> {
        let known = self.compartment.read(|tx, sealer| {
            let service_id = super::records::document(tx, sealer, draft_id)?.service.service_id.clone();
            let kept = prefill::kept(tx, sealer, &service_id)?;
            Ok(kept.is_some_and(|(said, _)| said.answers.iter().any(|answer| answer.field_id == *field_id)))
        })?;
        if !known {
            return Err(Error::NothingToDispute);
        }
        self.choose(draft_id, |_, choices| {
            choices.disputes.insert(field_id.clone(), note.trim().to_owned());
            Ok(())
        })
    }

    /// Takes that back.
    pub fn withdraw_dispute(&self, draft_id: DraftId, field_id: &FieldId) -> Result<u64, Error> {
        self.choose(draft_id, |_, choices| {
            choices.disputes.remove(field_id);
            Ok(())
        })
    }
}
