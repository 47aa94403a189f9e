//! The rows of a draft.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use citizen_api::catalogue::DeliveryChoice;
use citizen_api::delivery::DeliverTo;
use citizen_api::form::Answers;
use citizen_api::{DeclarationId, FieldId, TransactionId};
use citizen_form::migrate::EarlierAnswer;
use rusqlite::{OptionalExtension, Transaction, params};
use serde::{Deserialize, Serialize};

use super::DraftId;
use super::document::DraftDocument;
use crate::Error;
use crate::form::DraftState;
use crate::store::{Place, Sealer, now_ms, timestamp};

/// A draft's row: what may stand in the clear.
pub(crate) struct Draft {
    pub draft_id: DraftId,
    pub state: DraftState,
    pub revision: u64,
    pub created_at: jiff::Timestamp,
    pub updated_at: jiff::Timestamp,
}

/// What a person chose beside answers and files, as it is sealed.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct Choices {
    #[serde(default)]
    pub agreed: BTreeSet<DeclarationId>,
    #[serde(default)]
    pub delivery: Option<DeliveryChoice>,
    /// Where the courier brings it; none for the registered address.
    #[serde(default)]
    pub deliver_to: Option<DeliverTo>,
    #[serde(default)]
    pub note: String,
    #[serde(default)]
    pub disputes: BTreeMap<FieldId, String>,
    /// Whether the desk that answers a grievance may read the case that it is about.
    #[serde(default)]
    pub shares_case: bool,
}

/// One answer, as it is sealed. The field's name is inside: which questions a person has answered is nobody's
/// business either.
#[derive(Serialize, Deserialize)]
struct SealedAnswer {
    field_id: FieldId,
    value: serde_json::Value,
    /// Whether it is text that a person has typed and that is no answer yet; `field_id` is then the path it was typed
    /// at.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    typed: bool,
}

/// What was typed and is no answer yet, by the path it was typed at.
pub(crate) type Typed = BTreeMap<String, String>;

/// What the person wrote.
#[derive(Default)]
pub(crate) struct Own {
    pub answers: Answers,
    pub typed: Typed,
}

const COLUMNS: &str = "draft_id, state, transaction_id, revision, created_at, updated_at";

/// Begins a draft.
pub(crate) fn insert(
    tx: &Transaction<'_>,
    sealer: &Sealer,
    draft_id: DraftId,
    document: &DraftDocument,
) -> Result<(), Error> {
    let now = now_ms();
    tx.execute(
        "INSERT INTO drafts (draft_id, state, revision, created_at, updated_at) VALUES (?1, 'open', 1, ?2, ?2)",
        params![draft_id.to_string(), now],
    )?;
    store_part(tx, sealer, draft_id, Part::Document, 1, document)
}

/// The draft of that name.
pub(crate) fn draft(tx: &Transaction<'_>, draft_id: DraftId) -> Result<Draft, Error> {
    let sql = format!("SELECT {COLUMNS} FROM drafts WHERE draft_id = ?1");
    tx.query_row(&sql, [draft_id.to_string()], read_row).optional()?.ok_or(Error::DraftGone)?
}

/// The draft of that name, where it can still be changed.
pub(crate) fn open_draft(tx: &Transaction<'_>, draft_id: DraftId) -> Result<Draft, Error> {
    let draft = draft(tx, draft_id)?;
    match draft.state {
        DraftState::Open => Ok(draft),
        DraftState::Submitted { .. } => Err(Error::AlreadySubmitted),
    }
}

/// Every draft, the one that was changed last first.
pub(super) fn drafts(tx: &Transaction<'_>) -> Result<Vec<Draft>, Error> {
    let sql = format!("SELECT {COLUMNS} FROM drafts ORDER BY updated_at DESC, draft_id DESC");
    let mut statement = tx.prepare_cached(&sql)?;
    let rows = statement.query_map([], read_row)?.collect::<Result<Vec<_>, _>>()?;
    rows.into_iter().collect()
}

fn read_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<Result<Draft, Error>> {
    let (draft_id, state, transaction_id): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
    let (revision, created_at, updated_at): (u64, i64, i64) = (row.get(3)?, row.get(4)?, row.get(5)?);
    Ok((|| {
        let state = match state.as_str() {
            "open" => DraftState::Open,
            "submitted" => DraftState::Submitted { transaction_id: parse(&transaction_id)? },
            _ => return Err(Error::internal("a draft's state is not one")),
        };
        Ok(Draft {
            draft_id: parse(&draft_id)?,
            state,
            revision,
            created_at: timestamp(created_at)?,
            updated_at: timestamp(updated_at)?,
        })
    })())
}

