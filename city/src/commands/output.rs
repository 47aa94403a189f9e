//! The one place that prints.

use std::io::{self, Write};

/// Prints a line. Where nobody reads any more there is nobody to tell.
pub(super) fn line(text: &str) {
    drop(writeln!(io::stdout().lock(), "{text}").and_then(|()| io::stdout().flush()));
}

/// Prints a line for the person on the standard error stream.
pub(super) fn error(text: &str) {
    drop(writeln!(io::stderr().lock(), "{text}"));
}

/// Where something is printed that another program reads.
pub(super) fn raw() -> impl Write {
    io::stdout().lock()
}
