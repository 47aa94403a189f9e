//! The records of consents, in the device's store: they are asked for before anyone is known.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Transaction, params};

use super::Purpose;
use crate::Error;
use crate::people::PersonId;
use crate::store::{now_ms, timestamp};

/// Whose record it is: a person's, or whoever holds the phone before anyone is known.
fn name(person: Option<PersonId>) -> String {
    person.map(|person_id| person_id.to_string()).unwrap_or_default()
}

/// Writes down that somebody agreed. Agreeing twice is agreeing once.
pub(super) fn give(tx: &Transaction<'_>, person: Option<PersonId>, purpose: Purpose) -> Result<(), Error> {
    if is_given(tx, person, purpose)? {
        return Ok(());
    }
    tx.execute(
        "INSERT INTO consents (person_id, purpose, version, given_at) VALUES (?1, ?2, ?3, ?4)",
        params![name(person), purpose.name(), purpose.version(), now_ms()],
    )?;
    Ok(())
}

/// Writes down that somebody took it back.
pub(super) fn withdraw(
    tx: &Transaction<'_>,
    person: Option<PersonId>,
    purpose: Purpose,
) -> Result<(), Error> {
    tx.execute(
        "UPDATE consents SET withdrawn_at = ?3 WHERE person_id = ?1 AND purpose = ?2 AND withdrawn_at = 0",
        params![name(person), purpose.name(), now_ms()],
    )?;
    Ok(())
}

/// Whether somebody agrees to what is said of a purpose now.
pub(crate) fn is_given(
    tx: &Transaction<'_>,
    person: Option<PersonId>,
    purpose: Purpose,
) -> Result<bool, Error> {
    let sql = "SELECT EXISTS (SELECT 1 FROM consents
                WHERE person_id = ?1 AND purpose = ?2 AND version = ?3 AND withdrawn_at = 0)";
    Ok(tx.query_row(sql, params![name(person), purpose.name(), purpose.version()], |row| row.get(0))?)
}

/// Whether anybody here agrees to talking with the city.
pub(crate) fn is_anybodys(tx: &Transaction<'_>) -> Result<bool, Error> {
    let sql =
        "SELECT EXISTS (SELECT 1 FROM consents WHERE purpose = ?1 AND version = ?2 AND withdrawn_at = 0)";
    Ok(tx.query_row(sql, params![Purpose::City.name(), Purpose::City.version()], |row| row.get(0))?)
}

/// What was agreed to before anyone was known becomes the consent of the person who then signed in.
pub(crate) fn adopt(tx: &Transaction<'_>, person_id: PersonId) -> Result<(), Error> {
    tx.execute("UPDATE consents SET person_id = ?1 WHERE person_id = ''", [person_id.to_string()])?;
    Ok(())
}

/// Forgets whose records they were: they go with the person.
pub(crate) fn forget(tx: &Transaction<'_>, person_id: PersonId) -> Result<(), Error> {
    tx.execute("DELETE FROM consents WHERE person_id = ?1", [person_id.to_string()])?;
    Ok(())
}

/// The last record of somebody's for a purpose.
pub(super) struct Record {
    pub(super) version: u32,
    pub(super) given_at: Timestamp,
    pub(super) withdrawn_at: Option<Timestamp>,
}

/// The last record of somebody's for a purpose, where there is one.
pub(super) fn last(
    tx: &Transaction<'_>,
    person: Option<PersonId>,
    purpose: Purpose,
) -> Result<Option<Record>, Error> {
    let sql = "SELECT version, given_at, withdrawn_at FROM consents WHERE person_id = ?1 AND purpose = ?2
               ORDER BY consent_id DESC LIMIT 1";
    let row: Option<(u32, i64, i64)> = tx
        .query_row(sql, params![name(person), purpose.name()], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
        .optional()?;
    row.map(|(version, given_at, withdrawn_at)| {
        let withdrawn_at = (withdrawn_at != 0).then(|| timestamp(withdrawn_at)).transpose()?;
        Ok(Record { version, given_at: timestamp(given_at)?, withdrawn_at })
    })
    .transpose()
}
