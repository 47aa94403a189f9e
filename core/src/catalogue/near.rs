//! Services whose names come near to what was typed, where hardly any holds it as it stands.
//!
//! What was typed is a row of characters, or of syllables where it is pinyin. The names that have two neighbours
//! which begin with the same letters are known without reading the others, and of each it is noted which neighbours
//! of that row stand together in it; a pair says the more the fewer names have it. It is sounds that are compared, so
//! a character that was mistaken for one that sounds like it does no harm. The few services that hold most are then
//! looked at closely.

use super::packed::{Packed, Phrase, Position};
use super::pinyin::{self, MOST_SOUNDS, SILENT};
use super::search::Match;
use super::word::Word;
use super::{fold, scan};

/// The most characters and syllables of a search that are looked at: one bit each.
const MOST: usize = 60;
/// How many services are looked at closely.
const CLOSELY: usize = 20;
/// Where a single character is all that is shared, names that share it may be at most one in so many.
const RARE: usize = 24;

/// What was typed, as a row that names are held against.
struct Row {
    /// For each sound, the places in the row where it may stand.
    places: Box<[u64; MOST_SOUNDS]>,
    /// The places that belong together with the one before.
    joined: u64,
    /// The characters, where they were typed as such.
    characters: Vec<char>,
    length: u32,
    /// A letter that whatever stands in each place may begin with, as a set of one bit.
    letters: Vec<u32>,
    /// Words that are neither.
    words: Vec<Word>,
}

impl Row {
    fn new(packed: &Packed, typed: &[String]) -> Self {
        let places = Box::new([0; MOST_SOUNDS]);
        let (characters, letters, words) = (Vec::new(), Vec::new(), Vec::new());
        let mut row = Self { places, joined: 0, characters, length: 0, letters, words };
        for word in typed {
            match pinyin::syllables(word).filter(|_| !packed.name_grams().may_hold(word)) {
                Some(syllables) if word.len() > 2 => {
                    for (at, syllable) in syllables.iter().enumerate() {
                        row.push(pinyin::read_as(syllable), at > 0);
                    }
                }
                _ if word.is_ascii() => row.words.push(Word::new(word.clone())),
                _ => row.push_characters(word),
            }
        }
        row
    }

    fn push_characters(&mut self, word: &str) {
        let mut joins = false;
        for character in word.chars() {
            let sound = pinyin::sound(character);
            let says = sound != SILENT && !fold::is_filler(character);
            if says && self.push(&[sound], joins) {
                self.characters.push(character);
            }
            joins = says;
        }
    }

    fn push(&mut self, sounds: &[u16], joins: bool) -> bool {
        if self.length as usize >= MOST || sounds.is_empty() {
            return false;
        }
        let place = 1_u64 << self.length;
        for sound in sounds {
            self.places.get_mut(usize::from(*sound)).into_iter().for_each(|places| *places |= place);
        }
        self.joined |= if joins { place } else { 0 };
        self.length += 1;
        // What is read alike in one way begins alike in it, so a letter that all have in common is enough.
        let common = sounds.iter().fold(u32::MAX, |common, sound| common & pinyin::heads(*sound));
        self.letters.push(common & common.wrapping_neg());
        true
    }

    /// The letters of the neighbours that are looked for, or of each place alone.
    fn begins(&self, pairs: bool) -> Vec<(u32, u32)> {
        if !pairs {
            return self.letters.iter().map(|letter| (*letter, u32::MAX)).collect();
        }
        let neighbours = self.letters.iter().zip(self.letters.iter().skip(1)).zip(1..);
        let joined = neighbours.filter(|(_, place)| self.joined & 1 << place != 0);
        joined.map(|((first, behind), _)| (*first, *behind)).collect()
    }

    fn places(&self, sound: u16) -> u64 {
        pinyin::of(&self.places, sound)
    }

    /// Whether a name has one of the characters as it was typed. A single one that only sounds alike says nothing.
    fn shares_a_character(&self, packed: &Packed, name: Phrase) -> bool {
        let text = String::from_utf8_lossy(packed.phrase(name));
        self.characters.iter().any(|character| text.contains(*character))
    }

    /// How many places of the row a name's sounds follow, in the order of the row.
    fn follows(&self, sounds: impl Iterator<Item = u16>) -> u32 {
        // A longest common subsequence, a whole row of its table in each step (Hyyrö 2004).
        let mut open = u64::MAX;
        for places in sounds.map(|sound| self.places(sound)) {
            let taken = open & places;
            open = open.wrapping_add(taken) | (open - taken);
        }
        (!open & ((1 << self.length) - 1)).count_ones()
    }
}

