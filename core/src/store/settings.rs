//! Small public facts of the device, by name: the catalogue's version, the person chosen last, after which time it locks.

use rusqlite::{OptionalExtension, Transaction};

use crate::Error;

/// A fact; none where it was not noted.
pub(crate) fn get(tx: &Transaction<'_>, name: &str) -> Result<Option<String>, Error> {
    Ok(tx.query_row("SELECT value FROM settings WHERE name = ?1", [name], |row| row.get(0)).optional()?)
}

/// Notes a fact.
pub(crate) fn set(tx: &Transaction<'_>, name: &str, value: &str) -> Result<(), Error> {
    tx.execute(
        "INSERT INTO settings (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        [name, value],
    )?;
    Ok(())
}

/// Forgets a fact.
pub(crate) fn unset(tx: &Transaction<'_>, name: &str) -> Result<(), Error> {
    tx.execute("DELETE FROM settings WHERE name = ?1", [name])?;
    Ok(())
}
