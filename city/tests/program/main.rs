//! The program's own work, without a city and with one that is started again over changed documents.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod catalogue;
mod serve;

use std::process::{Command, Output, Stdio};

/// Runs the program to its end.
pub(crate) fn city(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_city")).args(arguments).stdin(Stdio::null()).output().unwrap()
}

/// What it printed.
pub(crate) fn printed(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// A document that is built in, as it lies in the folder.
pub(crate) fn document(name: &str) -> serde_json::Value {
    let path = format!("{}/catalogue/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}
