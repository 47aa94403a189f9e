//! The seam on SQLite.

use std::path::Path;

use rusqlite::functions::FunctionFlags;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, OpenFlags, ToSql, params_from_iter};

use super::{Row, StoreError, Tx, Value};
use crate::keys;

/// How many prepared statements a connection keeps.
const STATEMENTS: usize = 256;

/// Opens the one connection that writes. FULL: a commit is on the disk when it returns.
pub(super) fn open_writer(path: &Path) -> Result<Connection, StoreError> {
    let connection = Connection::open(path)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    add_digest(&connection)?;
    Ok(connection)
}

/// Gives statements `sha256_hex(text)`, so that a chain of rows can be made for many people in one statement.
fn add_digest(connection: &Connection) -> Result<(), StoreError> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    connection.create_scalar_function("sha256_hex", 1, flags, |context| {
        Ok(keys::sha256_hex(context.get::<String>(0)?.as_bytes()))
    })?;
    Ok(())
}

/// Opens a connection that can only read.
pub(super) fn open_reader(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(connection)
}

/// A transaction on a connection.
pub(super) struct SqliteTx<'a> {
    connection: &'a Connection,
    /// The topics that it spoke of.
    pub(super) notices: Vec<String>,
}

impl<'a> SqliteTx<'a> {
    pub(super) fn new(connection: &'a Connection) -> Self {
        Self { connection, notices: Vec::new() }
    }
}

impl Tx for SqliteTx<'_> {
    fn execute(&mut self, sql: &str, values: &[Value]) -> Result<u64, StoreError> {
        let changed = self.connection.prepare_cached(&numbered(sql))?.execute(params_from_iter(values))?;
        Ok(changed as u64)
    }

    fn query(&mut self, sql: &str, values: &[Value]) -> Result<Vec<Row>, StoreError> {
        let mut statement = self.connection.prepare_cached(&numbered(sql))?;
        let columns = statement.column_count();
        let mut rows = statement.query(params_from_iter(values))?;
        let mut answer = Vec::new();
        while let Some(row) = rows.next()? {
            let cells = (0..columns).map(|column| read_cell(row.get_ref(column)?, column));
            answer.push(Row(cells.collect::<Result<_, StoreError>>()?));
        }
        Ok(answer)
    }

    fn notify(&mut self, topic: &str) {
        self.notices.push(topic.to_owned());
    }
}

fn read_cell(cell: ValueRef<'_>, column: usize) -> Result<Value, StoreError> {
    match cell {
        ValueRef::Null => Ok(Value::Null),
        ValueRef::Integer(number) => Ok(Value::Integer(number)),
        ValueRef::Text(bytes) => std::str::from_utf8(bytes)
            .map(Value::from)
            .map_err(|_| StoreError::Column { column, expected: "UTF-8" }),
        ValueRef::Blob(bytes) => Ok(Value::Bytes(bytes.to_vec())),
        ValueRef::Real(_) => Err(StoreError::Column { column, expected: "one of the four kinds of value" }),
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Integer(number) => ValueRef::Integer(*number),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Bytes(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

/// Rewrites `$n` to `?n`, outside quotes. SQLite takes `$n` for a name and binds names in the order in
/// which they first appear, so `$2, $1` would silently swap two values.
fn numbered(sql: &str) -> String {
    let mut quote = None;
    let mut characters = sql.chars().peekable();
    let mut rewritten = String::with_capacity(sql.len());
    while let Some(character) = characters.next() {
        match (quote, character) {
            (None, '\'' | '"') => quote = Some(character),
            (Some(open), close) if open == close => quote = None,
            _ => {}
        }
        let parameter =
            quote.is_none() && character == '$' && characters.peek().is_some_and(char::is_ascii_digit);
        rewritten.push(if parameter { '?' } else { character });
    }
    rewritten
}

#[cfg(test)]
mod tests {
    use super::numbered;

    #[test]
    fn only_parameters_are_rewritten() {
        assert_eq!(numbered("SELECT $2, '$1', \"$1\", $x, $1"), "SELECT ?2, '$1', \"$1\", $x, ?1");
        assert_eq!(numbered("'it''s $1' || $1"), "'it''s $1' || ?1");
    }
}
