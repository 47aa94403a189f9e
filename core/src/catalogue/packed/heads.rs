//! Which names have a character whose reading begins with one letter before one whose reading begins with another.
//!
//! Whatever is looked for by its sounds begins with two known letters, or has two neighbours with known letters, so
//! only the few names that have such a pair are read: a walk over all sounds took longer than all else together.

use super::Phrase;
use crate::catalogue::pinyin;

const LETTERS: usize = 26;
/// What may come behind: each letter, and the end of the name.
const BEHIND: usize = LETTERS + 1;
/// How many pairs there are.
pub(super) const PAIRS: usize = LETTERS * BEHIND;

/// The names that have each pair, while they are packed: how far each lies from the one before, seven bits a byte.
pub(super) struct Heads(Vec<(Phrase, Vec<u8>)>);

impl Default for Heads {
    fn default() -> Self {
        Self(vec![(0, Vec::new()); PAIRS])
    }
}

impl Heads {
    /// Notes the sounds of a name. Names come in their order.
    pub(super) fn note(&mut self, name: Phrase, sounds: &[u16]) {
        let next = sounds.iter().skip(1).map(|sound| pinyin::heads(*sound)).chain([1 << LETTERS]);
        for (first, behind) in sounds.iter().map(|sound| pinyin::heads(*sound)).zip(next) {
            for pair in pairs(first, behind) {
                if let Some((last, bytes)) = self.0.get_mut(pair)
                    && *last <= name
                {
                    put(bytes, name + 1 - *last);
                    *last = name + 1;
                }
            }
        }
    }

    /// What was noted of each pair.
    pub(super) fn lists(&self) -> impl Iterator<Item = &[u8]> {
        self.0.iter().map(|(_, bytes)| bytes.as_slice())
    }
}

/// The pairs of one of the first letters and one of those behind, given as sets of bits.
pub(super) fn pairs(first: u32, behind: u32) -> impl Iterator<Item = usize> {
    let bits = |set: u32, most: usize| (0..most).filter(move |bit| set & 1 << bit != 0);
    bits(first, LETTERS).flat_map(move |first| bits(behind, BEHIND).map(move |next| first * BEHIND + next))
}

fn put(bytes: &mut Vec<u8>, mut number: u32) {
    while number > 0x7F {
        bytes.push((number & 0x7F) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push((number & 0x7F) as u8);
}

/// A set of names, in their order.
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

    /// Each of them.
    pub(in crate::catalogue) fn iter(&self) -> impl Iterator<Item = Phrase> {
        self.0.iter().zip((0_u32..).step_by(64)).flat_map(|(names, from)| {
            let rest = std::iter::successors(Some(*names), |rest| Some(rest & rest.wrapping_sub(1)));
            rest.take_while(|rest| *rest != 0).map(move |rest| from + rest.trailing_zeros())
        })
    }
}
