//! What can go wrong with the store.

use std::path::PathBuf;

/// A failure of the store. Carries no value that was stored or sought.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// SQLite refused a statement, or could not carry it out.
    #[error("the database refused: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// A column holds something else than the code reads it as.
    #[error("column {column} does not hold {expected}")]
    Column {
        /// The column's place in the row.
        column: usize,
        /// What was expected.
        expected: &'static str,
    },
    /// What shall be stored cannot be written as JSON.
    #[error("a value cannot be written as JSON")]
    Unwritable,
    /// The transaction was not carried out: its commit failed, or the store is shutting down.
    #[error("the transaction was not committed")]
    NotCommitted,
    /// The file was written by a newer version of this program. It has not been touched.
    #[error("the database has version {found}, this program knows versions up to {known}")]
    NewerVersion {
        /// The file's version.
        found: i64,
        /// The newest version that is known here.
        known: i64,
    },
    /// The folder or the threads that the store needs could not be had.
    #[error("{path}: {reason}")]
    Io {
        /// Where.
        path: PathBuf,
        /// Why.
        reason: std::io::Error,
    },
}
