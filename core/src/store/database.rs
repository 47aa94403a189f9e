//! One SQLite file.

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::carry_over::set_aside;
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
    /// and left as it is. A damaged one is set aside, and a new one begun with what can be read of it: that is told
    /// once, as an error, and whoever opens next has the new one.
    pub(crate) fn open(path: &Path, steps: &[&str]) -> Result<Self, Error> {
        let prepared = match prepare(path, steps, Sharing::WithOthers) {
            // What was written before must stay readable on a full disk.
            Err(Error::StoreFull) => prepare(path, steps, Sharing::Alone),
            prepared => prepared,
        };
        match prepared {
            Ok(connection) => Ok(Self { connection: Mutex::new(connection) }),
            Err(Error::StoreUnreadable { .. }) => {
                let aside = set_aside(path, |fresh| prepare(fresh, steps, Sharing::WithOthers))?;
                Err(Error::StoreUnreadable { set_aside: Some(aside) })
            }
            Err(error) => Err(error),
        }
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

/// Who may have the file open at the same time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sharing {
    /// Other processes may: the index of the write-ahead log is a file that all of them map.
    WithOthers,
    /// Nobody: the index is in memory, and opening needs no room on the disk.
    Alone,
}

fn prepare(path: &Path, steps: &[&str], sharing: Sharing) -> Result<Connection, Error> {
    let mut connection = Connection::open(path)?;
    connection.busy_timeout(BUSY)?;
    if sharing == Sharing::Alone {
        connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
    }
    // Until it is known whose file it is, not even closing it may write to it.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    migrations::refuse_newer(&connection, steps)?;
    whole(&connection)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    // Where a plain sync stops at the drive's own memory (Apple), this one does not.
    connection.pragma_update(None, "fullfsync", true)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.pragma_update(None, "secure_delete", true)?;
    migrations::run(&mut connection, steps)?;
    Ok(connection)
}

/// Whether every page of the file can be read. A store has the size of what one person wrote, so looking through
/// it takes milliseconds.
fn whole(connection: &Connection) -> Result<(), Error> {
    let verdict: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    match verdict.as_str() {
        "ok" => Ok(()),
        _ => Err(Error::StoreUnreadable { set_aside: None }),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{DEVICE, PERSON};
    use super::{Database, Sharing, prepare};
    use crate::Error;

    const ONE: &str =
        "CREATE TABLE notes (note_id INTEGER PRIMARY KEY, body TEXT NOT NULL DEFAULT '') STRICT";
    const TWO: &str = "ALTER TABLE notes ADD COLUMN colour TEXT NOT NULL DEFAULT 'white'";

    fn count(database: &Database) -> i64 {
        database.read(|tx| Ok(tx.query_row("SELECT count(*) FROM notes", [], |row| row.get(0))?)).unwrap()
    }

    #[test]
    fn opening_alone_needs_no_file_beside_the_store() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("s.db");
        let database = Database::open(&path, &[ONE]).unwrap();
        database.write(|tx| Ok(tx.execute("INSERT INTO notes (body) VALUES ('a')", [])?)).unwrap();
        drop(database);
        let index = folder.path().join("s.db-shm");
        assert!(!index.exists());
        let alone = prepare(&path, &[ONE], Sharing::Alone).unwrap();
        let notes: i64 = alone.query_row("SELECT count(*) FROM notes", [], |row| row.get(0)).unwrap();
        assert_eq!((notes, index.exists()), (1, false));
        drop(alone);
        // The file is one that others can share again.
        let shared = Database::open(&path, &[ONE]).unwrap();
        assert_eq!((count(&shared), index.exists()), (1, true));
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
    fn a_newer_store_with_writes_still_in_its_log_is_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("s.db");
        let log = folder.path().join("s.db-wal");
        let newer = Database::open(&path, &[ONE, TWO]).unwrap();
        newer.write(|tx| Ok(tx.execute("INSERT INTO notes (body) VALUES ('a')", [])?)).unwrap();
        let copy = tempfile::tempdir().unwrap();
        let names = ["s.db", "s.db-wal"];
        for name in names {
            std::fs::copy(folder.path().join(name), copy.path().join(name)).unwrap();
        }
        assert!(std::fs::metadata(&log).unwrap().len() > 0, "there is a log to lose");
        assert_eq!(Database::open(&copy.path().join("s.db"), &[ONE]).err(), Some(Error::StoreNewer));
        for name in names {
            let (before, after) = (folder.path().join(name), copy.path().join(name));
            assert!(std::fs::read(before).unwrap() == std::fs::read(after).unwrap(), "{name}");
        }
    }

    #[test]
    fn many_openers_at_once_migrate_a_new_file_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("s.db");
        std::thread::scope(|scope| {
            let openers = [(); 6].map(|()| scope.spawn(|| Database::open(&path, &[ONE, TWO]).map(drop)));
            for opener in openers {
                assert_eq!(opener.join().unwrap(), Ok(()));
            }
        });
        assert_eq!(count(&Database::open(&path, &[ONE, TWO]).unwrap()), 0);
    }

    #[test]
    fn the_schemas_of_this_version_are_made_from_nothing() {
        let folder = tempfile::tempdir().unwrap();
        for (name, steps) in [("device.db", DEVICE), ("store.db", PERSON)] {
            let database = Database::open(&folder.path().join(name), steps).unwrap();
            let version: usize =
                database.read(|tx| Ok(tx.query_row("PRAGMA user_version", [], |row| row.get(0))?)).unwrap();
            assert_eq!(version, steps.len());
            let lax: i64 = database
                .read(|tx| {
                    let lax = "SELECT count(*) FROM pragma_table_list
                        WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' AND NOT strict";
                    Ok(tx.query_row(lax, [], |row| row.get(0))?)
                })
                .unwrap();
            assert_eq!(lax, 0, "every table of {name} is strict");
        }
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
