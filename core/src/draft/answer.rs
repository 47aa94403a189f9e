//! Answering a question, and taking an answer back.

use std::sync::Arc;

use citizen_api::form::{Field, FieldKind, FormDefinition};
use citizen_api::{FieldId, Text};
use citizen_form::{AnswerError, answer};
use rusqlite::Transaction;
use serde_json::{Map, Value};

use super::records::{self, Draft, Own, document, open_draft, touch};
use super::{DraftDocument, DraftId, Drafts, FieldPath};
use crate::Error;
use crate::store::Sealer;

/// What became of something that was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    /// The draft's new revision.
    pub revision: u64,
    /// Why it is no answer yet; none where it is one.
    pub finding: Option<Text>,
}

/// A draft under a change: its rows, and what it asks.
struct Change<'a> {
    tx: &'a Transaction<'a>,
    sealer: &'a Sealer,
    draft: Draft,
    document: Arc<DraftDocument>,
}

impl Drafts {
    /// Keeps an answer and gives the draft's new revision. The answer is on disk when this returns. One of the
    /// wrong kind is refused, and then nothing has changed. An answer to an entry right behind the last one of a group
    /// begins a new entry.
    pub fn set_answer(&self, draft_id: DraftId, path: &FieldPath, value: &Value) -> Result<u64, Error> {
        self.change(draft_id, |change| {
            let value = change.judged(path, |field| answer::check(field, value))?;
            change.keep(path, value)
        })
    }

    /// Keeps what a person has typed so far, whatever it is: as an answer where it is one, else as it stands, to go on
    /// from. It is on disk when this returns. For shells that keep up with every keystroke.
    pub fn type_answer(&self, draft_id: DraftId, path: &FieldPath, typed: &str) -> Result<Typed, Error> {
        self.change(draft_id, |change| {
            if typed.trim().is_empty() {
                return Ok(Typed { revision: change.clear(path)?, finding: None });
            }
            match change.judged(path, |field| answer::read(field, typed)) {
                Ok(value) => Ok(Typed { revision: change.keep(path, value)?, finding: None }),
                Err(Error::InvalidAnswer { reason, .. }) => {
                    Ok(Typed { revision: change.keep_typed(path, typed)?, finding: Some(reason) })
                }
                Err(error) => Err(error),
            }
        })
    }

    /// Takes the person's own answer back and gives the draft's new revision. What a register says shows again.
    pub fn clear_answer(&self, draft_id: DraftId, path: &FieldPath) -> Result<u64, Error> {
        self.change(draft_id, |change| change.clear(path))
    }

    /// Takes an entry out of a group, counted from 0; those behind it move up.
    pub fn remove_entry(&self, draft_id: DraftId, group: &FieldId, at: usize) -> Result<u64, Error> {
        self.change(draft_id, |change| {
            let path = FieldPath::of(group.clone());
            let mut entries = change.entries(group)?;
            if at >= entries.len() {
                return Err(Error::UnknownField { field: format!("{group}/{at}").as_str().into() });
            }
            entries.remove(at);
            let typed: Vec<_> =
                change.own()?.typed.into_iter().filter(|(place, _)| path.holds(place)).collect();
            let revision = change.clear(&path)?;
            if !entries.is_empty() {
                change.store(group, Value::Array(entries), revision)?;
            }
            for (place, typed) in typed {
                if let Some(place) = moved_up(&place, at) {
                    change.store_typed(&place, &typed, revision)?;
                }
            }
            Ok(revision)
        })
    }

    fn change<T>(
        &self,
        draft_id: DraftId,
        work: impl FnOnce(&Change<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.compartment.write(|tx, sealer| {
            let draft = open_draft(tx, draft_id)?;
            let document = document(tx, sealer, draft_id)?;
            work(&Change { tx, sealer, draft, document })
        })
    }
}

/// Where something typed within a group stands once the entry `gone` is taken out; none where it goes with it.
fn moved_up(place: &str, gone: usize) -> Option<String> {
    let Ok(path) = place.parse::<FieldPath>();
    let (at, field) = path.entry?;
    match at.cmp(&gone) {
        std::cmp::Ordering::Less => Some(place.to_owned()),
        std::cmp::Ordering::Equal => None,
        std::cmp::Ordering::Greater => Some(FieldPath::in_entry(&path.field, at - 1, &field).to_string()),
    }
}

impl Change<'_> {
    /// Judges something by the field at a path.
    fn judged(
        &self,
        path: &FieldPath,
        judge: impl FnOnce(&Field) -> Result<Value, AnswerError>,
    ) -> Result<Value, Error> {
        let unknown = || Error::UnknownField { field: path.to_string().as_str().into() };
        let form = self.document.form();
        let field = field_at(&form, path).ok_or_else(unknown)?;
        judge(field).map_err(|error| Error::InvalidAnswer {
            field: path.to_string().as_str().into(),
            reason: error.reason(),
        })
    }

