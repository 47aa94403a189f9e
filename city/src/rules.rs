//! Rules that are data: documents in `city/data/`, built in.

use serde::de::DeserializeOwned;

use crate::http::Refusal;

/// Reads a document that is built in. A test of each document keeps this from failing.
pub(crate) fn built_in<T: DeserializeOwned>(name: &'static str, text: &str) -> Result<T, Refusal> {
    serde_json::from_str(text).map_err(|error| {
        tracing::error!(name, %error, "a rule document cannot be read");
        Refusal::internal()
    })
}
