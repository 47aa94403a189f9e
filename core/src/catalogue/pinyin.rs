//! Chinese characters as they are typed in letters.
//!
//! `pinyin.txt` lists the characters of GB 2312 by how they are read, without tones: the readings, and the
//! characters that have just these. A character's *sound* is its line there, counted from one.

use std::collections::HashMap;
use std::sync::LazyLock;

/// The sound of what is not a Chinese character in the table.
pub(super) const SILENT: u16 = 0;

/// The characters that the table can hold, from the first to the last that Unicode calls basic.
const FIRST: u32 = 0x4E00;
const LAST: u32 = 0x9FFF;

/// The table as it is built in.
pub(super) const TEXT: &str = include_str!("pinyin.txt");

static TABLE: LazyLock<Table> = LazyLock::new(|| Table::read(TEXT));

struct Table {
    /// The sound of each character, from the first on.
    sounds: Vec<u16>,
    /// How each sound is read, with commas; nothing for silence.
    readings: Vec<&'static str>,
    /// The letters that each sound can begin with, as a set of bits.
    heads: [u32; MOST_SOUNDS],
    /// The readings that begin with each letter.
    heads_of: [Vec<&'static str>; 26],
    /// The sounds that have each reading.
    read_as: HashMap<&'static str, Vec<u16>>,
}

impl Table {
    fn read(text: &'static str) -> Self {
        let sounds = vec![SILENT; (LAST - FIRST + 1) as usize];
        let (readings, heads_of) = (vec![""], [const { Vec::new() }; 26]);
        let heads = [0; MOST_SOUNDS];
        let mut table = Self { sounds, readings, heads, heads_of, read_as: HashMap::new() };
        for (readings, characters) in text.lines().filter_map(|line| line.split_once(' ')) {
            let sound = u16::try_from(table.readings.len()).unwrap_or(SILENT);
            table.readings.push(readings);
            let heads = readings.split(',').filter_map(|reading| reading.bytes().next()).fold(0, with);
            table.heads.get_mut(usize::from(sound)).into_iter().for_each(|place| *place |= heads);
            for reading in readings.split(',') {
                table.read_as.entry(reading).or_default().push(sound);
            }
            for character in characters.chars() {
                if let Some(place) = place(character).and_then(|place| table.sounds.get_mut(place)) {
                    *place = sound;
                }
            }
        }
        for reading in table.read_as.keys() {
            let head = reading.bytes().next().unwrap_or_default().wrapping_sub(b'a');
            table.heads_of.get_mut(usize::from(head)).into_iter().for_each(|readings| readings.push(reading));
        }
        table
    }

    /// The readings that begin with a letter.
    fn by_head(&self, letter: u8) -> &[&'static str] {
        self.heads_of.get(usize::from(letter.wrapping_sub(b'a'))).map_or(&[], Vec::as_slice)
    }
}

fn place(character: char) -> Option<usize> {
    u32::from(character).checked_sub(FIRST).map(|place| place as usize)
}

/// A set of letters with one more.
fn with(letters: u32, letter: u8) -> u32 {
    letters | 1_u32.checked_shl(u32::from(letter.wrapping_sub(b'a'))).unwrap_or(0)
}

/// The sound of a character.
pub(super) fn sound(character: char) -> u16 {
    place(character).and_then(|place| TABLE.sounds.get(place)).copied().unwrap_or(SILENT)
}

/// The characters of a text that have a sound, each with it.
pub(super) fn sounds(text: &[u8]) -> Sounds<'_> {
    Sounds { table: &TABLE.sounds, rest: text }
}

/// Reads a text for its sounds.
#[derive(Clone)]
pub(super) struct Sounds<'a> {
    table: &'static [u16],
    rest: &'a [u8],
}

impl Iterator for Sounds<'_> {
    type Item = (u16, u16);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let (first, rest) = self.rest.split_first()?;
            self.rest = rest;
            // Whatever has a sound takes three bytes, of which the first is one of these.
            if !matches!(first, 0xE4..=0xE9) {
                continue;
            }
            let (&[second, third], rest) = rest.split_first_chunk()?;
            self.rest = rest;
            let bits = |byte: u8| u16::from(byte & 0x3F);
            let character = u16::from(*first) << 12 | bits(second) << 6 | bits(third);
            let place = usize::from(character).wrapping_sub(FIRST as usize);
            if let Some(sound) = self.table.get(place).filter(|sound| **sound != SILENT) {
                return Some((character, *sound));
            }
        }
    }
}

/// The letters that a sound can begin with, as a set of bits.
pub(super) fn heads(sound: u16) -> u32 {
    of(&TABLE.heads, sound)
}

/// More sounds than there are, as a power of two: a number below it is a place in a table of this size, and the
/// walks over all sounds need not ask.
pub(super) const MOST_SOUNDS: usize = 2_048;

/// What a table holds for a sound.
pub(super) fn of<T: Copy + Default>(table: &[T; MOST_SOUNDS], sound: u16) -> T {
    table.get(usize::from(sound) % MOST_SOUNDS).copied().unwrap_or_default()
}

