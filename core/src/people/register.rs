//! Who has data on this phone. Names are sealed under a key of the device, so that a person can choose their own
//! before anything is unlocked.

use citizen_api::Subject;
use rusqlite::{OptionalExtension, Transaction, params};
use serde::{Deserialize, Serialize};

use super::PersonId;
use crate::Error;
use crate::store::{Place, Sealer, now_ms};

/// A person, as a shell offers them before anything is unlocked.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct PersonSummary {
    /// The compartment.
    pub person_id: PersonId,
    /// What the person is called.
    pub label: String,
    /// Whether the compartment is open in this process.
    pub unlocked: bool,
}

/// What is sealed for a person in the device's store.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct PersonRecord {
    pub(crate) label: String,
    pub(crate) subject: Subject,
}

fn place(name: &str) -> Place<'_> {
    Place { table: "people", row: name.into(), column: "sealed", revision: 1 }
}

/// Everyone, in the order they were added.
pub(crate) fn all(tx: &Transaction<'_>, sealer: &Sealer) -> Result<Vec<(PersonId, PersonRecord)>, Error> {
    let mut statement =
        tx.prepare_cached("SELECT person_id, sealed FROM people ORDER BY added_at, person_id")?;
    let rows = statement
        .query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, Vec<u8>>(1)?)))?
        .collect::<Result<Vec<_>, _>>()?;
    rows.into_iter()
        .map(|(name, sealed)| {
            let person_id = name.parse().map_err(|_| Error::RecordAltered)?;
            Ok((person_id, sealer.open(&place(&name), &sealed)?))
        })
        .collect()
}

/// One person.
pub(crate) fn get(tx: &Transaction<'_>, sealer: &Sealer, person_id: PersonId) -> Result<PersonRecord, Error> {
    let name = person_id.to_string();
    let sealed: Option<Vec<u8>> = tx
        .query_row("SELECT sealed FROM people WHERE person_id = ?1", [&name], |row| row.get(0))
        .optional()?;
    sealer.open(&place(&name), &sealed.ok_or(Error::NoSuchPerson)?)
}

/// Adds a person whose compartment is made already: a process that dies before this leaves a folder that
/// nobody's data are in.
pub(crate) fn add(
    tx: &Transaction<'_>,
    sealer: &Sealer,
    person_id: PersonId,
    record: &PersonRecord,
) -> Result<(), Error> {
    let name = person_id.to_string();
    let sealed = sealer.seal(&place(&name), record)?;
    tx.execute(
        "INSERT INTO people (person_id, revision, added_at, sealed) VALUES (?1, 1, ?2, ?3)",
        params![name, now_ms(), sealed],
    )?;
    Ok(())
}

/// A small public fact of the device.
pub(crate) fn setting(tx: &Transaction<'_>, name: &str) -> Result<Option<String>, Error> {
    Ok(tx.query_row("SELECT value FROM settings WHERE name = ?1", [name], |row| row.get(0)).optional()?)
}

/// Keeps a small public fact of the device.
pub(crate) fn set_setting(tx: &Transaction<'_>, name: &str, value: &str) -> Result<(), Error> {
    tx.execute(
        "INSERT INTO settings (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        [name, value],
    )?;
    Ok(())
}
