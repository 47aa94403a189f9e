//! Reads packed bytes where they stand. Nothing is copied but what is shown.

use std::ops::Range;

use citizen_api::{ServiceId, Text};

use super::build::{CAPITALS, FAR, OTHER};
use super::heard::{LISTS, Names, of_sound, pairs};
use super::layout::{COVERED, HEAD, MAGIC, Part, checksum, stamp};
use super::numbers::{BEYOND, Numbers};
use super::work::note_read;
use super::{Grams, NEEDS_NEWER_APP, ONLY_THE_ID, Phrase, Position};
use crate::catalogue::ServiceSummary;

/// Packed bytes that were looked through.
pub(in crate::catalogue) struct Packed {
    bytes: Vec<u8>,
    parts: [Span; Part::ALL.len()],
    /// How many services there are.
    pub(in crate::catalogue) services: u32,
    /// How many of the phrases are titles.
    pub(in crate::catalogue) titles: Phrase,
    /// How many of the phrases are titles or keywords.
    pub(in crate::catalogue) names: Phrase,
    /// How many phrases there are.
    pub(in crate::catalogue) phrases: Phrase,
}

/// Where a part lies, and how many bytes each of its numbers takes.
#[derive(Clone, Copy, Default)]
struct Span {
    from: usize,
    to: usize,
    width: usize,
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
        let (counts, rest) = rest.get(..HEAD - COVERED)?.split_at_checked(16)?;
        let (lengths, widths) = rest.split_at_checked(4 * Part::ALL.len())?;
        let of = |bytes| Numbers::new(bytes, 4).within(0, usize::MAX);
        let counts: Vec<u32> = of(counts).collect();
        let &[services, titles, names, phrases] = counts.as_slice() else { return None };
        let mut parts = [Span::default(); Part::ALL.len()];
        let mut from = HEAD;
        for (part, (length, width)) in parts.iter_mut().zip(of(lengths).zip(widths)) {
            *part = Span { from, to: from.checked_add(length as usize)?, width: usize::from(*width) };
            from = part.to;
        }
        let packed = Self { bytes, parts, services, titles, names, phrases };
        (from + BEYOND == packed.bytes.len() && packed.is_sound()).then_some(packed)
    }

    /// Whether every number has a width that there is, and every list of ends its length, grows, and ends where what it
    /// speaks of ends.
    fn is_sound(&self) -> bool {
        let ends = [
            (Part::TextEnds, self.phrases, Part::Text),
            (Part::PostEnds, self.phrases, Part::Posts),
            (Part::IdEnds, self.services, Part::Ids),
            (Part::ListEnds, self.services, Part::Lists),
            (Part::ShownEnds, self.shown_as(self.phrases), Part::Shown),
            (Part::HeardEnds, LISTS as u32, Part::Heard),
        ];
        let sound = |(ends, count, part): (Part, u32, Part)| {
            let count = count as usize;
            let numbers = || self.numbers(ends).within(0, count);
            self.count(ends) == Some(count)
                && numbers().is_sorted()
                && Some(numbers().last().unwrap_or_default() as usize) == self.count(part)
        };
        self.titles <= self.names
            && self.names <= self.phrases
            && self.parts.iter().all(|part| (1..=4).contains(&part.width))
            && ends.into_iter().all(sound)
            && self.part(Part::Flags).len() == self.services as usize
            && self.count(Part::EnglishOrder) == Some(self.services as usize)
    }

    fn span(&self, part: Part) -> Span {
        self.parts.get(part as usize).copied().unwrap_or_default()
    }

    /// How many elements a part has; none where the last is not whole.
    fn count(&self, part: Part) -> Option<usize> {
        let Span { from, to, width } = self.span(part);
        ((to - from) % width == 0).then_some((to - from) / width)
    }

    /// One part.
    fn part(&self, part: Part) -> &[u8] {
        let Span { from, to, .. } = self.span(part);
        self.bytes.get(from..to).unwrap_or_default()
    }

    /// The numbers of a part.
    fn numbers(&self, part: Part) -> Numbers<'_> {
        let Span { from, to, width } = self.span(part);
        Numbers::new(self.bytes.get(from..(to + 4).saturating_sub(width)).unwrap_or_default(), width)
    }

    /// Where an element lies, by the ends of all.
    fn range(&self, ends: Part, at: u32) -> Range<usize> {
        let (ends, at) = (self.numbers(ends), at as usize);
        let from = at.checked_sub(1).map_or(Some(0), |before| ends.get(before)).unwrap_or_default();
        from as usize..ends.get(at).unwrap_or_default() as usize
    }

    /// Where each phrase ends in the text.
    pub(in crate::catalogue) fn text_ends(&self) -> Numbers<'_> {
        self.numbers(Part::TextEnds)
    }

    /// Which of the phrases that are shown this is, or as how many: keywords are not.
    fn shown_as(&self, phrase: Phrase) -> Phrase {
        if phrase < self.titles { phrase } else { phrase - self.names.min(phrase) + self.titles }
    }

    /// The text of a run of phrases, and where it begins.
    pub(in crate::catalogue) fn text(&self, phrases: Range<Phrase>) -> (&[u8], usize) {
        let end =
            |before: Phrase| before.checked_sub(1).map_or(0, |last| self.range(Part::TextEnds, last).end);
        let from = end(phrases.start);
        (self.part(Part::Text).get(from..end(phrases.end)).unwrap_or_default(), from)
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
        note_read(text.len());
        text.strip_suffix(b"\n").unwrap_or(text)
    }

    /// The names that have a character read with one of the first letters before one read with one of those behind,
    /// given as sets of bits.
    pub(in crate::catalogue) fn with_heads(&self, first: u32, behind: u32) -> Names {
        self.with_any(pairs(first, behind))
    }

    /// The names that have one of the sounds.
    pub(in crate::catalogue) fn heard(&self, sounds: &[u16]) -> Names {
        self.with_any(sounds.iter().map(|sound| of_sound(*sound)))
    }

    /// No more names than this have the sound.
    pub(in crate::catalogue) fn heard_at_most(&self, sound: u16) -> usize {
        self.heard_range(of_sound(sound)).len()
    }

    fn with_any(&self, lists: impl Iterator<Item = usize>) -> Names {
        let mut names = Names::none(self.names);
        for list in lists {
            let list = self.part(Part::Heard).get(self.heard_range(list)).unwrap_or_default();
            note_read(list.len());
            names.add(list);
        }
        names
    }

    fn heard_range(&self, list: usize) -> Range<usize> {
        self.range(Part::HeardEnds, u32::try_from(list).unwrap_or(u32::MAX))
    }

    /// The services that have a phrase.
    pub(in crate::catalogue) fn posts(&self, phrase: Phrase) -> impl Iterator<Item = Position> {
        let Range { start, end } = self.range(Part::PostEnds, phrase);
        note_read(4 * end.saturating_sub(start));
        self.numbers(Part::Posts).within(start, end)
    }

    /// The titles and keywords that a service has.
    pub(in crate::catalogue) fn names_of(&self, service: Position) -> impl Iterator<Item = Phrase> {
        let Range { start, end } = self.range(Part::ListEnds, service);
        let list = self.numbers(Part::Lists);
        let keywords = start + LIST_HEAD;
        let after = keywords + list.get(start + 2).unwrap_or_default() as usize;
        list.within(start, end.min(start + 2)).chain(list.within(keywords, end.min(after)))
    }

    /// The sentences that a service has, in four kinds: department and summary in each language.
    fn sentences_of(&self, service: Position) -> [impl Iterator<Item = Phrase>; 4] {
        let Range { start, end } = self.range(Part::ListEnds, service);
        let list = self.numbers(Part::Lists);
        let count = |kind: usize| list.get(start + kind).unwrap_or_default() as usize;
        let mut from = start + LIST_HEAD + count(2);
        [3, 4, 5, 6].map(|kind| {
            let to = from + count(kind);
            let kind = list.within(from, end.min(to));
            from = to;
            kind
        })
    }

    /// All sentences of a service.
    pub(in crate::catalogue) fn told_of(&self, service: Position) -> impl Iterator<Item = Phrase> {
        self.sentences_of(service).into_iter().flatten()
    }

    /// Where a service stands by its English title.
    pub(in crate::catalogue) fn english_order(&self, service: Position) -> u32 {
        self.numbers(Part::EnglishOrder).get(service as usize).unwrap_or(u32::MAX)
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
            let noted = self.part(Part::Shown).get(self.range(Part::ShownEnds, self.shown_as(phrase)));
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