/// The sounds of the characters that are read like this.
pub(super) fn read_as(syllable: &str) -> &'static [u16] {
    TABLE.read_as.get(syllable).map_or(&[], Vec::as_slice)
}

/// Letters cut into whole syllables, as few as can be, with at most half of one at the end; none where they
/// cannot be cut so.
pub(super) fn syllables(word: &str) -> Option<Vec<&str>> {
    const LONGEST: usize = 6;
    let length = word.len();
    if !word.is_ascii() || length > Typed::MOST {
        return None;
    }
    // The fewest pieces from each place to the end, and how long the first of them is.
    let mut fewest: Vec<Option<(usize, usize)>> = vec![None; length + 1];
    fewest.last_mut().into_iter().for_each(|end| *end = Some((0, 0)));
    for from in (0..length).rev() {
        let pieces = (1..=LONGEST.min(length - from)).filter_map(|taken| {
            let piece = word.get(from..from + taken)?;
            let (rest, _) = fewest.get(from + taken).copied().flatten()?;
            let half = from + taken == length && from > 0 && begins_a_reading(piece);
            let whole = TABLE.read_as.contains_key(piece);
            // Half a syllable counts as two, so that whole ones are preferred.
            (whole || half).then_some((rest + if whole { 1 } else { 2 }, taken))
        });
        let best = pieces.min_by_key(|(count, taken)| (*count, LONGEST - taken));
        fewest.get_mut(from).into_iter().for_each(|place| *place = best);
    }
    let mut cut = Vec::new();
    let mut from = 0;
    while from < length {
        let (_, taken) = fewest.get(from).copied().flatten()?;
        cut.push(word.get(from..from + taken)?);
        from += taken;
    }
    Some(cut)
}

fn begins_a_reading(piece: &str) -> bool {
    let head = piece.bytes().next().unwrap_or_default();
    TABLE.by_head(head).iter().any(|reading| reading.starts_with(piece))
}

/// Letters that may stand for Chinese characters: whole syllables, initials, or both, and at the end half a
/// syllable.
pub(super) struct Typed {
    letters: Vec<u8>,
    /// For each place, the places that one character can lead to from there on the way to the end, as a set of bits.
    ways: Vec<u64>,
    /// For each sound, the places that it can lead to as the first one.
    first: Box<[u64; MOST_SOUNDS]>,
}

/// One thing that a name has to have: a character read with the first letter, given as sets of bits, before one read
/// with one of those behind, or a character with one of the sounds.
pub(super) struct Need {
    pub(super) first: u32,
    pub(super) behind: u32,
    pub(super) last: Vec<u16>,
}

impl Typed {
    /// The most letters that are looked at: one bit each in the set of places reached.
    const MOST: usize = 60;

    /// What was typed, where it can be pinyin at all: no syllable begins with i, u or v, so these can only stand
    /// within one.
    pub(super) fn new(word: &str) -> Option<Self> {
        let plain = word.bytes().all(|letter| letter.is_ascii_lowercase());
        if !plain || word.is_empty() || word.len() > Self::MOST {
            return None;
        }
        let letters = word.as_bytes().to_vec();
        let mut ways = vec![0; letters.len()];
        let mut lead_on = 1_u64 << letters.len();
        for (from, ways) in ways.iter_mut().enumerate().rev() {
            let rest = letters.get(from..).unwrap_or_default();
            let readings = TABLE.by_head(rest.first().copied().unwrap_or_default());
            let steps = readings.iter().fold(0, |all, reading| all | steps(rest, reading.as_bytes()));
            *ways = steps << from & lead_on;
            lead_on |= u64::from(*ways != 0) << from;
        }
        if ways.first() == Some(&0) {
            return None;
        }
        let mut first = Box::new([0; MOST_SOUNDS]);
        for reading in TABLE.by_head(letters.first().copied().unwrap_or_default()) {
            let steps = steps(&letters, reading.as_bytes());
            for sound in read_as(reading) {
                first.get_mut(usize::from(*sound)).into_iter().for_each(|places| *places |= steps);
            }
        }
        Some(Self { letters, ways, first })
    }

    /// What a name has to have so that the letters can fit, all of it. Only of such letters is anything said that begin
    /// a character however the others are cut.
    pub(super) fn needs(&self) -> Vec<Need> {
        let mut needs = Vec::new();
        // The places that are reached, and the farthest that is reached from a place before.
        let (mut reached, mut farthest) = (1_u64, 0_u32);
        for (at, (letter, ways)) in (0_u32..).zip(self.letters.iter().zip(&self.ways)) {
            if reached & 1 << at == 0 {
                continue;
            }
            if farthest <= at {
                let first = with(0, *letter);
                needs.push(Need { first, behind: self.letters_at(*ways), last: self.last_from(at as usize) });
            }
            reached |= ways;
            farthest = farthest.max(ways.checked_ilog2().unwrap_or_default());
        }
        needs
    }

    /// The sounds that use up all letters from a place on.
    fn last_from(&self, from: usize) -> Vec<u16> {
        let rest = self.letters.get(from..).unwrap_or_default();
        let readings = TABLE.by_head(rest.first().copied().unwrap_or_default()).iter();
        let last = readings.filter(|reading| steps(rest, reading.as_bytes()) & (1 << rest.len()) != 0);
        last.flat_map(|reading| read_as(reading)).copied().collect()
    }

