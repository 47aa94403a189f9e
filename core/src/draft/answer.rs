//! Answering a question, and taking an answer back.

use citizen_api::FieldId;
use citizen_form::answer;
use serde_json::Value;

use super::records::{document, open_draft, remove_answer, store_answer, touch};
use super::{DraftId, Drafts};
use crate::Error;

impl Drafts {
    /// Keeps an answer and gives the draft's new revision. The answer is on disk when this returns. One of the
    /// wrong kind is refused, and then nothing has changed.
    pub fn set_answer(&self, draft_id: DraftId, field_id: &FieldId, value: &Value) -> Result<u64, Error> {
        self.compartment.write(|tx, sealer| {
            let draft = open_draft(tx, draft_id)?;
            let document = document(tx, sealer, draft_id)?;
            let form = document.form();
            let field =
                form.field(field_id).ok_or_else(|| Error::UnknownField { field: field_id.clone() })?;
            let value = answer::check(field, value)
                .map_err(|error| Error::InvalidAnswer { field: field_id.clone(), reason: error.reason() })?;
            let revision = touch(tx, &draft)?;
            store_answer(tx, sealer, draft_id, revision, field_id, value)?;
            Ok(revision)
        })
    }

    /// Takes the person's own answer back and gives the draft's new revision. What a register says shows again.
    pub fn clear_answer(&self, draft_id: DraftId, field_id: &FieldId) -> Result<u64, Error> {
        self.compartment.write(|tx, sealer| {
            let draft = open_draft(tx, draft_id)?;
            let revision = touch(tx, &draft)?;
            remove_answer(tx, sealer, draft_id, field_id)?;
            Ok(revision)
        })
    }
}
