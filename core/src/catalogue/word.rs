//! One word of a search, ready to be looked for.

use memchr::memmem::Finder;

use super::pinyin::{self, Typed};

/// A word as it is looked for: as it is written, and where it can be, as pinyin.
pub(super) struct Word {
    text: String,
    finder: Finder<'static>,
    typed: Option<Typed>,
    /// Whether it is pinyin to anyone who sees it: whole syllables, and no letter that stands for a character.
    spelled_out: bool,
}

impl Word {
    /// Prepares a folded word.
    pub(super) fn new(text: String) -> Self {
        let typed = Typed::new(&text);
        let spelled_out = typed.is_some() && pinyin::syllables(&text).is_some();
        Self { finder: Finder::new(text.as_bytes()).into_owned(), typed, spelled_out, text }
    }

    /// The word.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Finds it as it is written.
    pub(super) fn finder(&self) -> &Finder<'static> {
        &self.finder
    }

    /// Finds it as pinyin, where it can be any. An English word that was found need not be some initials too.
    pub(super) fn typed(&self, found: bool) -> Option<&Typed> {
        self.typed.as_ref().filter(|_| self.spelled_out || !found)
    }

    /// How much it says: the longer a word, the fewer services have it.
    pub(super) fn weight(&self) -> usize {
        self.text.len()
    }

    /// Whether it is made of letters or digits of ASCII.
    pub(super) fn is_ascii(&self) -> bool {
        self.text.is_ascii()
    }
}