    fn letters_at(&self, places: u64) -> u32 {
        let letters = (0_u32..).zip(&self.letters).filter(|(at, _)| places & 1 << at != 0);
        letters.fold(0, |letters, (_, letter)| with(letters, *letter))
    }

    /// Where the letters fit a name first: at which of its characters that have a sound, and how many of these they use
    /// up there.
    pub(super) fn fit(&self, name: &[u8]) -> Option<(usize, usize)> {
        let mut sounds = sounds(name);
        let mut from = 0;
        loop {
            let (_, sound) = sounds.next()?;
            let reached = of(&self.first, sound);
            if reached != 0
                && let Some(taken) = self.taken(reached, sounds.clone())
            {
                return Some((from, taken));
            }
            from += 1;
        }
    }

    /// How many sounds the letters use up, the first of which leads to these places; none where they do not fit.
    fn taken(&self, mut reached: u64, mut rest: Sounds<'_>) -> Option<usize> {
        let done = 1_u64 << self.letters.len();
        let mut taken = 1;
        while reached & done == 0 {
            let (_, sound) = rest.next().filter(|_| reached != 0)?;
            reached = self.after(TABLE.readings.get(usize::from(sound))?, reached);
            taken += 1;
        }
        Some(taken)
    }

    /// The places among the letters that can be reached from these by one character, as a set of bits.
    fn after(&self, readings: &str, mut reached: u64) -> u64 {
        let mut next = 0;
        while reached != 0 {
            let from = reached.trailing_zeros() as usize;
            reached &= reached - 1;
            let rest = self.letters.get(from..).unwrap_or_default();
            for reading in readings.split(',') {
                next |= steps(rest, reading.as_bytes()) << from;
            }
        }
        next
    }
}

/// How many letters a reading can take from the front of the rest, as a set of bits: its first letter, its
/// initial of two, all of it, or what is left where that is the beginning of it.
fn steps(rest: &[u8], reading: &[u8]) -> u64 {
    if rest.first() != reading.first() {
        return 0;
    }
    let mut steps = 0;
    if !rest.is_empty() {
        steps |= 1 << 1;
    }
    if matches!(reading, [b'z' | b'c' | b's', b'h', ..]) && rest.get(1) == Some(&b'h') {
        steps |= 1 << 2;
    }
    if rest.starts_with(reading) {
        steps |= 1 << reading.len();
    }
    if reading.starts_with(rest) {
        steps |= 1 << rest.len();
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::{MOST_SOUNDS, SILENT, TABLE, Typed, sound, syllables};

    fn fits(letters: &str, text: &str) -> Option<usize> {
        Typed::new(letters)?.fit(text.as_bytes()).filter(|(from, _)| *from == 0).map(|(_, taken)| taken)
    }

    #[test]
    fn syllables_initials_and_half_a_syllable_fit() {
        for letters in ["yiliaobaoxian", "ylbx", "yiliaobaox", "yilbx", "ylbaoxi"] {
            assert_eq!(fits(letters, "医疗保险费"), Some(4), "{letters}");
        }
        assert_eq!(fits("yiliaobao", "医疗保险"), Some(3));
        assert_eq!(fits("zhengming", "证明"), Some(2));
        assert_eq!(fits("zhm", "证明"), Some(2));
        assert_eq!(fits("yilao", "医疗"), None);
        assert_eq!(fits("ylbx", "医疗"), None);
    }

    #[test]
    fn a_character_is_found_by_each_of_its_readings() {
        for (character, readings) in [
            ("行", ["hang", "xing"]),
            ("重", ["chong", "zhong"]),
            ("长", ["chang", "zhang"]),
            ("乐", ["le", "yue"]),
            ("律", ["lv", "lu"]),
            ("会", ["hui", "kuai"]),
        ] {
            for reading in readings {
                assert_eq!(fits(reading, character), Some(1), "{character} {reading}");
            }
        }
    }

    #[test]
    fn every_sound_has_its_place() {
        assert!(TABLE.readings.len() > 1_700 && TABLE.readings.len() <= MOST_SOUNDS);
    }

    #[test]
    fn letters_are_cut_into_syllables() {
        let cut = |letters| syllables(letters).unwrap_or_default().join(" ");
        assert_eq!(cut("jiehundengji"), "jie hun deng ji");
        assert_eq!(cut("xianggang"), "xiang gang");
        assert_eq!(cut("laonianka"), "lao nian ka");
        assert_eq!(cut("yibaobaox"), "yi bao bao x");
        assert_eq!(cut("ylbx"), "");
    }

    #[test]
    fn what_is_no_pinyin_is_not_tried() {
        assert_eq!(sound('a'), SILENT);
        assert_eq!(sound('\u{20000}'), SILENT);
        assert!(
            Typed::new("").is_none() && Typed::new("é").is_none() && Typed::new(&"a".repeat(61)).is_none()
        );
        assert_eq!(fits("a", "，"), None);
    }
}
