//! One SQLite file.

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::migrations;
use crate::Error;

/// How long to wait for another process that holds the file.
const BUSY: Duration = Duration::from_secs(10);

/// An open SQLite file, migrated to this version's schema.
pub(crate) struct Database {
    connection: Mutex<Connection>,
}

impl Database {
    /// Opens the file, or makes it, and brings it to the newest of `steps`. A file of a newer version is refused
    /// and left as it is.
    pub(crate) fn open(path: &Path, steps: &[&str]) -> Result<Self, Error> {
        let mut connection = Connection::open(path)?;
        connection.busy_timeout(BUSY)?;
        migrations::refuse_newer(&connection, steps)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.pragma_update(None, "temp_store", "MEMORY")?;
        connection.pragma_update(None, "secure_delete", true)?;
        migrations::run(&mut connection, steps)?;
        Ok(Self { connection: Mutex::new(connection) })
    }

    /// Reads in one transaction, so that all it sees belongs together.
    pub(crate) fn read<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let mut connection = self.lock();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Deferred)?;
        work(&transaction)
    }

    /// Writes in one transaction: all of it is on disk when this returns, or none of it happened.
    pub(crate) fn write<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let mut connection = self.lock();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let value = work(&transaction)?;
        transaction.commit()?;
        Ok(value)
    }

    /// A panic in another thread's work rolled its transaction back; the connection itself is whole.
    fn lock(&self) -> MutexGuard<'_, Connection> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::Database;
    use crate::Error;

    const ONE: &str =
        "CREATE TABLE notes (note_id INTEGER PRIMARY KEY, body TEXT NOT NULL DEFAULT '') STRICT";
    const TWO: &str = "ALTER TABLE notes ADD COLUMN colour TEXT NOT NULL DEFAULT 'white'";

    fn count(database: &Database) -> i64 {
        database.read(|tx| Ok(tx.query_row("SELECT count(*) FROM notes", [], |row| row.get(0))?)).unwrap()
    }

    #[test]
    fn what_failed_half_way_did_not_happen() {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::open(&folder.path().join("s.db"), &[ONE]).unwrap();
        let failed = database.write(|tx| {
            tx.execute("INSERT INTO notes (body) VALUES ('a')", [])?;
            Err::<(), _>(Error::DraftGone)
        });
        assert_eq!(failed, Err(Error::DraftGone));
        assert_eq!(count(&database), 0);
    }

    #[test]
    fn a_store_grows_with_the_schema_and_keeps_its_rows() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("s.db");
        let old = Database::open(&path, &[ONE]).unwrap();
        old.write(|tx| Ok(tx.execute("INSERT INTO notes (body) VALUES ('a')", [])?)).unwrap();
        drop(old);
        let new = Database::open(&path, &[ONE, TWO]).unwrap();
        let colour: String =
            new.read(|tx| Ok(tx.query_row("SELECT colour FROM notes", [], |row| row.get(0))?)).unwrap();
        assert_eq!(colour, "white");
    }

    #[test]
    fn a_newer_store_is_refused_and_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("s.db");
        drop(Database::open(&path, &[ONE, TWO]).unwrap());
        let before = std::fs::read(&path).unwrap();
        assert_eq!(Database::open(&path, &[ONE]).err(), Some(Error::StoreNewer));
        assert_eq!(std::fs::read(&path).unwrap(), before);
    }

    #[test]
    fn two_openers_lose_no_write() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("s.db");
        let databases = [(); 2].map(|()| Database::open(&path, &[ONE]).unwrap());
        std::thread::scope(|scope| {
            for database in &databases {
                scope.spawn(|| {
                    for _ in 0..50 {
                        database
                            .write(|tx| Ok(tx.execute("INSERT INTO notes (body) VALUES ('a')", [])?))
                            .unwrap();
                    }
                });
            }
        });
        assert_eq!(count(&databases[0]), 100);
    }
}
