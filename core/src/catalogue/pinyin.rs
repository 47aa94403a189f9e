//! Chinese characters as they are typed in letters.
//!
//! `pinyin.txt` lists the characters of GB 2312 by how they are read, without tones: the readings, and the
//! characters that have just these. A character's *sound* is its line there, counted from one.

use std::sync::LazyLock;

/// The sound of what is not a Chinese character in the table.
pub(super) const SILENT: u16 = 0;

/// The characters that the table can hold, from the first to the last that Unicode calls basic.
const FIRST: u32 = 0x4E00;
const LAST: u32 = 0x9FFF;

static TABLE: LazyLock<Table> = LazyLock::new(|| Table::read(include_str!("pinyin.txt")));

struct Table {
    /// The sound of each character, from the first on.
    sounds: Vec<u16>,
    /// How each sound is read; none for silence.
    readings: Vec<Vec<&'static str>>,
    /// The letters that each sound can begin with, as a set of bits.
    heads: Vec<u32>,
}

impl Table {
    fn read(text: &'static str) -> Self {
        let sounds = vec![SILENT; (LAST - FIRST + 1) as usize];
        let mut table = Self { sounds, readings: vec![Vec::new()], heads: vec![0] };
        for (readings, characters) in text.lines().filter_map(|line| line.split_once(' ')) {
            let sound = u16::try_from(table.readings.len()).unwrap_or(SILENT);
            table.readings.push(readings.split(',').collect());
            table.heads.push(readings.split(',').filter_map(|reading| reading.bytes().next()).fold(0, with));
            for character in characters.chars() {
                if let Some(place) = place(character).and_then(|place| table.sounds.get_mut(place)) {
                    *place = sound;
                }
            }
        }
        table
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

/// Letters that may stand for Chinese characters: whole syllables, initials, or both, and at the end half a
/// syllable.
pub(super) struct Typed {
    letters: Vec<u8>,
    /// For each sound, the letters one of which the next sound has to begin with where the letters begin with
    /// this one: none where they cannot, any where they may be used up.
    follows: Vec<u32>,
    heads: &'static [u32],
}

impl Typed {
    /// The most letters that are looked at: one bit each in the set of places reached.
    const MOST: usize = 60;

    /// What was typed, where it can be pinyin at all.
    pub(super) fn new(word: &str) -> Option<Self> {
        let plain = word.bytes().all(|letter| letter.is_ascii_lowercase());
        if !plain || word.is_empty() || word.len() > Self::MOST {
            return None;
        }
        let mut typed = Self { letters: word.bytes().collect(), follows: Vec::new(), heads: &TABLE.heads };
        let head = word.bytes().next().map_or(0, |letter| with(0, letter));
        let sounds = TABLE.readings.iter().zip(&TABLE.heads);
        typed.follows = sounds
            .map(|(readings, heads)| if heads & head == 0 { 0 } else { typed.following(readings) })
            .collect();
        Some(typed)
    }

    /// The letters one of which has to come after a first sound that is read like this.
    fn following(&self, readings: &[&str]) -> u32 {
        let reached = self.after(readings, 1);
        if reached & (1 << self.letters.len()) != 0 {
            return u32::MAX;
        }
        let letters = self.letters.iter().enumerate().filter(|(at, _)| reached & (1 << at) != 0);
        letters.fold(0, |letters, (_, letter)| with(letters, *letter))
    }

    /// Whether it is worth trying to fit the letters to this sound and the next.
    pub(super) fn may_fit(&self, sound: u16, next: u16) -> bool {
        match self.follows.get(usize::from(sound)) {
            None | Some(0) => false,
            Some(&u32::MAX) => true,
            Some(follows) => self.heads.get(usize::from(next)).is_some_and(|heads| heads & follows != 0),
        }
    }

    /// How many of the sounds from the first on the letters use up; none where they do not fit.
    pub(super) fn fits(&self, sounds: &[u16]) -> Option<usize> {
        let done = 1_u64 << self.letters.len();
        let mut reached = 1_u64;
        for (before, sound) in sounds.iter().enumerate() {
            reached = self.after(TABLE.readings.get(usize::from(*sound))?, reached);
            if reached & done != 0 {
                return Some(before + 1);
            }
            if reached == 0 {
                return None;
            }
        }
        None
    }

    /// The places among the letters that can be reached from these by one character, as a set of bits.
    fn after(&self, readings: &[&str], mut reached: u64) -> u64 {
        let mut next = 0;
        while reached != 0 {
            let from = reached.trailing_zeros() as usize;
            reached &= reached - 1;
            let rest = self.letters.get(from..).unwrap_or_default();
            for reading in readings.iter().map(|reading| reading.as_bytes()) {
                next |= steps(rest, reading) << from;
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
    use super::{SILENT, Typed, sound};

    fn fits(letters: &str, text: &str) -> Option<usize> {
        let sounds: Vec<u16> = text.chars().map(sound).collect();
        Typed::new(letters)?.fits(&sounds)
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
    fn what_is_no_pinyin_is_not_tried() {
        assert_eq!(sound('a'), SILENT);
        assert_eq!(sound('\u{20000}'), SILENT);
        assert!(
            Typed::new("").is_none() && Typed::new("é").is_none() && Typed::new(&"a".repeat(61)).is_none()
        );
        assert_eq!(fits("a", "，"), None);
    }
}
