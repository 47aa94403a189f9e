//! Who has data on this phone. Names are sealed under a key of the device, so that a person can choose their own
//! before anything is unlocked.

use std::fs;
use std::path::Path;

use citizen_api::Subject;
use rusqlite::{OptionalExtension, Transaction, params};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::PersonId;
use crate::Error;
use crate::error::disk;
use crate::store::{Place, Sealer, now_ms};

/// A person, as a shell offers them before anything is unlocked.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct PersonSummary {
    /// The compartment.
    pub person_id: PersonId,
    /// What the person is called; empty where the key to it is not on this phone, as after a backup was restored.
    pub label: String,
    /// Whether the compartment is open in this process.
    pub unlocked: bool,
    /// Whether these are data that a sign-in begun others beside, because their PIN was forgotten or their key is gone.
    pub earlier: bool,
}

/// A row of the register.
pub(crate) struct Row {
    pub(crate) person_id: PersonId,
    /// None where it does not open: a restored backup has the rows and not the key.
    pub(crate) record: Option<PersonRecord>,
    pub(crate) earlier: bool,
}

/// Who a person is: sealed in the device's store, and once more with their own data, which needs nothing else to be
/// whole.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct PersonRecord {
    pub(crate) label: String,
    pub(crate) subject: Subject,
}

fn place(name: &str) -> Place<'_> {
    Place { table: "people", row: name.into(), column: "sealed", revision: 1 }
}

/// Everyone, in the order they were added.
pub(crate) fn all(tx: &Transaction<'_>, sealer: &Sealer) -> Result<Vec<Row>, Error> {
    let mut statement = tx.prepare_cached(
        "SELECT person_id, sealed, standing = 'earlier' FROM people ORDER BY added_at, person_id",
    )?;
    let rows = statement
        .query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, Vec<u8>>(1)?, row.get(2)?)))?
        .collect::<Result<Vec<_>, _>>()?;
    rows.into_iter()
        .map(|(name, sealed, earlier)| {
            let person_id = name.parse().map_err(|_| Error::RecordAltered)?;
            Ok(Row { person_id, record: sealer.open(&place(&name), &sealed).ok(), earlier })
        })
        .collect()
}

/// Notes that a sign-in may begin other data beside these.
pub(crate) fn set_earlier(tx: &Transaction<'_>, person_id: PersonId) -> Result<(), Error> {
    tx.execute("UPDATE people SET standing = 'earlier' WHERE person_id = ?1", [person_id.to_string()])?;
    Ok(())
}

/// One person.
pub(super) fn get(tx: &Transaction<'_>, sealer: &Sealer, person_id: PersonId) -> Result<PersonRecord, Error> {
    let name = person_id.to_string();
    let select = "SELECT sealed FROM people WHERE person_id = ?1";
    let sealed: Option<Vec<u8>> = tx.query_row(select, [&name], |row| row.get(0)).optional()?;
    sealer.open(&place(&name), &sealed.ok_or(Error::NoSuchPerson)?)
}

/// Whether that person is on this phone.
pub(crate) fn knows(tx: &Transaction<'_>, person_id: PersonId) -> Result<bool, Error> {
    let row = tx.query_row("SELECT 1 FROM people WHERE person_id = ?1", [person_id.to_string()], |_| Ok(()));
    Ok(row.optional()?.is_some())
}

/// Names the compartments that stand in the folder of all people and have no row, as after the device's store had to
/// be begun anew. What they are called is known again when they are unlocked.
pub(crate) fn adopt(tx: &Transaction<'_>, folder: &Path) -> Result<(), Error> {
    for entry in fs::read_dir(folder).map_err(disk)? {
        let path = entry.map_err(disk)?.path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if name.parse::<PersonId>().is_ok() && path.join("store.db").is_file() {
            tx.execute(
                "INSERT INTO people (person_id, revision, added_at) VALUES (?1, 1, ?2)
                 ON CONFLICT (person_id) DO NOTHING",
                params![name, now_ms()],
            )?;
        }
    }
    Ok(())
}

