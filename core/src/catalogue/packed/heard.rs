//! Which names have a character of each sound, and which have a character whose reading begins with one letter before
//! one whose reading begins with another.
//!
//! Whatever is looked for by its sounds has known sounds, or begins with known letters, and so has a Chinese word. Only
//! the few names that have these are read: a walk over all names took longer than all else together.

use super::Phrase;
use crate::catalogue::pinyin::{self, MOST_SOUNDS};

const LETTERS: usize = 26;
/// What may come behind: each letter, and the end of the name.
const BEHIND: usize = LETTERS + 1;
/// How many pairs of letters there are; their lists stand before those of the sounds.
const PAIRS: usize = LETTERS * BEHIND;
/// How many lists there are.
pub(super) const LISTS: usize = PAIRS + MOST_SOUNDS;

/// The lists, while they are packed: how far each name lies from the one before, seven bits a byte.
pub(super) struct Heard(Vec<(Phrase, Vec<u8>)>);

impl Default for Heard {
    fn default() -> Self {
        Self(vec![(0, Vec::new()); LISTS])
    }
}

impl Heard {
    /// Notes the sounds of a name. Names come in their order.
    pub(super) fn note(&mut self, name: Phrase, text: &str) {
        let sounds: Vec<u16> = pinyin::sounds(text.as_bytes()).map(|(_, sound)| sound).collect();
        let next = sounds.iter().skip(1).map(|sound| pinyin::heads(*sound)).chain([1 << LETTERS]);
        for (first, behind) in sounds.iter().map(|sound| pinyin::heads(*sound)).zip(next) {
            pairs(first, behind).for_each(|list| self.put(list, name));
        }
        sounds.iter().for_each(|sound| self.put(of_sound(*sound), name));
    }

    fn put(&mut self, list: usize, name: Phrase) {
        if let Some((last, bytes)) = self.0.get_mut(list)
            && *last <= name
        {
            put(bytes, name + 1 - *last);
            *last = name + 1;
        }
    }

    /// What was noted.
    pub(super) fn lists(&self) -> impl Iterator<Item = &[u8]> {
        self.0.iter().map(|(_, bytes)| bytes.as_slice())
    }
}

/// The lists of the pairs of one of the first letters and one of those behind, given as sets of bits.
pub(super) fn pairs(first: u32, behind: u32) -> impl Iterator<Item = usize> {
    let bits = |set: u32, most: usize| (0..most).filter(move |bit| set & 1 << bit != 0);
    bits(first, LETTERS).flat_map(move |first| bits(behind, BEHIND).map(move |next| first * BEHIND + next))
}

/// The list of a sound.
pub(super) fn of_sound(sound: u16) -> usize {
    PAIRS + usize::from(sound)
}

fn put(bytes: &mut Vec<u8>, mut number: u32) {
    while number > 0x7F {
        bytes.push((number & 0x7F) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push((number & 0x7F) as u8);
}

/// A set of names, in their order.
#[derive(Clone, Default)]
pub(in crate::catalogue) struct Names(Vec<u64>);

impl Names {
    pub(super) fn none(of: Phrase) -> Self {
        Self(vec![0; (of as usize).div_ceil(64)])
    }

    /// Adds the names of a list. One that there is not is left out.
    pub(super) fn add(&mut self, list: &[u8]) {
        let (mut name, mut number, mut shift) = (0_u32, 0_u32, 0);
        for byte in list {
            number |= u32::from(byte & 0x7F).checked_shl(shift).unwrap_or_default();
            if byte & 0x80 != 0 {
                shift += 7;
                continue;
            }
            name = name.wrapping_add(number);
            let at = name.wrapping_sub(1);
            self.0.get_mut(at as usize / 64).into_iter().for_each(|names| *names |= 1 << (at % 64));
            (number, shift) = (0, 0);
        }
    }

    /// Those that are in both.
    pub(in crate::catalogue) fn and(mut self, other: &Self) -> Self {
        self.0.iter_mut().zip(&other.0).for_each(|(names, others)| *names &= others);
        self
    }

    /// Those that are in either.
    pub(in crate::catalogue) fn or(mut self, other: &Self) -> Self {
        self.0.iter_mut().zip(&other.0).for_each(|(names, others)| *names |= others);
        self
    }

    /// How many there are.
    pub(in crate::catalogue) fn count(&self) -> usize {
        self.0.iter().map(|names| names.count_ones() as usize).sum()
    }

    /// Whether it is one of them.
    pub(in crate::catalogue) fn has(&self, name: Phrase) -> bool {
        self.0.get(name as usize / 64).is_some_and(|names| names & 1 << (name % 64) != 0)
    }

    /// Each of them.
    pub(in crate::catalogue) fn iter(&self) -> impl Iterator<Item = Phrase> {
        self.0.iter().zip((0_u32..).step_by(64)).flat_map(|(names, from)| {
            let rest = std::iter::successors(Some(*names), |rest| Some(rest & rest.wrapping_sub(1)));
            rest.take_while(|rest| *rest != 0).map(move |rest| from + rest.trailing_zeros())
        })
    }
}
