//! The JSON Schema (2020-12) of a document, published for authors and their editors, and our own reader of it.
//!
//! The reader knows the keywords that the schema uses and no others; a test keeps the two together
//! ([ADR 17](../../../../docs/adr/0017-documents-are-checked-by-our-own-reader-of-their-schema.md) says why it is ours).

mod reader;
mod words;

use std::sync::LazyLock;

use serde_json::Value;

use super::fault::Fault;

/// The schema as it is published.
pub(crate) const TEXT: &str = include_str!("../../../../docs/service-document.schema.json");

static SCHEMA: LazyLock<Value> = LazyLock::new(|| serde_json::from_str(TEXT).unwrap_or_default());

/// How many faults of one document are told: beyond them the author is helped by mending, not by reading.
const MOST_FAULTS: usize = 200;

/// Everything that the schema does not allow in a document.
pub(super) fn faults(document: &Value) -> Vec<Fault> {
    reader::read(&SCHEMA, document, MOST_FAULTS)
}

#[cfg(test)]
mod tests;