/// Takes a person's row away.
pub(crate) fn remove(tx: &Transaction<'_>, person_id: PersonId) -> Result<(), Error> {
    tx.execute("DELETE FROM people WHERE person_id = ?1", [person_id.to_string()])?;
    Ok(())
}

/// Keeps a person whose compartment is made already: a process that dies before this leaves a folder that
/// nobody's data are in.
pub(crate) fn keep(
    tx: &Transaction<'_>,
    sealer: &Sealer,
    person_id: PersonId,
    record: &PersonRecord,
) -> Result<(), Error> {
    let name = person_id.to_string();
    let sealed = sealer.seal(&place(&name), record)?;
    tx.execute(
        "INSERT INTO people (person_id, revision, added_at, sealed) VALUES (?1, 1, ?2, ?3)
         ON CONFLICT (person_id) DO UPDATE SET sealed = excluded.sealed",
        params![name, now_ms(), sealed],
    )?;
    Ok(())
}

/// Where a thing stands of which there is one among a person's own data.
fn state_place(name: &'static str) -> Place<'static> {
    Place { table: "states", row: name.into(), column: "sealed", revision: 1 }
}

/// A person's own copy of their record.
const RECORD: &str = "person";
/// Whether files go on when the person locks.
const UPLOADS_GO_ON: &str = "uploads-go-on";
/// Whether files are sent over Wi-Fi only.
const WIFI_ONLY: &str = "wifi-only";

fn state<T: DeserializeOwned>(
    tx: &Transaction<'_>,
    sealer: &Sealer,
    name: &'static str,
) -> Result<Option<T>, Error> {
    let select = "SELECT sealed FROM states WHERE name = ?1";
    let sealed: Option<Vec<u8>> = tx.query_row(select, [name], |row| row.get(0)).optional()?;
    sealed.map(|sealed| sealer.open(&state_place(name), &sealed)).transpose()
}

fn keep_state(
    tx: &Transaction<'_>,
    sealer: &Sealer,
    name: &'static str,
    value: &impl Serialize,
) -> Result<(), Error> {
    let place = state_place(name);
    tx.execute(
        "INSERT INTO states (name, revision, sealed) VALUES (?1, ?2, ?3)
         ON CONFLICT (name) DO UPDATE SET sealed = excluded.sealed",
        params![name, place.revision, sealer.seal(&place, value)?],
    )?;
    Ok(())
}

/// Keeps a person's record with their own data.
pub(super) fn keep_own(tx: &Transaction<'_>, sealer: &Sealer, record: &PersonRecord) -> Result<(), Error> {
    keep_state(tx, sealer, RECORD, record)
}

/// A person's record among their own data.
pub(super) fn own(tx: &Transaction<'_>, sealer: &Sealer) -> Result<Option<PersonRecord>, Error> {
    state(tx, sealer, RECORD)
}

/// Whether a person has chosen that files are sent over Wi-Fi only.
pub(super) fn wifi_only(tx: &Transaction<'_>, sealer: &Sealer) -> Result<bool, Error> {
    Ok(state(tx, sealer, WIFI_ONLY)?.unwrap_or_default())
}

/// Keeps that choice.
pub(super) fn keep_wifi_only(tx: &Transaction<'_>, sealer: &Sealer, chosen: bool) -> Result<(), Error> {
    keep_state(tx, sealer, WIFI_ONLY, &chosen)
}

/// Whether a person has allowed that files go on when they lock.
pub(super) fn uploads_go_on(tx: &Transaction<'_>, sealer: &Sealer) -> Result<bool, Error> {
    Ok(state(tx, sealer, UPLOADS_GO_ON)?.unwrap_or_default())
}

/// Keeps whether they have.
pub(super) fn keep_uploads_go_on(tx: &Transaction<'_>, sealer: &Sealer, allowed: bool) -> Result<(), Error> {
    keep_state(tx, sealer, UPLOADS_GO_ON, &allowed)
}
