//! The rows of the outbox.

use citizen_api::problem::Problem;
use citizen_api::{TransactionId, problem::ProblemType};
use rusqlite::{OptionalExtension, Transaction, params};

use super::backoff::LONGEST_RETRY_AFTER;
use super::request::{QueuedRequest, What};
use crate::Error;
use crate::draft::DraftId;
use crate::store::{Place, Sealer, now_ms};

/// A row, opened.
pub(super) struct Queued {
    pub transaction_id: TransactionId,
    pub attempts: u32,
    pub next_attempt_at: i64,
    pub waits: Waits,
    pub blocked: bool,
    /// Whether the person has paused it.
    pub paused: bool,
    /// Whether something it depends on is still to be sent.
    pub depends: bool,
    pub created_at: i64,
    revision: u64,
    pub request: QueuedRequest,
}

/// What the last attempt failed by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Waits {
    Nothing,
    Network,
    City,
    /// The city said when to come again, and is not asked before, whatever changes here.
    Asked,
    SignIn,
}

impl Waits {
    fn word(self) -> &'static str {
        match self {
            Self::Nothing => "",
            Self::Network => "network",
            Self::City => "city",
            Self::Asked => "asked",
            Self::SignIn => "sign-in",
        }
    }

    fn read(word: &str) -> Self {
        match word {
            "network" => Self::Network,
            "city" => Self::City,
            "asked" => Self::Asked,
            "sign-in" => Self::SignIn,
            _ => Self::Nothing,
        }
    }
}

/// The word in the place of a refusal by which a person has paused a row.
const PAUSED: &str = "paused";

const DEPENDS: &str = "EXISTS (SELECT 1 FROM outbox_dependencies
    JOIN outbox AS needed ON needed.transaction_id = outbox_dependencies.depends_on
    WHERE outbox_dependencies.transaction_id = outbox.transaction_id)";

fn place(transaction_id: &str, revision: u64) -> Place<'_> {
    Place { table: "outbox", row: transaction_id.into(), column: "sealed", revision }
}

/// Queues a request, and names what must be sent before it. One that is queued already stays as it is.
pub(crate) fn push(
    tx: &Transaction<'_>,
    sealer: &Sealer,
    transaction_id: TransactionId,
    request: &QueuedRequest,
    depends_on: &[TransactionId],
) -> Result<(), Error> {
    let name = transaction_id.to_string();
    let sealed = sealer.seal(&place(&name, 1), request)?;
    tx.execute(
        "INSERT INTO outbox (transaction_id, kind, draft_id, created_at, revision, sealed)
         VALUES (?1, ?2, ?3, ?4, 1, ?5) ON CONFLICT (transaction_id) DO NOTHING",
        params![name, request.what.kind(), draft_name(request), now_ms(), sealed],
    )?;
    for needed in depends_on {
        tx.execute(
            "INSERT INTO outbox_dependencies (transaction_id, depends_on) VALUES (?1, ?2)
             ON CONFLICT (transaction_id, depends_on) DO NOTHING",
            params![name, needed.to_string()],
        )?;
    }
    Ok(())
}

/// The draft that a request was made of, as its row names it.
fn draft_name(request: &QueuedRequest) -> String {
    request.draft_id.map(|draft_id| draft_id.to_string()).unwrap_or_default()
}

/// Whether something made of a draft is still to be sent.
pub(crate) fn holds(tx: &Transaction<'_>, draft_id: DraftId) -> Result<bool, Error> {
    let sql = "SELECT EXISTS (SELECT 1 FROM outbox WHERE draft_id = ?1)";
    Ok(tx.query_row(sql, [draft_id.to_string()], |row| row.get(0))?)
}

/// Every row, in the order they were made.
pub(super) fn all(tx: &Transaction<'_>, sealer: &Sealer) -> Result<Vec<Queued>, Error> {
    select(tx, sealer, "TRUE ORDER BY sequence", &[])
}

/// The row of that transaction.
pub(super) fn get(
    tx: &Transaction<'_>,
    sealer: &Sealer,
    transaction_id: TransactionId,
) -> Result<Option<Queued>, Error> {
    let name = transaction_id.to_string();
    Ok(select(tx, sealer, "outbox.transaction_id = ?1", &[&name])?.pop())
}

/// What goes with a row: all that was made of the same draft, which is a filing and its files; of what was made of no
/// draft, the row alone.
pub(super) fn of_draft(tx: &Transaction<'_>, sealer: &Sealer, row: &Queued) -> Result<Vec<Queued>, Error> {
    match row.request.draft_id {
        Some(draft_id) => select(tx, sealer, "draft_id = ?1 ORDER BY sequence", &[&draft_id.to_string()]),
        None => Ok(get(tx, sealer, row.transaction_id)?.into_iter().collect()),
    }
}

/// An instruction that waits.
pub(crate) struct QueuedInstruction {
    pub(crate) transaction_id: TransactionId,
    /// The compact document.
    pub(crate) document: String,
    /// How often it was tried.
    pub(crate) attempts: u32,
    /// Why the city refused it, where it did.
    pub(crate) problem: Option<Problem>,
}

