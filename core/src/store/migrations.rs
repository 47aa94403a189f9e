//! The schema's steps: numbered files, each in the transaction that marks it done.

use rusqlite::{Connection, TransactionBehavior};

use crate::Error;

/// The device's own store: nothing personal in the clear.
pub(crate) const DEVICE: &[&str] = &[
    include_str!("../../migrations/device/0001_spine.sql"),
    include_str!("../../migrations/device/0002_packed_catalogue.sql"),
    include_str!("../../migrations/device/0003_life_events.sql"),
    include_str!("../../migrations/device/0004_people_and_consents.sql"),
    include_str!("../../migrations/device/0005_workflows.sql"),
];

/// A person's compartment.
pub(crate) const PERSON: &[&str] = &[
    include_str!("../../migrations/person/0001_spine.sql"),
    include_str!("../../migrations/person/0002_represented.sql"),
    include_str!("../../migrations/person/0003_instructions.sql"),
];

/// Refuses a file that a newer version has written, before anything of it is touched.
pub(super) fn refuse_newer(connection: &Connection, steps: &[&str]) -> Result<(), Error> {
    if version(connection)? > steps.len() { Err(Error::StoreNewer) } else { Ok(()) }
}

/// Takes the steps that the file has not taken yet: the number of a step is the `user_version` after it.
pub(super) fn run(connection: &mut Connection, steps: &[&str]) -> Result<(), Error> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Read again under the lock: another process may have migrated in between.
    let taken = version(&transaction)?;
    for (index, step) in steps.iter().enumerate().skip(taken) {
        transaction.execute_batch(step)?;
        transaction.pragma_update(None, "user_version", index + 1)?;
    }
    transaction.commit()?;
    Ok(())
}

fn version(connection: &Connection) -> Result<usize, Error> {
    Ok(connection.query_row("PRAGMA user_version", [], |row| row.get(0))?)
}
