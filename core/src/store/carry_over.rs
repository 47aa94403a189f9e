//! Setting a damaged file aside, and carrying over what can be read of it. Nothing is deleted.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags, params_from_iter, types::Value};
use uuid::Uuid;

use super::durable::sync_folder;
use crate::Error;
use crate::error::disk;

/// Moves a damaged file away under a name that nothing else has, begins a new one in its place and copies into it
/// every row that can still be read. Gives the new name of the damaged one.
pub(super) fn set_aside(
    path: &Path,
    begin: impl FnOnce(&Path) -> Result<Connection, Error>,
) -> Result<PathBuf, Error> {
    let mut aside = path.as_os_str().to_owned();
    aside.push(format!(".set-aside-{}", Uuid::now_v7()));
    let aside = PathBuf::from(aside);
    fs::rename(path, &aside).map_err(disk)?;
    for (from, to) in companions(path).into_iter().zip(companions(&aside)) {
        if from.exists() {
            fs::rename(from, to).map_err(disk)?;
        }
    }
    sync_folder(path.parent().ok_or(Error::StoreFailed)?)?;
    let fresh = begin(path)?;
    let rows = carry_over(&aside, &fresh);
    tracing::warn!(rows, "a damaged file was set aside; this many rows were carried over");
    Ok(aside)
}

/// Copies what can be read, table by table and row by row. A table or a row that cannot be read is left where it is.
fn carry_over(aside: &Path, fresh: &Connection) -> usize {
    let Ok(damaged) = Connection::open_with_flags(aside, OpenFlags::SQLITE_OPEN_READ_ONLY) else { return 0 };
    let tables = column(
        fresh,
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid",
        &[],
    );
    // A row whose parent row could not be read is worth keeping all the same.
    if fresh.execute_batch("PRAGMA foreign_keys = OFF").is_err() {
        return 0;
    }
    tables.iter().map(|table| carry_table(table, &damaged, fresh)).sum()
}

fn carry_table(table: &str, damaged: &Connection, fresh: &Connection) -> usize {
    let known = column(fresh, "SELECT name FROM pragma_table_info(?1)", &[table]);
    let there = column(damaged, "SELECT name FROM pragma_table_info(?1)", &[table]);
    let columns: Vec<&str> = known.iter().filter(|name| there.contains(name)).map(String::as_str).collect();
    if columns.is_empty() {
        return 0;
    }
    let (names, marks) = (columns.join(", "), vec!["?"; columns.len()].join(", "));
    let insert = format!("INSERT OR IGNORE INTO {table} ({names}) VALUES ({marks})");
    let copy = |order: &str| -> usize {
        let select = format!("SELECT {names} FROM {table} ORDER BY 1 {order}");
        let (Ok(mut from), Ok(mut into)) = (damaged.prepare(&select), fresh.prepare(&insert)) else {
            return 0;
        };
        let Ok(mut rows) = from.query([]) else { return 0 };
        let mut copied = 0;
        while let Ok(Some(row)) = rows.next() {
            let values: Result<Vec<Value>, _> = (0..columns.len()).map(|index| row.get(index)).collect();
            copied += values.ok().and_then(|values| into.execute(params_from_iter(values)).ok()).unwrap_or(0);
        }
        copied
    };
    // A reader stops at the first damaged page, so the rows behind it are reached from the other end.
    copy("ASC") + copy("DESC")
}

/// The files that SQLite keeps beside a file.
fn companions(path: &Path) -> [PathBuf; 2] {
    ["-wal", "-shm"].map(|suffix| {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        PathBuf::from(name)
    })
}

/// One column of text; what cannot be read is not there.
fn column(connection: &Connection, sql: &str, parameters: &[&str]) -> Vec<String> {
    let Ok(mut statement) = connection.prepare(sql) else { return Vec::new() };
    let names = statement.query_map(params_from_iter(parameters), |row| row.get(0));
    names.map(|names| names.filter_map(Result::ok).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};

    use super::super::Database;
    use crate::Error;

    const NOTES: &str = "CREATE TABLE notes (note_id INTEGER PRIMARY KEY, body TEXT NOT NULL DEFAULT '') STRICT;
        CREATE TABLE marks (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL DEFAULT '') STRICT, WITHOUT ROWID;";
    const ROWS: usize = 400;

    fn filled(path: &Path) {
        let database = Database::open(path, &[NOTES]).unwrap();
        database
            .write(|tx| {
                for number in 0..ROWS {
                    let body = format!("{number} {}", "x".repeat(400));
                    tx.execute("INSERT INTO notes (body) VALUES (?1)", [&body])?;
                }
                Ok(tx.execute("INSERT INTO marks (name, value) VALUES ('a', 'b')", [])?)
            })
            .unwrap();
    }

    fn count(path: &Path, table: &str) -> usize {
        let database = Database::open(path, &[NOTES]).unwrap();
        let count = format!("SELECT count(*) FROM {table}");
        database.read(|tx| Ok(tx.query_row(&count, [], |row| row.get(0))?)).unwrap()
    }

    fn aside(opened: Result<Database, Error>) -> PathBuf {
        match opened.err() {
            Some(Error::StoreUnreadable { set_aside: Some(aside) }) => aside,
            other => panic!("not set aside: {other:?}"),
        }
    }

    #[test]
    fn a_file_that_is_none_is_kept_and_a_new_one_is_begun() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("s.db");
        let rubbish = vec![0x5a; 8192];
        fs::write(&path, &rubbish).unwrap();
        let aside = aside(Database::open(&path, &[NOTES]));
        assert_eq!(fs::read(aside).unwrap(), rubbish);
        assert_eq!(count(&path, "notes"), 0);
    }

    #[test]
    fn what_can_be_read_of_a_damaged_file_is_carried_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("s.db");
        filled(&path);
        let mut bytes = fs::read(&path).unwrap();
        let middle = bytes.len() / 2 / 4096 * 4096;
        bytes[middle..middle + 4096].fill(0xff);
        fs::write(&path, &bytes).unwrap();
        let aside = aside(Database::open(&path, &[NOTES]));
        assert_eq!(fs::read(aside).unwrap(), bytes, "the damaged file stays as it was");
        let carried = count(&path, "notes");
        assert!(carried < ROWS && carried > ROWS * 8 / 10, "{carried} of {ROWS}");
        assert_eq!(count(&path, "marks"), 1);
    }

    #[test]
    fn two_damaged_files_never_take_each_others_name() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("s.db");
        let names = [b'a', b'b'].map(|byte| {
            fs::write(&path, vec![byte; 4096]).unwrap();
            aside(Database::open(&path, &[NOTES]))
        });
        assert_eq!(fs::read(&names[0]).unwrap(), vec![b'a'; 4096]);
        assert_eq!(fs::read(&names[1]).unwrap(), vec![b'b'; 4096]);
    }
}
