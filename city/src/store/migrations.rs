//! Brings a database file up to date. The number of a migration is the `user_version` it leads to.
//!
//! Each file runs once, all of them that are missing in one transaction. A released file is closed; a
//! change of shape is a new file.

use std::path::Path;

use rusqlite::Connection;

use super::StoreError;
use super::sqlite::open_reader;

/// The migrations in order, without a gap: the first leads to version 1.
const MIGRATIONS: [&str; 10] = [
    include_str!("../../migrations/0001_spine.sql"),
    include_str!("../../migrations/0002_cases.sql"),
    include_str!("../../migrations/0003_uploads.sql"),
    include_str!("../../migrations/0004_evidence.sql"),
    include_str!("../../migrations/0005_bound_tokens.sql"),
    include_str!("../../migrations/0006_mandates.sql"),
    include_str!("../../migrations/0007_grievances.sql"),
    include_str!("../../migrations/0008_register_log.sql"),
    include_str!("../../migrations/0009_offers.sql"),
    include_str!("../../migrations/0010_counters.sql"),
];

/// The newest version that this program knows.
pub(super) const NEWEST: i64 = MIGRATIONS.len() as i64;

fn version(connection: &Connection) -> Result<i64, StoreError> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

/// Refuses a file of a newer version. Looks through a connection that cannot write, so that not even the
/// file's journal changes.
pub(super) fn refuse_newer(path: &Path) -> Result<(), StoreError> {
    if !path.exists() {
        return Ok(());
    }
    match version(&open_reader(path)?)? {
        found if found > NEWEST => Err(StoreError::NewerVersion { found, known: NEWEST }),
        _ => Ok(()),
    }
}

/// Runs the migrations that are missing.
pub(super) fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    let present = usize::try_from(version(&transaction)?).unwrap_or(0);
    for sql in MIGRATIONS.iter().skip(present) {
        transaction.execute_batch(sql)?;
    }
    transaction.pragma_update(None, "user_version", NEWEST)?;
    transaction.commit()?;
    Ok(())
}
