//! Wire enumerations and texts in columns: a status is stored as the word that travels.

use citizen_api::Text;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

use crate::store::{Row, StoreError, Value};

/// The word of an enumeration as it is written on the wire.
pub(crate) fn word(value: &impl Serialize) -> Result<Value, StoreError> {
    match serde_json::to_value(value) {
        Ok(Json::String(word)) => Ok(Value::Text(word)),
        _ => Err(StoreError::Unwritable),
    }
}

/// Reads a word back.
pub(crate) fn read_word<T: DeserializeOwned>(row: &Row, column: usize) -> Result<T, StoreError> {
    serde_json::from_value(Json::String(row.text(column)?))
        .map_err(|_| StoreError::Column { column, expected: "a known word" })
}

/// A text from two neighbouring columns, Chinese first.
pub(crate) fn read_text(row: &Row, column: usize) -> Result<Text, StoreError> {
    Ok(Text::new(row.text(column)?, row.text(column + 1)?))
}