fn parse<T: std::str::FromStr>(text: &str) -> Result<T, Error> {
    text.parse().map_err(|_| Error::internal("a name in the store is not one"))
}

/// Counts one change of a draft and gives its new revision.
pub(crate) fn touch(tx: &Transaction<'_>, draft: &Draft) -> Result<u64, Error> {
    let revision = draft.revision + 1;
    tx.prepare_cached("UPDATE drafts SET revision = ?2, updated_at = ?3 WHERE draft_id = ?1")?
        .execute(params![draft.draft_id.to_string(), revision, now_ms()])?;
    Ok(revision)
}

/// Freezes a draft under the transaction that it is sent as.
pub(crate) fn mark_submitted(
    tx: &Transaction<'_>,
    draft: &Draft,
    transaction_id: TransactionId,
) -> Result<(), Error> {
    touch(tx, draft)?;
    tx.execute(
        "UPDATE drafts SET state = 'submitted', transaction_id = ?2 WHERE draft_id = ?1",
        params![draft.draft_id.to_string(), transaction_id.to_string()],
    )?;
    Ok(())
}

/// Opens a frozen draft again, because what was made of it will never be sent.
pub(crate) fn mark_open(tx: &Transaction<'_>, draft: &Draft) -> Result<(), Error> {
    touch(tx, draft)?;
    tx.execute(
        "UPDATE drafts SET state = 'open', transaction_id = '' WHERE draft_id = ?1",
        [draft.draft_id.to_string()],
    )?;
    Ok(())
}

/// The sealed parts of a draft that are not answers.
#[derive(Clone, Copy)]
enum Part {
    Document,
    Choices,
    Earlier,
}

impl Part {
    fn name(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Choices => "choices",
            Self::Earlier => "earlier",
        }
    }

    fn place(self, draft_id: DraftId, revision: u64) -> Place<'static> {
        Place { table: "draft_parts", row: draft_id.to_string().into(), column: self.name(), revision }
    }
}

fn store_part<T: Serialize>(
    tx: &Transaction<'_>,
    sealer: &Sealer,
    draft_id: DraftId,
    part: Part,
    revision: u64,
    value: &T,
) -> Result<(), Error> {
    let sealed = sealer.seal(&part.place(draft_id, revision), value)?;
    tx.execute(
        "INSERT INTO draft_parts (draft_id, part, revision, sealed) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (draft_id, part) DO UPDATE SET revision = excluded.revision, sealed = excluded.sealed",
        params![draft_id.to_string(), part.name(), revision, sealed],
    )?;
    Ok(())
}

fn part<T: serde::de::DeserializeOwned>(
    tx: &Transaction<'_>,
    sealer: &Sealer,
    draft_id: DraftId,
    part: Part,
) -> Result<Option<T>, Error> {
    let row = sealed_part(tx, draft_id, part)?;
    row.map(|(revision, sealed)| sealer.open(&part.place(draft_id, revision), &sealed)).transpose()
}

fn sealed_part(tx: &Transaction<'_>, draft_id: DraftId, part: Part) -> Result<Option<(u64, Vec<u8>)>, Error> {
    let row = tx
        .prepare_cached("SELECT revision, sealed FROM draft_parts WHERE draft_id = ?1 AND part = ?2")?
        .query_row(params![draft_id.to_string(), part.name()], |row| {
            Ok((row.get::<_, u64>(0)?, row.get::<_, Vec<u8>>(1)?))
        })
        .optional()?;
    Ok(row)
}

/// What is frozen into a draft. It is by far the largest part and looked at with every keystroke, so it is opened once.
pub(super) fn document(
    tx: &Transaction<'_>,
    sealer: &Sealer,
    draft_id: DraftId,
) -> Result<Arc<DraftDocument>, Error> {
    let row = sealed_part(tx, draft_id, Part::Document)?;
    let (revision, sealed) = row.ok_or(Error::internal("a draft has no document"))?;
    sealer.open_again(&Part::Document.place(draft_id, revision), &sealed)
}

/// Freezes another document into a draft, in the place of the one it has.
pub(super) fn store_document(
    tx: &Transaction<'_>,
    sealer: &Sealer,
    draft_id: DraftId,
    revision: u64,
    document: &DraftDocument,
) -> Result<(), Error> {
    store_part(tx, sealer, draft_id, Part::Document, revision, document)
}

/// What was answered to earlier versions of the form.
pub(super) fn earlier(
    tx: &Transaction<'_>,
    sealer: &Sealer,
    draft_id: DraftId,
) -> Result<Vec<EarlierAnswer>, Error> {
    Ok(part(tx, sealer, draft_id, Part::Earlier)?.unwrap_or_default())
}

