//! Reads packed bytes where they stand. Nothing is copied but what is shown.

use std::ops::Range;

use citizen_api::{ServiceId, Text};

use super::build::{CAPITALS, FAR, OTHER};
use super::heads::{Names, PAIRS, pairs};
use super::layout::{COVERED, HEAD, MAGIC, Part, checksum, stamp};
use super::{Grams, NEEDS_NEWER_APP, ONLY_THE_ID, Phrase, Position};
use crate::catalogue::ServiceSummary;

/// Packed bytes that were looked through.
pub(in crate::catalogue) struct Packed {
    bytes: Vec<u8>,
    parts: [(usize, usize); Part::ALL.len()],
    /// How many services there are.
    pub(in crate::catalogue) services: u32,
    /// How many of the phrases are titles.
    pub(in crate::catalogue) titles: Phrase,
    /// How many of the phrases are titles or keywords.
    pub(in crate::catalogue) names: Phrase,
    phrases: u32,
}

/// How many numbers a service's list begins with: two titles, and how many phrases of five kinds follow.
const LIST_HEAD: usize = 7;

impl Packed {
    /// Takes bytes in use; none where they are not whole, or were made by another version.
    pub(in crate::catalogue) fn open(bytes: Vec<u8>) -> Option<Self> {
        let rest = bytes.strip_prefix(&MAGIC)?;
        let (made_with, rest) = rest.split_first_chunk()?;
        let (sum, rest) = rest.split_first_chunk()?;
        if u64::from_le_bytes(*made_with) != stamp() || u64::from_le_bytes(*sum) != checksum(rest) {
            return None;
        }
        let (counts, lengths) = rest.get(..HEAD - COVERED)?.split_at_checked(16)?;
        let counts: Vec<u32> = numbers(counts).collect();
        let &[services, titles, names, phrases] = counts.as_slice() else { return None };
        let mut parts = [(0, 0); Part::ALL.len()];
        let mut from = HEAD;
        for (part, length) in parts.iter_mut().zip(numbers(lengths)) {
            *part = (from, from.checked_add(length as usize)?);
            from = part.1;
        }
        let packed = Self { bytes, parts, services, titles, names, phrases };
        (from == packed.bytes.len() && packed.is_sound()).then_some(packed)
    }

    /// Whether every list of ends has its length, grows, and ends where what it speaks of ends.
    fn is_sound(&self) -> bool {
        let ends = [
            (Part::TextEnds, self.phrases, Part::Text, 1),
            (Part::SoundEnds, self.names, Part::Sounds, 2),
            (Part::PostEnds, self.phrases, Part::Posts, 4),
            (Part::IdEnds, self.services, Part::Ids, 1),
            (Part::ListEnds, self.services, Part::Lists, 4),
            (Part::ShownEnds, self.phrases, Part::Shown, 1),
            (Part::HeadEnds, PAIRS as u32, Part::Heads, 1),
        ];
        let sound = |(ends, count, part, unit): (Part, u32, Part, usize)| {
            let ends = self.part(ends);
            ends.len() == count as usize * 4
                && numbers(ends).is_sorted()
                && numbers(ends).next_back().unwrap_or_default() as usize * unit == self.part(part).len()
        };
        self.titles <= self.names
            && self.names <= self.phrases
            && ends.into_iter().all(sound)
            && self.part(Part::Flags).len() == self.services as usize
            && self.part(Part::EnglishOrder).len() == self.services as usize * 4
    }

    /// One part.
    pub(in crate::catalogue) fn part(&self, part: Part) -> &[u8] {
        let (from, to) = self.parts.get(part as usize).copied().unwrap_or_default();
        self.bytes.get(from..to).unwrap_or_default()
    }

    fn number(&self, part: Part, at: usize) -> Option<u32> {
        let from = at.checked_mul(4)?;
        self.part(part).get(from..)?.first_chunk().map(|bytes| u32::from_le_bytes(*bytes))
    }

    /// Where an element lies, by the ends of all.
    fn range(&self, ends: Part, at: u32) -> Range<usize> {
        let at = at as usize;
        let from = at.checked_sub(1).map_or(Some(0), |before| self.number(ends, before)).unwrap_or_default();
        from as usize..self.number(ends, at).unwrap_or_default() as usize
    }

    /// The text of all names.
    pub(in crate::catalogue) fn names_text(&self) -> &[u8] {
        let end = self.names.checked_sub(1).map_or(0, |last| self.range(Part::TextEnds, last).end);
        self.part(Part::Text).get(..end).unwrap_or_default()
    }

    /// The text of all sentences.
    pub(in crate::catalogue) fn sentences_text(&self) -> &[u8] {
        self.part(Part::Text).get(self.names_text().len()..).unwrap_or_default()
    }

