//! Reading answers as a person typed them, for shells that have nothing but text.

use citizen_api::FieldId;
use citizen_form::answer;
use serde_json::Value;

use super::answer::field_at;
use super::records::{document, open_draft};
use super::{DraftId, Drafts, FieldPath};
use crate::Error;

impl Drafts {
    /// Reads what was typed for some questions: each as the answer that its question asks for, or nothing where
    /// nothing was typed, which takes an answer back. All of it is judged before any of it is given; nothing is kept.
    pub fn read_typed(
        &self,
        draft_id: DraftId,
        typed: &[(FieldPath, String)],
    ) -> Result<Vec<(FieldPath, Option<Value>)>, Error> {
        let document = self.compartment.read(|tx, sealer| {
            open_draft(tx, draft_id)?;
            document(tx, sealer, draft_id)
        })?;
        let form = document.form();
        typed
            .iter()
            .map(|(path, typed)| {
                let name = || FieldId(path.to_string());
                let field = field_at(&form, path).ok_or_else(|| Error::UnknownField { field: name() })?;
                if typed.trim().is_empty() {
                    return Ok((path.clone(), None));
                }
                let value = answer::read(field, typed)
                    .map_err(|error| Error::InvalidAnswer { field: name(), reason: error.reason() })?;
                Ok((path.clone(), Some(value)))
            })
            .collect()
    }
}
