//! Services whose names come near to what was typed, where hardly any holds it as it stands.
//!
//! What was typed is a row of characters, or of syllables where it is pinyin. The names that have the sounds of two
//! neighbours are known without reading the others, and of each it is noted which neighbours of that row stand together
//! in it; a pair says the more the fewer names have it. It is sounds that are compared, so a character that was mistaken
//! for one that sounds like it does no harm. The few services that hold most are then looked at closely.

use super::fold;
use super::packed::{Names, Packed, Phrase, Position};
use super::pinyin::{self, MOST_SOUNDS, SILENT};
use super::search::{Match, spread};
use super::sought::Sought;

/// The most characters and syllables of a search that are looked at: one bit each.
const MOST: usize = 60;
/// How many services are looked at closely.
const CLOSELY: usize = 20;
/// What is looked for is taken up from the rarest on, until one name in so many has to be read.
const RARE: usize = 24;

/// What was typed, as a row that names are held against.
struct Row<'a> {
    /// For each sound, the places in the row where it may stand.
    places: Box<[u64; MOST_SOUNDS]>,
    /// The places that belong together with the one before.
    joined: u64,
    /// The sounds that may stand in each place.
    sounds: Vec<Vec<u16>>,
    /// The characters, where they were typed as such.
    characters: Vec<u16>,
    /// Words that are neither.
    words: Vec<&'a Sought<'a>>,
}

impl<'a> Row<'a> {
    fn new(packed: &Packed, typed: &[String], sought: &'a [Sought<'a>]) -> Self {
        let places = Box::new([0; MOST_SOUNDS]);
        let mut row =
            Self { places, joined: 0, sounds: Vec::new(), characters: Vec::new(), words: Vec::new() };
        for word in typed {
            match pinyin::syllables(word).filter(|_| !packed.name_grams().may_hold(word)) {
                Some(syllables) if word.len() > 2 => {
                    for (at, syllable) in syllables.iter().enumerate() {
                        row.push(pinyin::read_as(syllable), at > 0);
                    }
                }
                _ if word.is_ascii() => {
                    row.words.extend(sought.iter().find(|sought| sought.word.text() == word))
                }
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
                self.characters.extend(u16::try_from(u32::from(character)));
            }
            joins = says;
        }
    }

    fn push(&mut self, sounds: &[u16], joins: bool) -> bool {
        if self.sounds.len() >= MOST || sounds.is_empty() {
            return false;
        }
        let place = 1_u64 << self.sounds.len();
        for sound in sounds {
            self.places.get_mut(usize::from(*sound)).into_iter().for_each(|places| *places |= place);
        }
        self.joined |= if joins { place } else { 0 };
        self.sounds.push(sounds.to_vec());
        true
    }

    fn length(&self) -> u32 {
        u32::try_from(self.sounds.len()).unwrap_or_default()
    }

    fn places(&self, sound: u16) -> u64 {
        pinyin::of(&self.places, sound)
    }

    /// How many places of the row a name's sounds follow, in the order of the row.
    fn follows(&self, sounds: impl Iterator<Item = u16>) -> u32 {
        // A longest common subsequence, a whole row of its table in each step (Hyyrö 2004).
        let mut open = u64::MAX;
        for places in sounds.map(|sound| self.places(sound)) {
            let taken = open & places;
            open = open.wrapping_add(taken) | (open - taken);
        }
        (!open & ((1 << self.length()) - 1)).count_ones()
    }
}

