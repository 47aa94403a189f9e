//! The catalogue in the device's store: one row a service, and which version all of them make.

use citizen_api::ServiceId;
use jiff::Timestamp;
use rusqlite::{OptionalExtension, Transaction, params};

use super::index::Entry;
use crate::Error;
use crate::store::{now_ms, timestamp};

const VERSION: &str = "catalogue_version";
const FETCHED_AT: &str = "catalogue_fetched_at";

/// The version of the catalogue on this device; 0 before the first pull.
pub(super) fn version(tx: &Transaction<'_>) -> Result<u64, Error> {
    Ok(setting(tx, VERSION)?.and_then(|text| text.parse().ok()).unwrap_or_default())
}

/// When the city last said that this is its catalogue.
pub(super) fn fetched_at(tx: &Transaction<'_>) -> Result<Option<Timestamp>, Error> {
    Ok(setting(tx, FETCHED_AT)?.and_then(|text| text.parse().ok()).and_then(|ms| timestamp(ms).ok()))
}

/// Notes that the city has just said that this version is its catalogue.
pub(super) fn confirm(tx: &Transaction<'_>, version: u64) -> Result<(), Error> {
    set(tx, VERSION, &version.to_string())?;
    set(tx, FETCHED_AT, &now_ms().to_string())
}

/// Every service, read as far as this version can.
pub(super) fn entries(tx: &Transaction<'_>) -> Result<Vec<Entry>, Error> {
    let mut statement = tx.prepare_cached("SELECT document FROM services ORDER BY service_id")?;
    let documents = statement.query_map([], |row| row.get::<_, String>(0))?;
    let mut entries = Vec::new();
    for document in documents {
        entries.extend(Entry::read(&document?));
    }
    Ok(entries)
}

/// Forgets every service: the city's next word is the whole of it.
pub(super) fn clear(tx: &Transaction<'_>) -> Result<(), Error> {
    tx.execute("DELETE FROM services", [])?;
    Ok(())
}

/// Puts a service's document in the place of the one of that name.
pub(super) fn put(tx: &Transaction<'_>, service_id: &ServiceId, document: &str) -> Result<(), Error> {
    tx.execute(
        "INSERT INTO services (service_id, document) VALUES (?1, ?2)
         ON CONFLICT (service_id) DO UPDATE SET document = excluded.document",
        params![service_id.as_str(), document],
    )?;
    Ok(())
}

/// Takes a service out of the catalogue. Drafts keep the document they were begun with.
pub(super) fn withdraw(tx: &Transaction<'_>, service_id: &ServiceId) -> Result<(), Error> {
    tx.execute("DELETE FROM services WHERE service_id = ?1", [service_id.as_str()])?;
    Ok(())
}

fn setting(tx: &Transaction<'_>, name: &str) -> Result<Option<String>, Error> {
    Ok(tx.query_row("SELECT value FROM settings WHERE name = ?1", [name], |row| row.get(0)).optional()?)
}

fn set(tx: &Transaction<'_>, name: &str, value: &str) -> Result<(), Error> {
    tx.execute(
        "INSERT INTO settings (name, value) VALUES (?1, ?2)
         ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        [name, value],
    )?;
    Ok(())
}