/// The instructions that wait, oldest first.
pub(crate) fn instructions(tx: &Transaction<'_>, sealer: &Sealer) -> Result<Vec<QueuedInstruction>, Error> {
    let rows = select(tx, sealer, "kind = 'instruction' ORDER BY sequence", &[])?;
    let told = |row: Queued| match row.request.what {
        What::Instruction { document } => Some(QueuedInstruction {
            transaction_id: row.transaction_id,
            document,
            attempts: row.attempts,
            problem: row.request.problem,
        }),
        _ => None,
    };
    Ok(rows.into_iter().filter_map(told).collect())
}

/// The rows that can be sent now: not blocked, not waiting for time, not waiting for another row. Those that failed
/// least come first, so that one which fails every time never keeps the others waiting. A time further away than
/// any pause lasts was written by a clock that has since been set back, and counts as now. Files are among them only
/// where they may go.
pub(super) fn ready(tx: &Transaction<'_>, files: bool) -> Result<Vec<TransactionId>, Error> {
    let now = now_ms();
    let far = now.saturating_add(2 * i64::try_from(LONGEST_RETRY_AFTER.as_millis()).unwrap_or(i64::MAX / 4));
    let sql = format!(
        "SELECT transaction_id FROM outbox
         WHERE blocked = '' AND (next_attempt_at <= ?1 OR next_attempt_at > ?2) AND NOT {DEPENDS}
             AND (?3 OR kind <> 'upload')
         ORDER BY attempts, sequence"
    );
    let mut statement = tx.prepare_cached(&sql)?;
    let names = statement
        .query_map(params![now, far, files], |row| row.get::<_, String>(0))?
        .collect::<Result<Vec<_>, _>>()?;
    names.iter().map(|name| parse(name)).collect()
}

/// When the next row is due, in milliseconds since 1970: of those that wait for time and nothing else. None where
/// there is no such row.
pub(super) fn next_due(tx: &Transaction<'_>, files: bool) -> Result<Option<i64>, Error> {
    let sql = format!(
        "SELECT min(next_attempt_at) FROM outbox WHERE blocked = '' AND NOT {DEPENDS}
         AND (?1 OR kind <> 'upload')"
    );
    Ok(tx.prepare_cached(&sql)?.query_row([files], |row| row.get(0))?)
}

fn select(
    tx: &Transaction<'_>,
    sealer: &Sealer,
    condition: &str,
    values: &[&dyn rusqlite::ToSql],
) -> Result<Vec<Queued>, Error> {
    let sql = format!(
        "SELECT transaction_id, attempts, next_attempt_at, waits, blocked, {DEPENDS}, created_at, revision, sealed
         FROM outbox WHERE {condition}"
    );
    let mut statement = tx.prepare_cached(&sql)?;
    let mut rows = statement.query(values)?;
    let mut queued = Vec::new();
    while let Some(row) = rows.next()? {
        let (name, revision): (String, u64) = (row.get(0)?, row.get(7)?);
        queued.push(Queued {
            transaction_id: parse(&name)?,
            attempts: row.get(1)?,
            next_attempt_at: row.get(2)?,
            waits: Waits::read(&row.get::<_, String>(3)?),
            blocked: !matches!(row.get::<_, String>(4)?.as_str(), "" | PAUSED),
            paused: row.get::<_, String>(4)? == PAUSED,
            depends: row.get(5)?,
            created_at: row.get(6)?,
            revision,
            request: sealer.open(&place(&name, revision), &row.get::<_, Vec<u8>>(8)?)?,
        });
    }
    Ok(queued)
}

fn parse(name: &str) -> Result<TransactionId, Error> {
    name.parse().map_err(|_| Error::internal("a transaction's name is not one"))
}

/// Counts an attempt before it is made, so that a process which dies of a row has still counted it.
pub(super) fn count_attempt(tx: &Transaction<'_>, transaction_id: TransactionId) -> Result<(), Error> {
    tx.execute(
        "UPDATE outbox SET attempts = attempts + 1 WHERE transaction_id = ?1",
        [transaction_id.to_string()],
    )?;
    Ok(())
}

/// Puts a row off.
pub(super) fn defer(
    tx: &Transaction<'_>,
    transaction_id: TransactionId,
    next_attempt_at: i64,
    waits: Waits,
) -> Result<(), Error> {
    tx.execute(
        "UPDATE outbox SET next_attempt_at = ?2, waits = ?3 WHERE transaction_id = ?1",
        params![transaction_id.to_string(), next_attempt_at, waits.word()],
    )?;
    Ok(())
}

/// Whether a row is there and nothing keeps it from being sent but time and other rows.
pub(super) fn goes(tx: &Transaction<'_>, transaction_id: TransactionId) -> Result<bool, Error> {
    let sql = "SELECT EXISTS (SELECT 1 FROM outbox WHERE transaction_id = ?1 AND blocked = '')";
    Ok(tx.prepare_cached(sql)?.query_row([transaction_id.to_string()], |row| row.get(0))?)
}

