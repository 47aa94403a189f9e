//! The rows of those whom a person acts for.

use citizen_api::Subject;
use rusqlite::{OptionalExtension, Transaction, params};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::Error;
use crate::people::{PersonId, PersonRecord};
use crate::store::{Place, Sealer};

/// Somebody who is acted for: who they are, and the key to what is written for them.
#[derive(Serialize, Deserialize)]
pub(super) struct Row {
    pub(super) record: PersonRecord,
    pub(super) key: Zeroizing<Vec<u8>>,
}

fn place(name: &str) -> Place<'_> {
    Place { table: "represented", row: name.into(), column: "sealed", revision: 1 }
}

/// Everyone who is acted for.
pub(super) fn all(tx: &Transaction<'_>, sealer: &Sealer) -> Result<Vec<(PersonId, Row)>, Error> {
    let mut statement = tx.prepare_cached("SELECT person_id, sealed FROM represented ORDER BY person_id")?;
    let rows = statement
        .query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, Vec<u8>>(1)?)))?
        .collect::<Result<Vec<_>, _>>()?;
    rows.into_iter()
        .map(|(name, sealed)| {
            Ok((name.parse().map_err(|_| Error::RecordAltered)?, sealer.open(&place(&name), &sealed)?))
        })
        .collect()
}

/// The one who is called so by the city.
pub(super) fn of_subject(
    tx: &Transaction<'_>,
    sealer: &Sealer,
    subject: &Subject,
) -> Result<Option<(PersonId, Row)>, Error> {
    Ok(all(tx, sealer)?.into_iter().find(|(_, row)| row.record.subject == *subject))
}

pub(super) fn insert(
    tx: &Transaction<'_>,
    sealer: &Sealer,
    person_id: PersonId,
    row: &Row,
) -> Result<(), Error> {
    let name = person_id.to_string();
    let sealed = sealer.seal(&place(&name), row)?;
    tx.execute(
        "INSERT INTO represented (person_id, revision, sealed) VALUES (?1, 1, ?2)",
        params![name, sealed],
    )?;
    Ok(())
}

/// Takes somebody's row away, and with it the only key to what is theirs.
pub(super) fn remove(tx: &Transaction<'_>, person_id: PersonId) -> Result<bool, Error> {
    let found = "SELECT 1 FROM represented WHERE person_id = ?1";
    let was_there = tx.query_row(found, [person_id.to_string()], |_| Ok(())).optional()?.is_some();
    tx.execute("DELETE FROM represented WHERE person_id = ?1", [person_id.to_string()])?;
    Ok(was_there)
}
