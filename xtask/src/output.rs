//! The one place that writes to the terminal.
//!
//! A terminal that has gone away is no reason to stop a check half-way: its exit status still says how it
//! ended. So failed writes are passed over.

use std::io::Write;

/// Says a line.
pub(crate) fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{line}");
    let _ = out.flush();
}

/// Says what went wrong.
pub(crate) fn error(line: &str) {
    let _ = writeln!(std::io::stderr(), "✗ {line}");
}
