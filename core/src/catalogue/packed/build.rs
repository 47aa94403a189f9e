//! Packs what is searched and shown of all services.

use std::collections::HashMap;

use citizen_api::{ServiceId, Text};

use super::heard::Heard;
use super::layout::{COVERED, HEAD, MAGIC, Part, checksum, stamp};
use super::numbers::{BEYOND, narrowed};
use super::{Phrase, Position, grams};
use crate::catalogue::fold::{fold, folds_in_place, sentences, words};
use crate::catalogue::synonyms;

/// What is packed of one service. All of it is public.
#[derive(Debug, Clone)]
pub(in crate::catalogue) struct Source {
    pub(in crate::catalogue) service_id: ServiceId,
    pub(in crate::catalogue) flags: u8,
    /// How often people use it in a year.
    pub(in crate::catalogue) uses: u32,
    pub(in crate::catalogue) title: Text,
    pub(in crate::catalogue) summary: Text,
    pub(in crate::catalogue) department: Text,
    /// What people call it.
    pub(in crate::catalogue) keywords: Vec<String>,
}

/// One kind of text of all services, each phrase once: services share most of what people call them.
#[derive(Default)]
struct Column {
    known: HashMap<String, Phrase>,
    phrases: Vec<String>,
    posts: Vec<Vec<Position>>,
}

impl Column {
    /// Notes that a service has a phrase, and says which it is.
    fn note(&mut self, phrase: &str, service: Position) -> Phrase {
        let at = self.known.get(phrase).copied().unwrap_or_else(|| {
            let at = small(self.phrases.len());
            self.known.insert(phrase.to_owned(), at);
            self.phrases.push(phrase.to_owned());
            self.posts.push(Vec::new());
            at
        });
        if let Some(posts) = self.posts.get_mut(at as usize)
            && posts.last() != Some(&service)
        {
            posts.push(service);
        }
        at
    }
}

/// What is done with a kind of text.
#[derive(Clone, Copy)]
struct Kind {
    /// It is looked for by its sounds too.
    is_name: bool,
    /// It is shown as it was written.
    is_shown: bool,
}

/// What a service has of each kind, before it is known where the kinds begin.
struct Noted {
    titles: [Phrase; 2],
    keywords: Vec<Phrase>,
    /// Department and summary, in each language.
    sentences: [Vec<Phrase>; 4],
}

/// Packs services, in whatever order they come.
pub(in crate::catalogue) fn pack(mut services: Vec<Source>) -> Vec<u8> {
    // What is used most comes first, so that a list of everything begins with what people came for.
    services.sort_by(|one, other| {
        let by_name = || one.title.zh.cmp(&other.title.zh);
        let by_id = || one.service_id.as_str().cmp(other.service_id.as_str());
        other.uses.cmp(&one.uses).then_with(by_name).then_with(by_id)
    });
    let (mut titles, mut keywords, mut told) = (Column::default(), Column::default(), Column::default());
    let noted: Vec<Noted> = services
        .iter()
        .zip(0..)
        .map(|(service, at)| note(service, at, &mut titles, &mut keywords, &mut told))
        .collect();
    let mut parts = Parts::default();
    parts.services(&services);
    parts.lists(&noted, small(titles.phrases.len()), small(titles.phrases.len() + keywords.phrases.len()));
    let mut name_grams = vec![0; grams::size_for(services.len())];
    let mut told_grams = name_grams.clone();
    parts.column(&titles, Kind { is_name: true, is_shown: true }, &mut name_grams);
    parts.column(&keywords, Kind { is_name: true, is_shown: false }, &mut name_grams);
    parts.column(&told, Kind { is_name: false, is_shown: true }, &mut told_grams);
    parts.put(Part::NameGrams, &name_grams);
    parts.put(Part::SentenceGrams, &told_grams);
    parts.heard();
    let names = titles.phrases.len() + keywords.phrases.len();
    parts.join([services.len(), titles.phrases.len(), names, names + told.phrases.len()])
}

fn note(
    service: &Source,
    at: Position,
    titles: &mut Column,
    keywords: &mut Column,
    told: &mut Column,
) -> Noted {
    let mut of = |text: &str| sentences(text).into_iter().map(|part| told.note(part, at)).collect();
    let (department, summary) = (&service.department, &service.summary);
    let sentences = [of(&department.zh), of(&department.en), of(&summary.zh), of(&summary.en)];
    let called = service.keywords.iter().map(|keyword| fold(keyword));
    let called = synonyms::with_others(&fold(&service.title.zh), called.collect());
    Noted {
        titles: [titles.note(&service.title.zh, at), titles.note(&service.title.en, at)],
        keywords: called.iter().map(|keyword| keywords.note(keyword, at)).collect(),
        sentences,
    }
}

/// The parts, as they grow.
#[derive(Default)]
struct Parts {
    bytes: [Vec<u8>; Part::ALL.len()],
    heard: Heard,
    /// How many names there are so far.
    names: Phrase,
}

impl Parts {
    fn put(&mut self, part: Part, bytes: &[u8]) {
        if let Some(part) = self.bytes.get_mut(part as usize) {
            part.extend_from_slice(bytes);
        }
    }

    fn put_number(&mut self, part: Part, number: u32) {
        self.put(part, &number.to_le_bytes());
    }