/// The services that come near, with what that is worth.
pub(super) fn near(packed: &Packed, typed: &[String]) -> Vec<Match> {
    let row = Row::new(packed, typed);
    let mut shared = walk(packed, &row, true);
    if shared.is_empty() {
        shared = walk(packed, &row, false);
        let counts = counts(&shared);
        let most = packed.names as usize / RARE + 2;
        let rare = counts.iter().zip(0..).filter(|(count, _)| **count <= most);
        let rare = rare.fold(0_u64, |rare, (_, place)| rare | 1 << place);
        shared.retain_mut(|(name, places)| {
            *places &= rare;
            *places != 0 && row.shares_a_character(packed, *name)
        });
    }
    let weights = counts(&shared).map(|count| weight(packed, count));
    let mut held = vec![0_u64; packed.services as usize];
    for (phrase, places) in &shared {
        for service in packed.posts(*phrase) {
            held.get_mut(service as usize).into_iter().for_each(|held| *held |= places);
        }
    }
    let mut worth: Vec<u32> = held.iter().map(|places| sum(*places, &weights)).collect();
    // One word alone was looked for already.
    if row.length > 0 || row.words.len() > 1 {
        row.words.iter().for_each(|word| add_word(packed, word, &mut worth));
    }
    let candidates = worth.into_iter().zip(0..).filter(|(worth, _)| *worth > 0).collect();
    closely(packed, &row, candidates)
}

/// Each name that shares pairs with the row, or single sounds, and which.
fn walk(packed: &Packed, row: &Row, pairs: bool) -> Vec<(Phrase, u64)> {
    let mut shared = Vec::new();
    if row.length == 0 {
        return shared;
    }
    for name in packed.with_heads(row.begins(pairs)).iter() {
        let (mut before, mut all) = (0, 0);
        for sound in packed.sounds(name) {
            let places = row.places(sound);
            all |= if pairs { before << 1 & places & row.joined } else { places };
            before = places;
        }
        if all != 0 {
            shared.push((name, all));
        }
    }
    shared
}

/// How many names share each place.
fn counts(shared: &[(Phrase, u64)]) -> [usize; 64] {
    let mut counts = [0; 64];
    for (_, places) in shared {
        let mut rest = *places;
        while rest != 0 {
            counts.get_mut(rest.trailing_zeros() as usize).into_iter().for_each(|count| *count += 1);
            rest &= rest - 1;
        }
    }
    counts
}

/// What sharing something is worth that so many names share.
fn weight(packed: &Packed, count: usize) -> u32 {
    3 + (packed.names as usize / count.max(1)).checked_ilog2().unwrap_or_default()
}

fn sum(places: u64, weights: &[u32; 64]) -> u32 {
    let mut rest = places;
    let mut sum = 0;
    while rest != 0 {
        sum += weights.get(rest.trailing_zeros() as usize).copied().unwrap_or_default();
        rest &= rest - 1;
    }
    sum
}

/// Adds what a word in letters or digits is worth to the services that are called by it.
fn add_word(packed: &Packed, word: &Word, worth: &mut [u32]) {
    let mut found: Vec<(Position, u16)> = Vec::new();
    let mut names = 0;
    scan::names(packed, word, |phrase, worth| {
        names += 1;
        found.extend(packed.posts(phrase).map(|service| (service, worth)));
    });
    found.sort_unstable_by_key(|(service, worth)| (*service, std::cmp::Reverse(*worth)));
    found.dedup_by_key(|(service, _)| *service);
    let weight = weight(packed, names);
    for (service, held) in found {
        worth.get_mut(service as usize).into_iter().for_each(|worth| *worth += weight * u32::from(held) / 60);
    }
}

/// Looks closely at the services that share most.
fn closely(packed: &Packed, row: &Row, mut candidates: Vec<(u32, Position)>) -> Vec<Match> {
    candidates.sort_unstable_by_key(|(worth, service)| (u32::MAX - worth, *service));
    candidates.truncate(CLOSELY);
    let enough = candidates.first().map_or(0, |(worth, _)| worth / 3);
    let kept = candidates.into_iter().filter(|(worth, _)| *worth >= enough);
    kept.map(|(worth, service)| Match::near(service, worth * 4 + likeness(packed, row, service))).collect()
}

/// How like the row the likest name of a service is.
fn likeness(packed: &Packed, row: &Row, service: Position) -> u32 {
    /// What it is worth that a name has every character, in whatever order.
    const ALL: u32 = 30;
    let characters = u32::try_from(row.characters.len()).unwrap_or_default();
    let mut best = 0;
    for name in packed.names_of(service) {
        let length = u32::try_from(packed.sounds(name).count()).unwrap_or(u32::MAX);
        let follows = row.follows(packed.sounds(name));
        if follows < 2 {
            continue;
        }
        // A name that is said whole is worth more than the same characters out of a longer one.
        let whole = if follows == length { 12 + 3 * length } else { 0 };
        let alike = 80 * follows / (row.length + length) + whole;
        // The characters are only compared where they can still make it the likest.
        if alike + 2 * characters + ALL > best {
            let text = String::from_utf8_lossy(packed.phrase(name));
            let same = row.characters.iter().filter(|character| text.contains(**character)).count();
            let same = u32::try_from(same).unwrap_or_default();
            best = best.max(alike + 2 * same + if same == characters { ALL } else { 0 });
        }
    }
    best
}
