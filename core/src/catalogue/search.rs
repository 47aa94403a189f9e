//! Finding the service that a person means: a scan of packed text, for at the size of a city's catalogue
//! nothing is faster.
//!
//! Titles, keywords and summaries each stand in one buffer, one phrase a line and none twice; beside titles
//! and keywords stand the sounds of their Chinese characters. What is typed is cut into words, also where
//! letters and Chinese characters meet, and each word has to be found in a service, in whatever order.

use std::collections::{HashMap, HashSet};

use citizen_api::Language;
use memchr::memmem;

use super::pinyin::{self, SILENT, Typed};

/// What separates the words of a search that nobody separated, for they say nothing about the service.
const FILLERS: [char; 16] =
    ['的', '了', '吗', '呢', '我', '您', '你', '要', '想', '怎', '么', '办', '在', '哪', '里', '吧'];

/// What is searched of one service.
pub(super) struct Searched {
    /// The title in each language.
    pub(super) title: [String; 2],
    /// What people call it.
    pub(super) keywords: Vec<String>,
    /// What it does for them, in each language.
    pub(super) summary: [String; 2],
}

/// All services, ready to be searched.
pub(super) struct Index {
    titles: Place,
    keywords: Place,
    summaries: Place,
    /// Where each service stands among all by title, in Chinese and in English.
    order: [Vec<u32>; 2],
}

/// One kind of text of all services, each phrase once: services share most of what people call them.
#[derive(Default)]
struct Place {
    text: Vec<u8>,
    sounds: Vec<u16>,
    phrases: Vec<Phrase>,
}

/// A phrase in the packed text.
struct Phrase {
    text_end: usize,
    sounds_end: usize,
    /// The services that have it.
    services: Vec<u32>,
}

/// How well a word is found: the better place counts first, then how much of the phrase it is.
#[derive(Clone, Copy)]
enum Fit {
    Inside = 1,
    Start = 2,
    Whole = 3,
}

impl Index {
    /// Packs what is searched; a service is then known by its position.
    pub(super) fn new(services: &[Searched]) -> Self {
        let titles = Place::new(services.iter().map(|service| service.title.as_slice()), true);
        let keywords = Place::new(services.iter().map(|service| service.keywords.as_slice()), true);
        let summaries = Place::new(services.iter().map(|service| service.summary.as_slice()), false);
        let [zh, en] = [0, 1].map(|language| by_title(services, language));
        Self { titles, keywords, summaries, order: [zh, en] }
    }

    /// The positions of the services in which every word is found, best first; all of them, by title, where
    /// no word was typed. Where nothing holds every word, services that hold most of its parts are found.
    /// Summaries are long and say least: they are read only where titles and keywords do not fill the list.
    pub(super) fn search(&self, text: &str, language: Language, limit: usize) -> Vec<u32> {
        let words = words(&fold(text));
        let mut scores: Vec<Vec<u8>> = words.iter().map(|word| self.named(word)).collect();
        let named = self.ranked(&scores, words.len(), language);
        if named.len() >= limit {
            return named;
        }
        self.described(&words, &mut scores);
        let found = self.ranked(&scores, words.len(), language);
        let parts = parts(&words);
        if !found.is_empty() || parts.is_empty() {
            return first(named, found);
        }
        let mut scores: Vec<Vec<u8>> = parts.iter().map(|part| self.named(part)).collect();
        self.described(&parts, &mut scores);
        self.ranked(&scores, parts.len().div_ceil(2), language)
    }

    /// The services in which at least so many words are found, best first.
    fn ranked(&self, scores: &[Vec<u8>], needed: usize, language: Language) -> Vec<u32> {
        let [zh, en] = &self.order;
        let order = match language {
            Language::Zh => zh,
            Language::En => en,
        };
        let mut totals = vec![(0_usize, 0_u32); order.len()];
        for word in scores {
            for ((count, total), score) in totals.iter_mut().zip(word) {
                *count += usize::from(*score != 0);
                *total += u32::from(*score);
            }
        }
        let enough =
            totals.into_iter().zip(order).zip(0_u32..).filter(|(((count, _), _), _)| *count >= needed);
        let mut ranked: Vec<_> =
            enough.map(|(((_, total), order), at)| (u32::MAX - total, *order, at)).collect();
        ranked.sort_unstable();
        ranked.into_iter().map(|(_, _, at)| at).collect()
    }

    /// How well each service's title and keywords hold a word; 0 where they do not.
    fn named(&self, word: &str) -> Vec<u8> {
        let [zh, _] = &self.order;
        let mut scores = vec![0; zh.len()];
        let typed = Typed::new(word);
        for (place, worth) in [(&self.titles, 8), (&self.keywords, 4)] {
            let mut note = |at: u32, fit: Fit| {
                if let Some(score) = scores.get_mut(at as usize) {
                    *score = (*score).max(worth + fit as u8);
                }
            };
            place.find(word.as_bytes(), &mut note);
            if let Some(typed) = &typed {
                place.find_sounds(typed, &mut note);
            }
        }
        scores
    }

    /// Adds what the summaries hold of the words, which is worth less than any name.
    fn described(&self, words: &[String], scores: &mut [Vec<u8>]) {
        for (word, scores) in words.iter().zip(scores) {
            self.summaries.find(word.as_bytes(), &mut |at, fit| {
                if let Some(score) = scores.get_mut(at as usize) {
                    *score = (*score).max(fit as u8);
                }
            });
        }
    }
}

