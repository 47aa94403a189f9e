//! Values that go into statements, and rows that come out.

use std::str::FromStr;

use serde::de::DeserializeOwned;

use super::StoreError;

/// A value of one of the four kinds that every database of the city has.
#[derive(Clone, PartialEq, Eq)]
pub enum Value {
    /// Nothing.
    Null,
    /// A whole number.
    Integer(i64),
    /// A text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

impl Value {
    /// A value as JSON text.
    pub fn json(value: &impl serde::Serialize) -> Result<Self, StoreError> {
        serde_json::to_string(value).map(Self::Text).map_err(|_| StoreError::Unwritable)
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Integer(value)
    }
}

impl From<u32> for Value {
    fn from(value: u32) -> Self {
        Self::Integer(value.into())
    }
}

/// Sizes, offsets and counters; none comes near the end of the range, so one beyond it stays at the end.
impl From<u64> for Value {
    fn from(value: u64) -> Self {
        Self::Integer(i64::try_from(value).unwrap_or(i64::MAX))
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Integer(value.into())
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}

impl From<&String> for Value {
    fn from(value: &String) -> Self {
        Self::Text(value.clone())
    }
}

impl From<Vec<u8>> for Value {
    fn from(value: Vec<u8>) -> Self {
        Self::Bytes(value)
    }
}

/// Written as `YYYY-MM-DD`, which sorts as the days do.
impl From<jiff::civil::Date> for Value {
    fn from(value: jiff::civil::Date) -> Self {
        Self::Text(value.to_string())
    }
}

/// Written as RFC 3339 in UTC.
impl From<jiff::Timestamp> for Value {
    fn from(value: jiff::Timestamp) -> Self {
        Self::Text(value.to_string())
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// A row of an answer. Columns are counted from 0, in the order that the statement names them.
pub struct Row(pub(super) Vec<Value>);

impl Row {
    fn column(&self, column: usize, expected: &'static str) -> Result<&Value, StoreError> {
        self.0.get(column).ok_or(StoreError::Column { column, expected })
    }

    /// The text, or nothing for null.
    pub fn optional_text(&self, column: usize) -> Result<Option<String>, StoreError> {
        match self.column(column, "text")? {
            Value::Text(text) => Ok(Some(text.clone())),
            Value::Null => Ok(None),
            _ => Err(StoreError::Column { column, expected: "text" }),
        }
    }

    /// The whole number, or nothing for null.
    pub fn optional_integer(&self, column: usize) -> Result<Option<i64>, StoreError> {
        match self.column(column, "a whole number")? {
            Value::Integer(number) => Ok(Some(*number)),
            Value::Null => Ok(None),
            _ => Err(StoreError::Column { column, expected: "a whole number" }),
        }
    }

    /// The bytes, or nothing for null.
    pub fn optional_bytes(&self, column: usize) -> Result<Option<Vec<u8>>, StoreError> {
        match self.column(column, "bytes")? {
            Value::Bytes(bytes) => Ok(Some(bytes.clone())),
            Value::Null => Ok(None),
            _ => Err(StoreError::Column { column, expected: "bytes" }),
        }
    }

    /// The text.
    pub fn text(&self, column: usize) -> Result<String, StoreError> {
        self.optional_text(column)?.ok_or(StoreError::Column { column, expected: "text" })
    }

    /// The whole number.
    pub fn integer(&self, column: usize) -> Result<i64, StoreError> {
        self.optional_integer(column)?.ok_or(StoreError::Column { column, expected: "a whole number" })
    }

    /// The number, of a kind that has no sign or fewer digits.
    pub fn number<T: TryFrom<i64>>(&self, column: usize) -> Result<T, StoreError> {
        let expected = "a number in range";
        T::try_from(self.integer(column)?).map_err(|_| StoreError::Column { column, expected })
    }

    /// The bytes.
    pub fn bytes(&self, column: usize) -> Result<Vec<u8>, StoreError> {
        self.optional_bytes(column)?.ok_or(StoreError::Column { column, expected: "bytes" })
    }

    /// What the text says: an identifier, a day, a moment.
    pub fn parse<T: FromStr>(&self, column: usize) -> Result<T, StoreError> {
        let expected = "the text of such a value";
        self.text(column)?.parse().map_err(|_| StoreError::Column { column, expected })
    }

    /// What the text says, or nothing for null.
    pub fn optional_parse<T: FromStr>(&self, column: usize) -> Result<Option<T>, StoreError> {
        let expected = "the text of such a value";
        let Some(text) = self.optional_text(column)? else { return Ok(None) };
        text.parse().map(Some).map_err(|_| StoreError::Column { column, expected })
    }

    /// What the JSON text says.
    pub fn json<T: DeserializeOwned>(&self, column: usize) -> Result<T, StoreError> {
        let expected = "the JSON of such a value";
        serde_json::from_str(&self.text(column)?).map_err(|_| StoreError::Column { column, expected })
    }
}
