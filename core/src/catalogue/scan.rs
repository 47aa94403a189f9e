//! Looks for one word in the packed phrases, and says how well each phrase holds it.

use super::fold::is_of_word;
use super::packed::{Packed, Part, Phrase};
use super::pinyin::{SILENT, Typed};
use super::word::Word;

/// What a sentence that holds a word is worth: less than any name.
const TOLD: u16 = 8;

/// Calls `note` with each name that holds the word and what that is worth.
pub(super) fn names(packed: &Packed, word: &Word, mut note: impl FnMut(Phrase, u16)) {
    let mut is_found = false;
    if packed.name_grams().may_hold(word.text()) {
        find(packed, packed.names_text(), 0, word, |phrase, worth, starts| {
            is_found |= starts;
            note(phrase, worth);
        });
    }
    if let Some(typed) = word.typed(is_found) {
        find_sounds(packed, typed, note);
    }
}

/// How often the word is written in an eighth of the names, taken from all over them. A word that is nowhere written
/// counts as common: as pinyin it may be anywhere.
pub(super) fn sampled(packed: &Packed, word: &Word) -> usize {
    const SAMPLES: usize = 16;
    if !packed.name_grams().may_hold(word.text()) {
        return usize::MAX;
    }
    let text = packed.names_text();
    let (step, length) = (text.len() / SAMPLES, text.len() / SAMPLES / 8 + word.text().len());
    let samples = (0..SAMPLES).filter_map(|sample| text.get(sample * step..)?.get(..length));
    samples.map(|sample| word.finder().find_iter(sample).count()).sum()
}

/// Calls `note` with each sentence that holds the word and what that is worth.
pub(super) fn sentences(packed: &Packed, word: &Word, mut note: impl FnMut(Phrase, u16)) {
    if packed.sentence_grams().may_hold(word.text()) {
        let (text, names) = (packed.sentences_text(), packed.names_text().len());
        find(packed, text, names, word, |phrase, _, starts| note(phrase, TOLD + u16::from(starts)));
    }
}

/// What one name is worth for the word; 0 where it does not hold it.
pub(super) fn name(packed: &Packed, word: &Word, phrase: Phrase) -> u16 {
    let text = packed.phrase(phrase);
    let written = word.finder().find(text).map(|at| {
        let (worth, starts) = written(text, at, word, phrase < packed.titles);
        (worth, starts)
    });
    let spelled = word.typed(written.is_some_and(|(_, starts)| starts)).and_then(|typed| {
        let sounds = packed.sound_bytes(phrase);
        let (from, taken) = fitting(typed, sounds).next()?;
        Some(spelled(phrase < packed.titles, from == 0, taken, sounds.len()))
    });
    written.map_or(0, |(worth, _)| worth).max(spelled.unwrap_or_default())
}

/// What one sentence is worth for the word; 0 where it does not hold it.
pub(super) fn sentence(packed: &Packed, word: &Word, phrase: Phrase) -> u16 {
    word.finder().find(packed.phrase(phrase)).map_or(0, |_| TOLD)
}

fn find(
    packed: &Packed,
    text: &[u8],
    begins_at: usize,
    word: &Word,
    mut note: impl FnMut(Phrase, u16, bool),
) {
    let (ends, _) = packed.part(Part::TextEnds).as_chunks();
    let end_of = |phrase: usize| ends.get(phrase).map_or(0, |end| u32::from_le_bytes(*end) as usize);
    let mut phrase = 0;
    for from in word.finder().find_iter(text) {
        phrase = element_at(ends, phrase, begins_at + from);
        let begin = phrase.checked_sub(1).map_or(0, end_of).saturating_sub(begins_at);
        let end = end_of(phrase).saturating_sub(begins_at + 1);
        let (Ok(at), Some(held)) = (Phrase::try_from(phrase), text.get(begin..end)) else { return };
        let (worth, starts) = written(held, from - begin, word, at < packed.titles);
        note(at, worth, starts);
    }
}

