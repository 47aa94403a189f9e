//! Progress bars, for a person who watches; nothing where standard error is a file or a pipe.

use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressStyle};

use super::Output;

/// A bar over the bytes of what is being sent, and a word on what is being done.
pub(crate) struct Bars {
    bar: ProgressBar,
}

impl Bars {
    /// A bar, hidden where nobody watches.
    pub(crate) fn new(output: Output, words: &str) -> Self {
        if output.json || !std::io::stderr().is_terminal() {
            return Self { bar: ProgressBar::hidden() };
        }
        let bar = ProgressBar::new(0);
        // A template that this version cannot read leaves the plain bar, which says the same with less care.
        if let Ok(style) =
            ProgressStyle::with_template("{msg}  {bar:28} {decimal_bytes}/{decimal_total_bytes}")
        {
            bar.set_style(style);
        }
        bar.set_message(words.to_owned());
        Self { bar }
    }

    /// Shows how much of how much is sent.
    pub(crate) fn show(&self, sent: u64, total: u64) {
        self.bar.set_length(total);
        self.bar.set_position(sent);
    }

    /// Takes the bar away, so that what follows begins on a clean line.
    pub(crate) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