    /// Which pairs of characters occur in names.
    pub(in crate::catalogue) fn name_grams(&self) -> Grams<'_> {
        Grams(self.part(Part::NameGrams))
    }

    /// Which pairs of characters occur in sentences.
    pub(in crate::catalogue) fn sentence_grams(&self) -> Grams<'_> {
        Grams(self.part(Part::SentenceGrams))
    }

    /// A phrase as it is searched.
    pub(in crate::catalogue) fn phrase(&self, phrase: Phrase) -> &[u8] {
        let text = self.part(Part::Text).get(self.range(Part::TextEnds, phrase)).unwrap_or_default();
        text.strip_suffix(b"\n").unwrap_or(text)
    }

    /// The sounds of a name.
    pub(in crate::catalogue) fn sounds(&self, name: Phrase) -> impl Iterator<Item = u16> {
        self.sound_bytes(name).iter().map(|sound| u16::from_le_bytes(*sound))
    }

    /// The same, as they lie there.
    pub(in crate::catalogue) fn sound_bytes(&self, name: Phrase) -> &[[u8; 2]] {
        let Range { start, end } = self.range(Part::SoundEnds, name);
        let sounds = self.part(Part::Sounds).get(start * 2..end.saturating_sub(1) * 2);
        sounds.unwrap_or_default().as_chunks().0
    }

    /// The names that have a character read with one of the first letters before one read with one of those behind,
    /// given as sets of bits, for any of these.
    pub(in crate::catalogue) fn with_heads(&self, wanted: impl IntoIterator<Item = (u32, u32)>) -> Names {
        let mut names = Names::none(self.names);
        for pair in wanted.into_iter().flat_map(|(first, behind)| pairs(first, behind)) {
            let range = self.range(Part::HeadEnds, u32::try_from(pair).unwrap_or(u32::MAX));
            names.add(self.part(Part::Heads).get(range).unwrap_or_default());
        }
        names
    }

    /// The services that have a phrase.
    pub(in crate::catalogue) fn posts(&self, phrase: Phrase) -> impl Iterator<Item = Position> {
        let Range { start, end } = self.range(Part::PostEnds, phrase);
        numbers(self.part(Part::Posts).get(start * 4..end * 4).unwrap_or_default())
    }

    /// The titles and keywords that a service has.
    pub(in crate::catalogue) fn names_of(&self, service: Position) -> impl Iterator<Item = Phrase> {
        let list = self.list(service);
        let keywords = at(list, 2) as usize;
        let names = |from: usize, to: usize| numbers(list.get(from * 4..to * 4).unwrap_or_default());
        names(0, 2).chain(names(LIST_HEAD, LIST_HEAD + keywords))
    }

    /// The sentences that a service has, in four kinds: department and summary in each language.
    fn sentences_of(&self, service: Position) -> [impl Iterator<Item = Phrase>; 4] {
        let list = self.list(service);
        let mut from = LIST_HEAD + at(list, 2) as usize;
        [3, 4, 5, 6].map(|kind| {
            let to = from.saturating_add(at(list, kind) as usize);
            let kind = list.get(from.saturating_mul(4)..to.saturating_mul(4)).unwrap_or_default();
            from = to;
            numbers(kind)
        })
    }

    /// All sentences of a service.
    pub(in crate::catalogue) fn told_of(&self, service: Position) -> impl Iterator<Item = Phrase> {
        self.sentences_of(service).into_iter().flatten()
    }

    fn list(&self, service: Position) -> &[u8] {
        let Range { start, end } = self.range(Part::ListEnds, service);
        self.part(Part::Lists).get(start * 4..end * 4).unwrap_or_default()
    }

    /// Where a service stands by its English title.
    pub(in crate::catalogue) fn english_order(&self, service: Position) -> u32 {
        self.number(Part::EnglishOrder, service as usize).unwrap_or(u32::MAX)
    }

    /// What is noted of a service.
    pub(in crate::catalogue) fn flags(&self, service: Position) -> u8 {
        self.part(Part::Flags).get(service as usize).copied().unwrap_or_default()
    }

    /// A service's name.
    pub(in crate::catalogue) fn service_id(&self, service: Position) -> ServiceId {
        let id = self.part(Part::Ids).get(self.range(Part::IdEnds, service)).unwrap_or_default();
        String::from_utf8_lossy(id).as_ref().into()
    }

    /// A service as it stands in a list.
    pub(in crate::catalogue) fn summary(&self, service: Position) -> ServiceSummary {
        let mut titles = self.names_of(service);
        let mut title = || titles.next().map(|title| self.shown([title])).unwrap_or_default();
        let title = Text::new(title(), title());
        let [department_zh, department_en, zh, en] = self.sentences_of(service);
        ServiceSummary {
            service_id: self.service_id(service),
            title,
            summary: Text::new(self.shown(zh), self.shown(en)),
            department: Text::new(self.shown(department_zh), self.shown(department_en)),
            needs_newer_app: self.flags(service) & NEEDS_NEWER_APP != 0,
            only_the_id: self.flags(service) & ONLY_THE_ID != 0,
        }
    }

    /// Phrases one after the other, as they are shown.
    fn shown(&self, phrases: impl IntoIterator<Item = Phrase>) -> String {
        let mut bytes = Vec::with_capacity(128);
        for phrase in phrases {
            let from = bytes.len();
            let noted = self.part(Part::Shown).get(self.range(Part::ShownEnds, phrase));
            match noted.unwrap_or_default().split_first() {
                Some((&OTHER, text)) => bytes.extend_from_slice(text),
                noted => {
                    bytes.extend_from_slice(self.phrase(phrase));
                    if let Some((&CAPITALS, distances)) = noted {
                        capitalise(bytes.get_mut(from..).unwrap_or_default(), distances);
                    }
                }
            }
        }
        String::from_utf8(bytes)
            .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
    }
}

fn capitalise(text: &mut [u8], distances: &[u8]) {
    let mut at = 0;
    for distance in distances {
        at += usize::from(*distance);
        if *distance != FAR
            && let Some(letter) = at.checked_sub(1).and_then(|at| text.get_mut(at))
        {
            letter.make_ascii_uppercase();
        }
    }
}

fn at(numbers: &[u8], at: usize) -> u32 {
    numbers.as_chunks().0.get(at).map_or(0, |number| u32::from_le_bytes(*number))
}

fn numbers(bytes: &[u8]) -> impl DoubleEndedIterator<Item = u32> + use<'_> {
    bytes.as_chunks().0.iter().map(|number| u32::from_le_bytes(*number))
}
