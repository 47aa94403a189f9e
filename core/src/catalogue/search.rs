//! Finding the service that a person means: a scan of packed text, for at the size of a city's catalogue
//! nothing is faster.
//!
//! Titles, keywords and summaries each stand in one buffer, one phrase a line; beside titles and keywords
//! stand the sounds of their Chinese characters. What is typed is cut into words, also where letters and
//! Chinese characters meet, and each word has to be found in a service, in whatever order.

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
    /// Titles, keywords and summaries, the best place first.
    places: [Place; 3],
    /// Where each service stands among all by title, in Chinese and in English.
    order: [Vec<u32>; 2],
}

/// One kind of text of all services.
#[derive(Default)]
struct Place {
    text: Vec<u8>,
    sounds: Vec<u16>,
    /// For each service, where its text and its sounds end.
    ends: Vec<(usize, usize)>,
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
        let [mut titles, mut keywords, mut summaries] =
            [Place::default(), Place::default(), Place::default()];
        for service in services {
            titles.push(&service.title, true);
            keywords.push(&service.keywords, true);
            summaries.push(&service.summary, false);
        }
        let [zh, en] = [0, 1].map(|language| by_title(services, language));
        Self { places: [titles, keywords, summaries], order: [zh, en] }
    }

    /// The positions of the services in which every word is found, best first; all of them, by title, where
    /// no word was typed. Where nothing holds every word, services that hold most of its parts are found.
    pub(super) fn search(&self, text: &str, language: Language) -> Vec<u32> {
        let words = words(&fold(text));
        let found = self.ranked(&words, words.len(), language);
        if !found.is_empty() {
            return found;
        }
        let parts = parts(&words);
        if parts.is_empty() { found } else { self.ranked(&parts, parts.len().div_ceil(2), language) }
    }

    /// The services in which at least so many words are found, best first.
    fn ranked(&self, words: &[String], needed: usize, language: Language) -> Vec<u32> {
        let order = match language {
            Language::Zh => &self.order[0],
            Language::En => &self.order[1],
        };
        let mut scores = vec![0_u32; order.len()];
        let mut counts = vec![0_usize; order.len()];
        for word in words {
            let found = self.scores(word, order.len());
            for ((score, count), found) in scores.iter_mut().zip(&mut counts).zip(found) {
                *score += u32::from(found);
                *count += usize::from(found != 0);
            }
        }
        let all = scores.into_iter().zip(counts).zip(order).zip(0_u32..);
        let enough = all.filter(|(((_, count), _), _)| *count >= needed);
        let mut ranked: Vec<_> =
            enough.map(|(((score, _), order), at)| (u32::MAX - score, *order, at)).collect();
        ranked.sort_unstable();
        ranked.into_iter().map(|(_, _, at)| at).collect()
    }

    /// How well each service holds a word; 0 where it does not.
    fn scores(&self, word: &str, services: usize) -> Vec<u8> {
        let mut scores = vec![0; services];
        let typed = Typed::new(word);
        for (place, worth) in self.places.iter().zip([8, 4, 0]) {
            let mut note = |at: usize, fit: Fit| {
                if let Some(score) = scores.get_mut(at) {
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
}

impl Place {
    /// Adds a service's phrases.
    fn push(&mut self, phrases: &[String], with_sounds: bool) {
        for phrase in phrases.iter().map(|phrase| fold(phrase)) {
            self.text.extend_from_slice(phrase.as_bytes());
            self.text.push(b'\n');
            if with_sounds {
                let sounds = phrase.chars().map(pinyin::sound);
                self.sounds.extend(sounds.filter(|sound| *sound != SILENT));
                self.sounds.push(SILENT);
            }
        }
        self.ends.push((self.text.len(), self.sounds.len()));
    }

    /// Notes each service whose text holds the word.
    fn find(&self, word: &[u8], note: &mut impl FnMut(usize, Fit)) {
        let mut ends = self.ends.iter().map(|(end, _)| *end).enumerate().peekable();
        for from in memmem::find_iter(&self.text, word) {
            while ends.next_if(|(_, end)| *end <= from).is_some() {}
            let Some((at, _)) = ends.peek() else { return };
            let starts = from.checked_sub(1).is_none_or(|before| self.parts_at(before));
            note(*at, fit(starts, self.parts_at(from + word.len())));
        }
    }

    /// Whether a phrase or a word ends with this byte.
    fn parts_at(&self, at: usize) -> bool {
        self.text.get(at).is_none_or(|byte| matches!(byte, b' ' | b'\n'))
    }

    /// Notes each service that sounds like what was typed.
    fn find_sounds(&self, typed: &Typed, note: &mut impl FnMut(usize, Fit)) {
        let mut ends = self.ends.iter().map(|(_, end)| *end).enumerate().peekable();
        let mut starts = true;
        for (from, sound) in self.sounds.iter().enumerate() {
            let begins = typed.begins(*sound);
            if let Some(taken) = begins.then(|| typed.fits(self.sounds.get(from..)?)).flatten() {
                while ends.next_if(|(_, end)| *end <= from).is_some() {}
                let Some((at, _)) = ends.peek() else { return };
                let stops = self.sounds.get(from + taken).is_none_or(|sound| *sound == SILENT);
                note(*at, fit(starts, stops));
            }
            starts = *sound == SILENT;
        }
    }
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
