//! The one place that writes to the terminal.
//!
//! A terminal that has gone away is no reason to stop a check half-way: its exit status still says how it
//! ended. So failed writes are passed over.

use std::io::{IsTerminal, Write};

/// Says a line.
pub(crate) fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{line}");
    let _ = out.flush();
}

/// Says how far something is: over the line before on a screen, below it elsewhere.
pub(crate) fn progress(line: &str) {
    let mut out = std::io::stdout().lock();
    let _ = if is_screen() { write!(out, "\r{line}\u{1b}[K") } else { writeln!(out, "{line}") };
    let _ = out.flush();
}

/// Whether somebody watches.
pub(crate) fn is_screen() -> bool {
    std::io::stdout().is_terminal()
}

/// Says what went wrong.
pub(crate) fn error(line: &str) {
    let _ = writeln!(std::io::stderr(), "✗ {line}");
}
