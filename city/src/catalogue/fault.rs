//! What is wrong with a document, where, and how to mend it.

use citizen_api::Text;

/// Something that is wrong at a place of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The place, as a JSON pointer; empty for the document as a whole.
    pub pointer: String,
    /// What is wrong and how to mend it.
    pub reason: Text,
}

impl Fault {
    pub(super) fn new(pointer: impl Into<String>, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { pointer: pointer.into(), reason: Text::new(zh, en) }
    }
}

/// A fault with the line that it stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacedFault {
    /// The line, counted from 1.
    pub line: u32,
    /// What is wrong.
    pub fault: Fault,
}

impl PlacedFault {
    /// The fault as a line for the author, after the file's name.
    pub fn words(&self, name: &str) -> Text {
        let Self { line, fault: Fault { pointer, reason } } = self;
        let pointer = if pointer.is_empty() { "/" } else { pointer };
        Text::new(
            format!("{name}:{line}: {pointer}: {}", reason.zh),
            format!("{name}:{line}: {pointer}: {}", reason.en),
        )
    }
}