impl Place {
    /// Packs the phrases of each service.
    fn new<'a>(services: impl Iterator<Item = &'a [String]>, with_sounds: bool) -> Self {
        let mut place = Self::default();
        let mut known = HashMap::new();
        for (service, phrases) in (0_u32..).zip(services) {
            for phrase in phrases {
                let at = *known.entry(phrase.as_str()).or_insert_with(|| place.push(phrase, with_sounds));
                place.phrases.get_mut(at).into_iter().for_each(|phrase| phrase.services.push(service));
            }
        }
        place
    }

    /// Adds a phrase, and says which it is.
    fn push(&mut self, phrase: &str, with_sounds: bool) -> usize {
        let phrase = fold(phrase);
        self.text.extend_from_slice(phrase.as_bytes());
        self.text.push(b'\n');
        if with_sounds {
            let sounds = phrase.chars().map(pinyin::sound);
            self.sounds.extend(sounds.filter(|sound| *sound != SILENT));
            self.sounds.push(SILENT);
        }
        let (text_end, sounds_end) = (self.text.len(), self.sounds.len());
        self.phrases.push(Phrase { text_end, sounds_end, services: Vec::new() });
        self.phrases.len() - 1
    }

    /// Notes each service whose text holds the word.
    fn find(&self, word: &[u8], note: &mut impl FnMut(u32, Fit)) {
        let mut phrases = self.phrases.iter().peekable();
        for from in memmem::find_iter(&self.text, word) {
            while phrases.next_if(|phrase| phrase.text_end <= from).is_some() {}
            let Some(phrase) = phrases.peek() else { return };
            let starts = from.checked_sub(1).is_none_or(|before| self.parts_at(before));
            let fit = fit(starts, self.parts_at(from + word.len()));
            phrase.services.iter().for_each(|service| note(*service, fit));
        }
    }

    /// Whether a phrase or a word ends with this byte.
    fn parts_at(&self, at: usize) -> bool {
        self.text.get(at).is_none_or(|byte| matches!(byte, b' ' | b'\n'))
    }

    /// Notes each service that sounds like what was typed.
    fn find_sounds(&self, typed: &Typed, note: &mut impl FnMut(u32, Fit)) {
        let mut phrases = self.phrases.iter().peekable();
        let nexts = self.sounds.iter().skip(1).chain([&SILENT]);
        for (from, (sound, next)) in self.sounds.iter().zip(nexts).enumerate() {
            if !typed.may_fit(*sound, *next) {
                continue;
            }
            let Some(taken) = self.sounds.get(from..).and_then(|sounds| typed.fits(sounds)) else { continue };
            while phrases.next_if(|phrase| phrase.sounds_end <= from).is_some() {}
            let Some(phrase) = phrases.peek() else { return };
            let silent = |at: usize| self.sounds.get(at).is_none_or(|sound| *sound == SILENT);
            let starts = from.checked_sub(1).is_none_or(silent);
            let fit = fit(starts, silent(from + taken));
            phrase.services.iter().for_each(|service| note(*service, fit));
        }
    }
}

/// The first positions, and then the others that are not among them.
fn first(mut first: Vec<u32>, others: Vec<u32>) -> Vec<u32> {
    let seen: HashSet<u32> = first.iter().copied().collect();
    first.extend(others.into_iter().filter(|at| !seen.contains(at)));
    first
}

fn fit(starts: bool, ends: bool) -> Fit {
    match (starts, ends) {
        (true, true) => Fit::Whole,
        (true, false) => Fit::Start,
        (false, _) => Fit::Inside,
    }
}

/// For each service, how many stand before it by title.
fn by_title(services: &[Searched], language: usize) -> Vec<u32> {
    let mut sorted: Vec<_> =
        services.iter().map(|service| service.title.get(language)).zip(0_usize..).collect();
    sorted.sort_unstable();
    let mut order = vec![0; services.len()];
    for ((_, at), rank) in sorted.into_iter().zip(0_u32..) {
        if let Some(place) = order.get_mut(at) {
            *place = rank;
        }
    }
    order
}

/// A text as it is compared: small letters, full-width ones as plain ones, and one space for whatever is
/// neither letter nor digit.
fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for character in text.chars() {
        let narrow = match u32::from(character) {
            wide @ 0xFF01..=0xFF5E => char::from_u32(wide - 0xFEE0).unwrap_or(character),
            _ => character,
        };
        if narrow.is_alphanumeric() {
            folded.extend(narrow.to_lowercase());
        } else if !folded.ends_with(' ') {
            folded.push(' ');
        }
    }
    folded.trim().to_owned()
}

/// The words of a folded text: between spaces, and where letters and Chinese characters meet.
fn words(folded: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut before = None;
    for character in folded.chars() {
        let kind = (character != ' ').then(|| character.is_ascii());
        match words.last_mut().filter(|_| before == kind) {
            Some(word) if kind.is_some() => word.push(character),
            _ => words.extend(kind.map(|_| character.to_string())),
        }
        before = kind;
    }
    words
}

/// Chinese words cut into pairs of characters, without what only makes a sentence of them.
fn parts(words: &[String]) -> Vec<String> {
    let mut parts = Vec::new();
    for piece in words.iter().flat_map(|word| word.split(FILLERS)).filter(|piece| !piece.is_empty()) {
        let characters: Vec<char> = piece.chars().collect();
        if piece.is_ascii() || characters.len() < 2 {
            parts.push(piece.to_owned());
        } else {
            parts.extend(characters.windows(2).map(|pair| pair.iter().collect::<String>()));
        }
    }
    parts
}
