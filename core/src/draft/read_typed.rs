//! Reading answers as a person typed them, for shells that have nothing but text.

use citizen_api::FieldId;
use citizen_form::answer;
use serde_json::Value;

use super::records::{document, open_draft};
use super::{DraftId, Drafts};
use crate::Error;

impl Drafts {
    /// Reads what was typed for some questions: each as the answer that its question asks for, or nothing where
    /// nothing was typed, which takes an answer back. All of it is judged before any of it is given; nothing is kept.
    pub fn read_typed(
        &self,
        draft_id: DraftId,
        typed: &[(FieldId, String)],
    ) -> Result<Vec<(FieldId, Option<Value>)>, Error> {
        let document = self.compartment.read(|tx, sealer| {
            open_draft(tx, draft_id)?;
            document(tx, sealer, draft_id)
        })?;
        let form = document.form();
        typed
            .iter()
            .map(|(field_id, typed)| {
                let unknown = || Error::UnknownField { field: field_id.clone() };
                let field = form.field(field_id).ok_or_else(unknown)?;
                if typed.trim().is_empty() {
                    return Ok((field_id.clone(), None));
                }
                let value = answer::read(field, typed).map_err(|error| Error::InvalidAnswer {
                    field: field_id.clone(),
                    reason: error.reason(),
                })?;
                Ok((field_id.clone(), Some(value)))
            })
            .collect()
    }
}