/// Which element holds a place, by where each ends; it is this one or one that comes after it.
pub(super) fn element_at(ends: &[[u8; 4]], mut low: usize, place: usize) -> usize {
    let is_before = |at: usize| ends.get(at).is_some_and(|end| u32::from_le_bytes(*end) as usize <= place);
    let mut step = 1;
    while is_before(low + step - 1) {
        low += step;
        step *= 2;
    }
    let mut high = low + step - 1;
    while low < high {
        let middle = low.midpoint(high);
        if is_before(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

/// What it is worth that a phrase holds the word at a place, and whether a word of the phrase begins there.
fn written(phrase: &[u8], at: usize, word: &Word, is_title: bool) -> (u16, bool) {
    let length = word.text().len();
    let (before, after) = phrase.split_at_checked(at).unwrap_or_default();
    let after = after.get(length..).unwrap_or_default();
    let same = |character: char| is_of_word(character) && character.is_ascii() == word.is_ascii();
    let starts = !last(before).is_some_and(same);
    let ends = !first(after).is_some_and(same);
    let share = share(length, phrase.len());
    let worth = match (starts, ends) {
        _ if before.is_empty() && after.is_empty() => 100,
        (false, _) if word.is_ascii() => 20 + share / 2,
        (true, true) => 74 + share,
        (true, false) => 66 + share,
        (false, _) => 60 + share,
    };
    (if is_title { worth } else { worth - 8 }, starts)
}

/// What it is worth that the letters fit so many of a phrase's sounds.
fn spelled(is_title: bool, starts: bool, taken: usize, sounds: usize) -> u16 {
    let worth = match (starts, taken >= sounds) {
        (true, true) => 96,
        (true, false) => 60 + share(taken, sounds),
        (false, _) => 54 + share(taken, sounds),
    };
    if is_title { worth } else { worth - 8 }
}

/// How much of the whole a part is, up to 20.
fn share(part: usize, whole: usize) -> u16 {
    u16::try_from(20 * part / whole.max(1)).unwrap_or_default()
}

fn last(text: &[u8]) -> Option<char> {
    match text.last() {
        Some(byte) if byte.is_ascii() => Some(char::from(*byte)),
        _ => {
            let from = text.iter().rposition(|byte| byte & 0xC0 != 0x80)?;
            std::str::from_utf8(text.get(from..)?).ok()?.chars().next()
        }
    }
}

fn first(text: &[u8]) -> Option<char> {
    match text.first() {
        Some(byte) if byte.is_ascii() => Some(char::from(*byte)),
        _ => {
            let next = text.iter().skip(1).position(|byte| byte & 0xC0 != 0x80);
            let end = next.map_or(text.len(), |at| at + 1);
            std::str::from_utf8(text.get(..end)?).ok()?.chars().next()
        }
    }
}

fn find_sounds(packed: &Packed, typed: &Typed, mut note: impl FnMut(Phrase, u16)) {
    for name in packed.with_heads([typed.begins()]).iter() {
        let sounds = packed.sound_bytes(name);
        for (from, taken) in fitting(typed, sounds) {
            note(name, spelled(name < packed.titles, from == 0, taken, sounds.len()));
        }
    }
}

/// Where the letters fit a name's sounds, and how many of these they use up there.
fn fitting(typed: &Typed, sounds: &[[u8; 2]]) -> impl Iterator<Item = (usize, usize)> {
    let of = |sound: &[u8; 2]| u16::from_le_bytes(*sound);
    let next = sounds.iter().skip(1).map(of).chain([SILENT]);
    let maybe = sounds.iter().map(of).zip(next).enumerate();
    maybe.filter(|(_, (this, next))| typed.may_fit(*this, *next)).filter_map(move |(from, _)| {
        let rest = sounds.get(from..).unwrap_or_default();
        Some((from, typed.fits(rest.iter().map(of))?))
    })
}

#[cfg(test)]
mod tests {
    use super::element_at;

    #[test]
    fn the_element_of_a_place_is_found_from_any_before_it() {
        let ends: Vec<[u8; 4]> = [3_u32, 3, 4, 9, 20, 21, 22, 30].map(u32::to_le_bytes).to_vec();
        let plain = |place: usize| ends.iter().position(|end| u32::from_le_bytes(*end) as usize > place);
        for place in 0..30 {
            let element = plain(place).unwrap();
            for from in 0..=element {
                assert_eq!(element_at(&ends, from, place), element, "{place} from {from}");
            }
        }
        assert_eq!(element_at(&ends, 0, 99), ends.len());
    }
}