    /// Notes where an element of a part ends, counted in units of so many bytes.
    fn end(&mut self, part: Part, ends: Part, unit: usize) {
        let length = self.bytes.get(part as usize).map_or(0, Vec::len);
        self.put_number(ends, small(length / unit));
    }

    fn services(&mut self, services: &[Source]) {
        for service in services {
            self.put(Part::Ids, service.service_id.as_str().as_bytes());
            self.end(Part::Ids, Part::IdEnds, 1);
            self.put(Part::Flags, &[service.flags]);
        }
        let mut english: Vec<_> = services
            .iter()
            .map(|service| (std::cmp::Reverse(service.uses), &service.title.en))
            .zip(0_usize..)
            .collect();
        english.sort_unstable();
        let mut order = vec![0; services.len()];
        for ((_, at), rank) in english.into_iter().zip(0_u32..) {
            order.get_mut(at).into_iter().for_each(|place| *place = rank);
        }
        order.into_iter().for_each(|rank| self.put_number(Part::EnglishOrder, rank));
    }

    /// For each service: its titles, how many phrases of each kind follow, and these.
    fn lists(&mut self, noted: &[Noted], keywords_from: Phrase, told_from: Phrase) {
        for noted in noted {
            noted.titles.iter().for_each(|title| self.put_number(Part::Lists, *title));
            self.put_number(Part::Lists, small(noted.keywords.len()));
            noted.sentences.iter().for_each(|kind| self.put_number(Part::Lists, small(kind.len())));
            noted.keywords.iter().for_each(|at| self.put_number(Part::Lists, keywords_from + at));
            for at in noted.sentences.iter().flatten() {
                self.put_number(Part::Lists, told_from + at);
            }
            self.end(Part::Lists, Part::ListEnds, 4);
        }
    }

    fn column(&mut self, column: &Column, kind: Kind, bits: &mut [u8]) {
        let Kind { is_name, is_shown } = kind;
        for (phrase, posts) in column.phrases.iter().zip(&column.posts) {
            let folded = fold(phrase);
            words(&folded).iter().for_each(|word| grams::add(bits, word));
            if is_name {
                self.heard.note(self.names, &folded);
                self.names += 1;
            }
            if is_shown && folds_in_place(phrase) {
                self.put(Part::Text, phrase.to_ascii_lowercase().as_bytes());
                self.capitals(phrase);
            } else {
                self.put(Part::Text, folded.as_bytes());
                if is_shown {
                    self.put(Part::Shown, &[OTHER]);
                    self.put(Part::Shown, phrase.as_bytes());
                }
            }
            if is_shown {
                self.end(Part::Shown, Part::ShownEnds, 1);
            }
            self.put(Part::Text, b"\n");
            self.end(Part::Text, Part::TextEnds, 1);
            posts.iter().for_each(|service| self.put_number(Part::Posts, *service));
            self.end(Part::Posts, Part::PostEnds, 4);
        }
    }

    fn heard(&mut self) {
        let heard = std::mem::take(&mut self.heard);
        for list in heard.lists() {
            self.put(Part::Heard, list);
            self.end(Part::Heard, Part::HeardEnds, 1);
        }
    }

    /// How far each capital lies from the one before.
    fn capitals(&mut self, phrase: &str) {
        let mut before = 0;
        for at in
            phrase.bytes().zip(0_usize..).filter(|(byte, _)| byte.is_ascii_uppercase()).map(|(_, at)| at)
        {
            if before == 0 {
                self.put(Part::Shown, &[CAPITALS]);
            }
            let mut far = at + 1 - before;
            while far >= usize::from(FAR) {
                self.put(Part::Shown, &[FAR]);
                far -= usize::from(FAR);
            }
            self.put(Part::Shown, &[u8::try_from(far).unwrap_or_default()]);
            before = at + 1;
        }
    }

    fn join(self, counts: [usize; 4]) -> Vec<u8> {
        let mut parts = self.bytes;
        let mut widths = [1; Part::ALL.len()];
        for ((bytes, width), part) in parts.iter_mut().zip(&mut widths).zip(Part::ALL) {
            if part.is_numbers() {
                (*bytes, *width) = narrowed(bytes);
            }
        }
        let mut bytes = Vec::with_capacity(HEAD + parts.iter().map(Vec::len).sum::<usize>() + BEYOND);
        bytes.extend_from_slice(&MAGIC);
        bytes.extend_from_slice(&stamp().to_le_bytes());
        bytes.extend_from_slice(&[0; 8]);
        let lengths = parts.iter().map(Vec::len);
        for number in counts.into_iter().chain(lengths) {
            bytes.extend_from_slice(&small(number).to_le_bytes());
        }
        bytes.extend(widths.map(|width| width as u8));
        parts.iter().for_each(|part| bytes.extend_from_slice(part));
        bytes.extend_from_slice(&[0; BEYOND]);
        let sum = checksum(bytes.get(COVERED..).unwrap_or_default());
        if let Some(place) = bytes.get_mut(COVERED - 8..COVERED) {
            place.copy_from_slice(&sum.to_le_bytes());
        }
        bytes
    }
}

/// Begins the distances between capitals.
pub(super) const CAPITALS: u8 = 0;
/// Begins a text that is shown in place of the one that is searched.
pub(super) const OTHER: u8 = 1;
/// A distance that goes on with the next byte.
pub(super) const FAR: u8 = u8::MAX;

/// A number as it is stored. A catalogue that does not fit four bytes is cut short and then found damaged.
fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