/// Pauses a row that the city has not refused.
pub(super) fn pause(tx: &Transaction<'_>, transaction_id: TransactionId) -> Result<(), Error> {
    let sql = "UPDATE outbox SET blocked = ?2 WHERE transaction_id = ?1 AND blocked = ''";
    tx.execute(sql, [&transaction_id.to_string(), PAUSED])?;
    Ok(())
}

/// Lets a row go on that was paused, and at once.
pub(super) fn resume(tx: &Transaction<'_>, transaction_id: TransactionId) -> Result<(), Error> {
    let sql =
        "UPDATE outbox SET blocked = '', next_attempt_at = 0 WHERE transaction_id = ?1 AND blocked = ?2";
    tx.execute(sql, [&transaction_id.to_string(), PAUSED])?;
    Ok(())
}

/// Puts a row before all others.
pub(super) fn put_first(tx: &Transaction<'_>, transaction_id: TransactionId) -> Result<(), Error> {
    let sql = "UPDATE outbox SET attempts = 0, sequence = (SELECT min(sequence) FROM outbox) - 1
               WHERE transaction_id = ?1";
    tx.execute(sql, [transaction_id.to_string()])?;
    Ok(())
}

/// Makes every row ready that waits for time, but for those that the city said a time for.
pub(super) fn clear_waits(tx: &Transaction<'_>) -> Result<(), Error> {
    tx.execute(
        "UPDATE outbox SET next_attempt_at = 0 WHERE next_attempt_at <> 0 AND waits <> ?1",
        [Waits::Asked.word()],
    )?;
    Ok(())
}

/// Parks a row for a person, with the city's refusal sealed beside it.
pub(super) fn block(
    tx: &Transaction<'_>,
    sealer: &Sealer,
    row: &Queued,
    problem: &Problem,
) -> Result<(), Error> {
    let request = QueuedRequest { problem: Some(problem.clone()), ..row.request.clone() };
    reseal(tx, sealer, row, &request, reason(problem.kind))
}

/// Makes a parked row ready again.
pub(super) fn unblock(tx: &Transaction<'_>, sealer: &Sealer, row: &Queued) -> Result<(), Error> {
    let request = QueuedRequest { problem: None, ..row.request.clone() };
    reseal(tx, sealer, row, &request, String::new())
}

fn reseal(
    tx: &Transaction<'_>,
    sealer: &Sealer,
    row: &Queued,
    request: &QueuedRequest,
    blocked: String,
) -> Result<(), Error> {
    let (name, revision) = (row.transaction_id.to_string(), row.revision + 1);
    let sealed = sealer.seal(&place(&name, revision), request)?;
    tx.execute(
        "UPDATE outbox SET blocked = ?2, next_attempt_at = 0, waits = '', revision = ?3, sealed = ?4
         WHERE transaction_id = ?1",
        params![name, blocked, revision, sealed],
    )?;
    Ok(())
}

/// The word for a refusal that stands in the clear: its type, which says nothing about the person.
fn reason(kind: ProblemType) -> String {
    match serde_json::to_value(kind) {
        Ok(serde_json::Value::String(word)) => word,
        _ => "unknown".to_owned(),
    }
}

/// Removes a row: the city has it, or the person took it back.
pub(crate) fn remove(tx: &Transaction<'_>, transaction_id: TransactionId) -> Result<(), Error> {
    let name = transaction_id.to_string();
    tx.execute("DELETE FROM outbox_dependencies WHERE transaction_id = ?1", [&name])?;
    tx.execute("DELETE FROM outbox WHERE transaction_id = ?1", [&name])?;
    Ok(())
}

/// Whether the city has acknowledged a transaction.
pub(super) fn acknowledged(tx: &Transaction<'_>, transaction_id: TransactionId) -> Result<bool, Error> {
    let found = tx
        .query_row("SELECT 1 FROM receipts WHERE transaction_id = ?1", [transaction_id.to_string()], |_| {
            Ok(())
        })
        .optional()?;
    Ok(found.is_some())
}

/// Has a transaction refused, as the city does.
#[cfg(test)]
pub(crate) fn refuse(
    tx: &Transaction<'_>,
    sealer: &Sealer,
    transaction_id: TransactionId,
    problem: &Problem,
) -> Result<(), Error> {
    let row = get(tx, sealer, transaction_id)?.ok_or(Error::NotInOutbox)?;
    block(tx, sealer, &row, problem)
}

/// The signed document that waits under a transaction.
#[cfg(test)]
pub(crate) fn queued_document(
    tx: &Transaction<'_>,
    sealer: &Sealer,
    transaction_id: TransactionId,
) -> Result<Option<String>, Error> {
    Ok(get(tx, sealer, transaction_id)?.and_then(|row| match row.request.what {
        What::Upload { .. } => None,
        What::Submission { document }
        | What::Supplement { document, .. }
        | What::Instruction { document } => Some(document),
    }))
}
