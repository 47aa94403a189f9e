//! One word, looked for in one service after the other.

use std::cell::OnceCell;

use super::packed::{Packed, Phrase, Position};
use super::scan::{self, Hit};
use super::search::add;
use super::word::{Among, Word};

/// From so many services on, reading all keywords once is quicker than reading those of each.
const MANY: usize = 64;

/// A word with what was found out about keywords. Nothing is, until a service is looked at.
pub(super) struct Sought<'a> {
    packed: &'a Packed,
    pub(super) word: Word,
    /// What each keyword is worth for the word as it is written; none where each is read when it is met.
    keywords: OnceCell<Option<Vec<u16>>>,
    hits: OnceCell<Vec<Hit>>,
}

impl<'a> Sought<'a> {
    /// Looks for the word.
    pub(super) fn new(packed: &'a Packed, word: Word) -> Self {
        Self { packed, word, keywords: OnceCell::new(), hits: OnceCell::new() }
    }

    /// Whether any service can hold the word.
    pub(super) fn can_be_found(&self) -> bool {
        let Self { packed, word, .. } = self;
        let nowhere = matches!(word.written(), Among::None) && word.spelled().is_none();
        !nowhere || packed.sentence_grams().may_hold(word.text())
    }

    /// All names that hold the word.
    pub(super) fn names(&self) -> &[Hit] {
        self.hits.get_or_init(|| scan::names(self.packed, &self.word))
    }

    /// What the names of a service are worth for the word, one of so many services that are looked at.
    pub(super) fn named(&self, service: Position, of: usize) -> u16 {
        let keywords = self.keywords.get_or_init(|| {
            (matches!(self.word.written(), Among::All) && of > MANY)
                .then(|| scan::keywords(self.packed, &self.word))
        });
        let worth = self.packed.names_of(service).map(|name| self.name(keywords.as_deref(), name));
        worth.filter(|worth| *worth != 0).fold(0, add)
    }

    fn name(&self, keywords: Option<&[u16]>, name: Phrase) -> u16 {
        let Self { packed, word, .. } = self;
        let keyword = name.checked_sub(packed.titles);
        let written = match (word.written(), keywords, keyword) {
            (Among::None, ..) => 0,
            (Among::Some(among), ..) if !among.has(name) => 0,
            (_, Some(keywords), Some(keyword)) => keywords.get(keyword as usize).copied().unwrap_or_default(),
            _ => scan::written_in(packed, word, name),
        };
        let spelled = match word.spelled() {
            Some((typed, among)) if among.has(name) => scan::spelled_in(packed, typed, name),
            _ => 0,
        };
        written.max(spelled)
    }

    /// What the sentences of a service are worth for the word: the best of them.
    pub(super) fn told(&self, service: Position) -> u16 {
        if !self.packed.sentence_grams().may_hold(self.word.text()) {
            return 0;
        }
        let told = self.packed.told_of(service);
        told.map(|sentence| scan::sentence(self.packed, &self.word, sentence)).max().unwrap_or_default()
    }
}