/// Keeps what was answered to earlier versions.
pub(super) fn store_earlier(
    tx: &Transaction<'_>,
    sealer: &Sealer,
    draft_id: DraftId,
    revision: u64,
    earlier: &[EarlierAnswer],
) -> Result<(), Error> {
    store_part(tx, sealer, draft_id, Part::Earlier, revision, &earlier)
}

/// What the person chose so far.
pub(super) fn choices(tx: &Transaction<'_>, sealer: &Sealer, draft_id: DraftId) -> Result<Choices, Error> {
    Ok(part(tx, sealer, draft_id, Part::Choices)?.unwrap_or_default())
}

/// Keeps what the person chose.
pub(super) fn store_choices(
    tx: &Transaction<'_>,
    sealer: &Sealer,
    draft_id: DraftId,
    revision: u64,
    choices: &Choices,
) -> Result<(), Error> {
    store_part(tx, sealer, draft_id, Part::Choices, revision, choices)
}

fn slot(sealer: &Sealer, draft_id: DraftId, field_id: &FieldId) -> [u8; 16] {
    sealer.slot("answers", &[&draft_id.to_string(), field_id.as_str()])
}

fn answer_place(draft_id: DraftId, slot: &[u8], revision: u64) -> Place<'static> {
    let row = format!("{draft_id}/{}", citizen_api::jose::encode(slot));
    Place { table: "answers", row: row.into(), column: "sealed", revision }
}

/// Writes one answer, in one row.
pub(super) fn store_answer(
    tx: &Transaction<'_>,
    sealer: &Sealer,
    draft_id: DraftId,
    revision: u64,
    field_id: &FieldId,
    value: serde_json::Value,
) -> Result<(), Error> {
    let answer = SealedAnswer { field_id: field_id.clone(), value, typed: false };
    store_row(tx, sealer, draft_id, revision, &answer)
}

/// Writes what was typed at a path, in the row of an answer to it.
pub(super) fn store_typed(
    tx: &Transaction<'_>,
    sealer: &Sealer,
    draft_id: DraftId,
    revision: u64,
    place: &str,
    typed: &str,
) -> Result<(), Error> {
    let answer = SealedAnswer { field_id: place.into(), value: typed.into(), typed: true };
    store_row(tx, sealer, draft_id, revision, &answer)
}

fn store_row(
    tx: &Transaction<'_>,
    sealer: &Sealer,
    draft_id: DraftId,
    revision: u64,
    answer: &SealedAnswer,
) -> Result<(), Error> {
    let slot = slot(sealer, draft_id, &answer.field_id);
    let sealed = sealer.seal(&answer_place(draft_id, &slot, revision), answer)?;
    tx.prepare_cached(
        "INSERT INTO answers (draft_id, slot, revision, sealed) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (draft_id, slot) DO UPDATE SET revision = excluded.revision, sealed = excluded.sealed",
    )?
    .execute(params![draft_id.to_string(), slot, revision, sealed])?;
    Ok(())
}

/// Takes every answer out, to write others in the same transaction.
pub(super) fn remove_answers(tx: &Transaction<'_>, draft_id: DraftId) -> Result<(), Error> {
    tx.execute("DELETE FROM answers WHERE draft_id = ?1", [draft_id.to_string()])?;
    Ok(())
}

/// Takes one answer back.
pub(super) fn remove_answer(
    tx: &Transaction<'_>,
    sealer: &Sealer,
    draft_id: DraftId,
    field_id: &FieldId,
) -> Result<(), Error> {
    tx.prepare_cached("DELETE FROM answers WHERE draft_id = ?1 AND slot = ?2")?
        .execute(params![draft_id.to_string(), slot(sealer, draft_id, field_id)])?;
    Ok(())
}

/// What the person wrote.
pub(crate) fn own_answers(tx: &Transaction<'_>, sealer: &Sealer, draft_id: DraftId) -> Result<Own, Error> {
    let mut statement =
        tx.prepare_cached("SELECT slot, revision, sealed FROM answers WHERE draft_id = ?1")?;
    let rows = statement
        .query_map([draft_id.to_string()], |row| {
            Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, u64>(1)?, row.get::<_, Vec<u8>>(2)?))
        })?
        .collect::<Result<Vec<_>, _>>()?;
    let mut own = Own::default();
    for (slot, revision, sealed) in &rows {
        let answer: SealedAnswer = sealer.open(&answer_place(draft_id, slot, *revision), sealed)?;
        match answer.value {
            serde_json::Value::String(typed) if answer.typed => {
                own.typed.insert(answer.field_id.0, typed);
            }
            value => {
                own.answers.insert(answer.field_id, value);
            }
        }
    }
    Ok(own)
}