/// The services that come near, with what that is worth.
pub(super) fn near(packed: &Packed, typed: &[String], sought: &[Sought<'_>]) -> Vec<Match> {
    let row = Row::new(packed, typed, sought);
    let mut held = vec![0_u64; packed.services as usize];
    let shared = Shared::of(packed, &row);
    for (name, places) in &shared.names {
        for service in packed.posts(*name) {
            held.get_mut(service as usize).into_iter().for_each(|held| *held |= places);
        }
    }
    let mut worth: Vec<u32> = held.iter().map(|places| sum(*places, &shared.weights)).collect();
    // One word alone was looked for already.
    if row.length() > 0 || row.words.len() > 1 {
        row.words.iter().for_each(|word| add_word(packed, word, &mut worth));
    }
    let candidates = worth.into_iter().zip(0..).filter(|(worth, _)| *worth > 0).collect();
    closely(packed, &row, candidates)
}

/// What names share with the row: pairs of neighbours, each noted at the place of its second, or where nothing has
/// any, single characters.
struct Shared {
    names: Vec<(Phrase, u64)>,
    /// What each place is worth.
    weights: [u32; 64],
}

impl Shared {
    fn of(packed: &Packed, row: &Row<'_>) -> Self {
        let singles: Vec<Names> = row.sounds.iter().map(|sounds| packed.heard(sounds)).collect();
        let heads = |sounds: &Vec<u16>| sounds.iter().fold(0, |heads, sound| heads | pinyin::heads(*sound));
        let heads: Vec<u32> = row.sounds.iter().map(heads).collect();
        let places = singles.iter().zip(&heads);
        let neighbours = places.clone().zip(places.skip(1)).zip(1..);
        let joined = neighbours.filter(|(_, place)| row.joined & 1 << place != 0);
        let pairs = joined.map(|(((one, first), (other, behind)), place)| {
            (packed.with_heads(*first, *behind).and(one).and(other), place)
        });
        let pairs = pairs.collect();
        let pairs = Self::among(packed, pairs, |name| {
            let (mut before, mut all) = (0, 0);
            for (_, sound) in pinyin::sounds(packed.phrase(name)) {
                let places = row.places(sound);
                all |= before << 1 & places & row.joined;
                before = places;
            }
            all
        });
        if !pairs.names.is_empty() {
            return pairs;
        }
        Self::among(packed, singles.into_iter().zip(0..).collect(), |name| {
            // A single character that only sounds alike says nothing.
            let (mut all, mut is_typed) = (0, false);
            for (character, sound) in pinyin::sounds(packed.phrase(name)) {
                let places = row.places(sound);
                all |= places;
                is_typed |= places != 0 && row.characters.contains(&character);
            }
            if is_typed { all } else { 0 }
        })
    }

    /// Reads names that can share something, those first that share what is rare.
    fn among(packed: &Packed, mut sets: Vec<(Names, u32)>, shares: impl Fn(Phrase) -> u64) -> Self {
        sets.sort_by_cached_key(|(names, place)| (names.count(), *place));
        let most = packed.names as usize / RARE + 2;
        let (mut all, mut weights) = (Names::default(), [0; 64]);
        for (names, place) in sets {
            let weight = rarity(packed, names.count());
            weights.get_mut(place as usize).into_iter().for_each(|place| *place = weight);
            let together = names.or(&all);
            if all.count() == 0 || together.count() <= most {
                all = together;
            }
        }
        let names = all.iter().map(|name| (name, shares(name)));
        Self { names: names.filter(|(_, places)| *places != 0).collect(), weights }
    }
}

/// What sharing something is worth that so many names share.
fn rarity(packed: &Packed, count: usize) -> u32 {
    3 + (packed.names as usize / count.max(1)).checked_ilog2().unwrap_or_default()
}

/// The places of a set.
fn bits(places: u64) -> impl Iterator<Item = usize> {
    let rest = std::iter::successors(Some(places), |rest| Some(rest & rest.wrapping_sub(1)));
    rest.take_while(|rest| *rest != 0).map(|rest| rest.trailing_zeros() as usize)
}

fn sum(places: u64, weights: &[u32; 64]) -> u32 {
    bits(places).filter_map(|place| weights.get(place)).sum()
}

/// Adds what a word in letters or digits is worth to the services that are called by it.
fn add_word(packed: &Packed, word: &Sought<'_>, worth: &mut [u32]) {
    let hits = word.names();
    let weight = rarity(packed, hits.len());
    for (worth, held) in worth.iter_mut().zip(spread(packed, hits, u16::max)) {
        *worth += weight * u32::from(held) / 60;
    }
}

/// Looks closely at the services that share most.
fn closely(packed: &Packed, row: &Row<'_>, mut candidates: Vec<(u32, Position)>) -> Vec<Match> {
    let order = |(worth, service): &(u32, Position)| (u32::MAX - worth, *service);
    if candidates.len() > CLOSELY {
        candidates.select_nth_unstable_by_key(CLOSELY - 1, order);
        candidates.truncate(CLOSELY);
    }
    let enough = candidates.iter().map(|(worth, _)| worth / 3).max().unwrap_or_default();
    let kept = candidates.into_iter().filter(|(worth, _)| *worth >= enough);
    kept.map(|(worth, service)| Match::near(service, worth * 4 + likeness(packed, row, service))).collect()
}

/// How like the row the likest name of a service is.
fn likeness(packed: &Packed, row: &Row<'_>, service: Position) -> u32 {
    /// What it is worth that a name has every character, in whatever order.
    const ALL: u32 = 30;
    let characters = u32::try_from(row.characters.len()).unwrap_or_default();
    let mut best = 0;
    if row.sounds.is_empty() {
        return best;
    }
    let mut heard: Vec<(u16, u16)> = Vec::new();
    for name in packed.names_of(service) {
        heard.clear();
        heard.extend(pinyin::sounds(packed.phrase(name)));
        let length = u32::try_from(heard.len()).unwrap_or(u32::MAX);
        let follows = row.follows(heard.iter().map(|(_, sound)| *sound));
        if follows < 2 {
            continue;
        }
        // A name that is said whole is worth more than the same characters out of a longer one.
        let whole = if follows == length { 12 + 3 * length } else { 0 };
        let alike = 80 * follows / (row.length() + length) + whole;
        let is_in = |typed: &&u16| heard.iter().any(|(character, _)| character == *typed);
        let same = u32::try_from(row.characters.iter().filter(is_in).count()).unwrap_or_default();
        best = best.max(alike + 2 * same + if same == characters { ALL } else { 0 });
    }
    best
}