    fn own(&self) -> Result<Own, Error> {
        records::own_answers(self.tx, self.sealer, self.draft.draft_id)
    }

    /// The entries of a group so far.
    fn entries(&self, group: &FieldId) -> Result<Vec<Value>, Error> {
        match self.own()?.answers.remove(group) {
            Some(Value::Array(entries)) => Ok(entries),
            _ => Ok(Vec::new()),
        }
    }

    /// The group with one answer of one of its entries put in or, where there is none, taken out.
    fn with(
        &self,
        path: &FieldPath,
        at: usize,
        field: &FieldId,
        value: Option<Value>,
    ) -> Result<Value, Error> {
        let mut entries = self.entries(&path.field)?;
        if at == entries.len() {
            entries.push(Value::Object(Map::new()));
        }
        let unknown = || Error::UnknownField { field: path.to_string().as_str().into() };
        let entry = entries.get_mut(at).and_then(Value::as_object_mut).ok_or_else(unknown)?;
        match value {
            Some(value) => entry.insert(field.to_string(), value),
            None => entry.remove(field.as_str()),
        };
        let group = FieldPath::of(path.field.clone());
        self.judged(&group, |field| answer::check(field, &Value::Array(entries)))
    }

    fn keep(&self, path: &FieldPath, value: Value) -> Result<u64, Error> {
        let revision = touch(self.tx, &self.draft)?;
        let Some((at, field)) = &path.entry else {
            self.store(&path.field, value, revision)?;
            return Ok(revision);
        };
        let group = self.with(path, *at, field, Some(value))?;
        self.store(&path.field, group, revision)?;
        self.remove(&path.to_string())?;
        Ok(revision)
    }

    fn keep_typed(&self, path: &FieldPath, typed: &str) -> Result<u64, Error> {
        let revision = touch(self.tx, &self.draft)?;
        if let Some((at, field)) = &path.entry {
            let group = self.with(path, *at, field, None)?;
            self.store(&path.field, group, revision)?;
        }
        self.store_typed(&path.to_string(), typed, revision)?;
        Ok(revision)
    }

    fn clear(&self, path: &FieldPath) -> Result<u64, Error> {
        let revision = touch(self.tx, &self.draft)?;
        match &path.entry {
            None => {
                for (place, _) in self.own()?.typed.iter().filter(|(place, _)| path.holds(place)) {
                    self.remove(place)?;
                }
            }
            Some((at, field)) if *at < self.entries(&path.field)?.len() => {
                let group = self.with(path, *at, field, None)?;
                self.store(&path.field, group, revision)?;
            }
            Some(_) => {}
        }
        self.remove(&path.to_string())?;
        Ok(revision)
    }

    fn store(&self, field: &FieldId, value: Value, revision: u64) -> Result<(), Error> {
        records::store_answer(self.tx, self.sealer, self.draft.draft_id, revision, field, value)
    }

    fn store_typed(&self, place: &str, typed: &str, revision: u64) -> Result<(), Error> {
        records::store_typed(self.tx, self.sealer, self.draft.draft_id, revision, place, typed)
    }

    fn remove(&self, place: &str) -> Result<(), Error> {
        records::remove_answer(self.tx, self.sealer, self.draft.draft_id, &place.into())
    }
}

/// The field at a path.
pub(super) fn field_at<'f>(form: &'f FormDefinition, path: &FieldPath) -> Option<&'f Field> {
    let field = form.field(&path.field)?;
    match (&path.entry, &field.kind) {
        (None, _) => Some(field),
        (Some((_, inner)), FieldKind::Group { fields, .. }) => {
            fields.iter().find(|field| field.field_id == *inner)
        }
        (Some(_), _) => None,
    }
}
