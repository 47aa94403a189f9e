//! The catalogue in the device's store: one row a service, which version all of
//! them make, and what is searched of them.

use std::io::Read as _;

use citizen_api::ServiceId;
use jiff::Timestamp;
use rusqlite::{OptionalExtension, Transaction, params};

use super::entry::Entry;
use super::packed::{Packed, pack};
use crate::Error;
use crate::store::{now_ms, settings, timestamp};

const VERSION: &str = "catalogue_version";
const FETCHED_AT: &str = "catalogue_fetched_at";

/// The version of the catalogue on this device; 0 before the first pull.
pub(super) fn version(tx: &Transaction<'_>) -> Result<u64, Error> {
    Ok(settings::get(tx, VERSION)?.and_then(|text| text.parse().ok()).unwrap_or_default())
}

/// When the city last said that this is its catalogue.
pub(super) fn fetched_at(tx: &Transaction<'_>) -> Result<Option<Timestamp>, Error> {
    Ok(settings::get(tx, FETCHED_AT)?.and_then(|text| text.parse().ok()).and_then(|ms| timestamp(ms).ok()))
}

/// Notes that the city has just said that this version is its catalogue.
pub(super) fn confirm(tx: &Transaction<'_>, version: u64) -> Result<(), Error> {
    set_version(tx, version)?;
    settings::set(tx, FETCHED_AT, &now_ms().to_string())
}

/// Notes which version of the catalogue is here, without the city having said so just now.
pub(super) fn set_version(tx: &Transaction<'_>, version: u64) -> Result<(), Error> {
    settings::set(tx, VERSION, &version.to_string())
}

/// A service's document; none where no such service is offered.
pub(super) fn document(tx: &Transaction<'_>, service_id: &ServiceId) -> Result<Option<String>, Error> {
    let mut statement = tx.prepare_cached("SELECT document FROM services WHERE service_id = ?1")?;
    Ok(statement.query_row([service_id.as_str()], |row| row.get(0)).optional()?)
}

/// The service that grievances are filed for; none where the city has none. The condition is written as in the index
/// that it stands on.
pub(super) fn for_grievances(tx: &Transaction<'_>) -> Result<Option<ServiceId>, Error> {
    let sql = "SELECT service_id FROM services
        WHERE CASE WHEN json_valid(document) THEN json_extract(document, '$.workflow') END = 'grievance'
        ORDER BY service_id LIMIT 1";
    let found = tx.prepare_cached(sql)?.query_row([], |row| row.get::<_, String>(0)).optional()?;
    Ok(found.map(ServiceId))
}

/// What changes with every change to the store, by this process or another: while it is the same, so is all that
/// was read.
pub(super) fn mark(tx: &Transaction<'_>) -> Result<(i64, i64), Error> {
    let by_others = tx.prepare_cached("PRAGMA data_version")?.query_row([], |row| row.get(0))?;
    let by_us = tx.prepare_cached("SELECT total_changes()")?.query_row([], |row| row.get(0))?;
    Ok((by_others, by_us))
}

/// The packed catalogue of this version, where it is there and sound. It is read in place: a column's value would be
/// held whole a second time, and the allocator keeps what it has held.
pub(super) fn packed(tx: &Transaction<'_>, version: u64) -> Result<Option<Packed>, Error> {
    let sql = "SELECT part FROM packed_catalogue WHERE part = 0 AND catalogue_version = ?1";
    let Some(row) = tx.query_row(sql, [version], |row| row.get(0)).optional()? else { return Ok(None) };
    let mut blob = tx.blob_open("main", "packed_catalogue", "packed", row, true)?;
    let mut bytes = vec![0; blob.len()];
    blob.read_exact(&mut bytes).map_err(|_| Error::RecordAltered)?;
    Ok(Packed::open(bytes))
}

/// Packs the documents, and keeps that as the catalogue of this version.
pub(super) fn repack(tx: &Transaction<'_>, version: u64) -> Result<Vec<u8>, Error> {
    let packed = packed_anew(tx)?;
    tx.execute(
        "INSERT INTO packed_catalogue (part, catalogue_version, packed) VALUES (0, ?1, ?2)
         ON CONFLICT (part) DO UPDATE
         SET catalogue_version = excluded.catalogue_version, packed = excluded.packed",
        params![version, packed],
    )?;
    Ok(packed)
}

/// Packs the documents, each read as far as this version can.
pub(super) fn packed_anew(tx: &Transaction<'_>) -> Result<Vec<u8>, Error> {
    let mut statement = tx.prepare_cached("SELECT document FROM services ORDER BY service_id")?;
    let mut rows = statement.query([])?;
    let mut sources = Vec::new();
    while let Some(row) = rows.next()? {
        let document = row.get_ref(0)?.as_str().map_err(|_| Error::RecordAltered)?;
        sources.extend(Entry::read(document).map(Entry::into_source));
    }
    Ok(pack(sources))
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
