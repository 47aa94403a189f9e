//! One word of a search, ready to be looked for.

use memchr::memmem::Finder;

use super::packed::{Names, Packed, note_read};
use super::pinyin::{self, Typed};

/// A word as it is looked for: as it is written, and where it can be, as pinyin.
pub(super) struct Word {
    text: String,
    finder: Finder<'static>,
    is_ascii: bool,
    written: Among,
    /// As pinyin, with the names that alone can hold it so.
    spelled: Option<(Typed, Names)>,
}

/// Which names can hold a word.
pub(super) enum Among {
    /// No name.
    None,
    /// These alone.
    Some(Names),
    /// So many that reading all is quicker than reading them.
    All,
}

impl Word {
    /// Prepares a folded word. Letters that are written at the beginning of a word need not be the initials of
    /// Chinese characters too; whole syllables are pinyin to anyone who sees them.
    pub(super) fn new(packed: &Packed, text: String) -> Self {
        let (finder, is_ascii) = (Finder::new(text.as_bytes()).into_owned(), text.is_ascii());
        let mut word = Self { text, finder, is_ascii, written: Among::All, spelled: None };
        word.written = word.written_among(packed);
        let typed = Typed::new(&word.text)
            .filter(|_| pinyin::syllables(&word.text).is_some() || !word.begins_a_word(packed));
        word.spelled = typed.map(|typed| {
            let names = spelled_among(packed, &typed);
            (typed, names)
        });
        word
    }

    /// A Chinese word can only be where the sounds of all its characters are.
    fn written_among(&self, packed: &Packed) -> Among {
        if !packed.name_grams().may_hold(&self.text) {
            return Among::None;
        }
        let sounds = || pinyin::sounds(self.text.as_bytes()).map(|(_, sound)| sound);
        let fewest = sounds().map(|sound| packed.heard_at_most(sound)).min();
        if fewest.is_none_or(|fewest| fewest * DENSE > packed.names as usize) {
            return Among::All;
        }
        let names = sounds().map(|sound| packed.heard(&[sound])).reduce(|all, names| all.and(&names));
        names.map_or(Among::All, Among::Some)
    }

    fn begins_a_word(&self, packed: &Packed) -> bool {
        if !packed.name_grams().may_begin(&self.text) {
            return false;
        }
        let (text, _) = packed.text(0..packed.names);
        let after_another = |at: &usize| {
            at.checked_sub(1).and_then(|before| text.get(before)).is_some_and(u8::is_ascii_alphanumeric)
        };
        let at = self.finder.find_iter(text).find(|at| !after_another(at));
        note_read(at.unwrap_or(text.len()));
        at.is_some()
    }

    /// The word.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Finds it as it is written.
    pub(super) fn finder(&self) -> &Finder<'static> {
        &self.finder
    }

    /// Whether it is made of letters or digits of ASCII.
    pub(super) fn is_ascii(&self) -> bool {
        self.is_ascii
    }

    /// The names that can hold it as it is written.
    pub(super) fn written(&self) -> &Among {
        &self.written
    }

    /// It as pinyin, where it can be any, with the names that alone can hold it so.
    pub(super) fn spelled(&self) -> Option<&(Typed, Names)> {
        self.spelled.as_ref()
    }
}

/// Where a sound is in more than one of so many names, reading all of them is quicker than reading these.
const DENSE: usize = 20;

fn spelled_among(packed: &Packed, typed: &Typed) -> Names {
    let among = typed.needs().into_iter().map(|need| {
        let pairs = packed.with_heads(need.first, need.behind);
        if need.last.is_empty() { pairs } else { pairs.or(&packed.heard(&need.last)) }
    });
    among.reduce(|all, names| all.and(&names)).unwrap_or_default()
}
