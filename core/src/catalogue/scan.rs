//! Looks for one word in the packed phrases, and says how well each phrase holds it.

use std::ops::Range;

use super::fold::is_of_word;
use super::packed::{Numbers, Packed, Phrase, note_read};
use super::pinyin::Typed;
use super::word::{Among, Word};

/// What a sentence that holds a word is worth, one more where a word of it begins so: less than any name.
const TOLD: u16 = 8;

/// A phrase that holds a word, and what that is worth.
pub(super) type Hit = (Phrase, u16);

/// The names that hold the word, in their order, each once with the best that is found in it.
pub(super) fn names(packed: &Packed, word: &Word) -> Vec<Hit> {
    let (written, spelled) = (written_names(packed, word), spelled_names(packed, word));
    if spelled.is_empty() {
        return written;
    }
    let mut hits = [written, spelled].concat();
    hits.sort_unstable_by_key(|(name, worth)| (*name, std::cmp::Reverse(*worth)));
    hits.dedup_by_key(|(name, _)| *name);
    hits
}

fn written_names(packed: &Packed, word: &Word) -> Vec<Hit> {
    match word.written() {
        Among::None => Vec::new(),
        Among::Some(among) => {
            let hits = among.iter().map(|name| (name, written_in(packed, word, name)));
            hits.filter(|(_, worth)| *worth != 0).collect()
        }
        Among::All => find(packed, 0..packed.names, word),
    }
}

fn spelled_names(packed: &Packed, word: &Word) -> Vec<Hit> {
    let Some((typed, among)) = word.spelled() else { return Vec::new() };
    let hits = among.iter().map(|name| (name, spelled_in(packed, typed, name)));
    hits.filter(|(_, worth)| *worth != 0).collect()
}

/// In about how many names a word is. It is looked for in an eighth of them, taken from all over them, where it is
/// not known which can have it.
pub(super) fn about(packed: &Packed, word: &Word) -> usize {
    const SAMPLES: usize = 16;
    const SHARE: usize = 8;
    let spelled = word.spelled().map_or(0, |(_, among)| among.count());
    let written = match word.written() {
        Among::None => 0,
        Among::Some(among) => among.count(),
        Among::All => {
            let (text, _) = packed.text(0..packed.names);
            let (step, length) = (text.len() / SAMPLES, text.len() / SAMPLES / SHARE + word.text().len());
            note_read(SAMPLES * length);
            let samples = (0..SAMPLES).filter_map(|sample| text.get(sample * step..)?.get(..length));
            SHARE * samples.map(|sample| word.finder().find_iter(sample).count()).sum::<usize>()
        }
    };
    written + spelled
}

/// The sentences that hold the word, in their order, each once.
pub(super) fn sentences(packed: &Packed, word: &Word) -> Vec<Hit> {
    if !packed.sentence_grams().may_hold(word.text()) {
        return Vec::new();
    }
    find(packed, packed.names..packed.phrases, word)
}

/// What each keyword is worth for the word as it is written.
pub(super) fn keywords(packed: &Packed, word: &Word) -> Vec<u16> {
    let mut worth = vec![0; (packed.names - packed.titles) as usize];
    for (name, held) in find(packed, packed.titles..packed.names, word) {
        worth.get_mut((name - packed.titles) as usize).into_iter().for_each(|worth| *worth = held);
    }
    worth
}

/// What one name is worth for the word as it is written; 0 where it does not hold it.
pub(super) fn written_in(packed: &Packed, word: &Word, phrase: Phrase) -> u16 {
    let text = packed.phrase(phrase);
    best_of(word, text, |at| written(text, at, word, phrase < packed.titles))
}

/// The best of the places where a text holds the word. One where a word begins is good enough.
fn best_of(word: &Word, text: &[u8], worth: impl Fn(usize) -> (u16, bool)) -> u16 {
    let (mut best, mut from) = (0, 0);
    while let Some(at) = text.get(from..).and_then(|rest| word.finder().find(rest)) {
        let (worth, starts) = worth(from + at);
        best = worth.max(best);
        if starts {
            break;
        }
        from += at + word.text().len();
    }
    best
}

/// What one name is worth for the word as pinyin; 0 where it does not hold it.
pub(super) fn spelled_in(packed: &Packed, typed: &Typed, name: Phrase) -> u16 {
    /// How many bytes a character takes that has a sound.
    const WIDE: usize = 3;
    let text = packed.phrase(name);
    let Some((from, taken)) = typed.fit(text) else { return 0 };
    let share = share(taken * WIDE, text.len());
    let worth = match (from, taken * WIDE == text.len()) {
        (0, true) => 96,
        (0, false) => 60 + share,
        _ => 54 + share,
    };
    if name < packed.titles { worth } else { worth - 8 }
}

/// What one sentence is worth for the word; 0 where it does not hold it.
pub(super) fn sentence(packed: &Packed, word: &Word, phrase: Phrase) -> u16 {
    let text = packed.phrase(phrase);
    best_of(word, text, |at| told(text, at, word))
}

/// Those of the phrases that hold the word as it is written, in their order, each with the best of its places.
fn find(packed: &Packed, phrases: Range<Phrase>, word: &Word) -> Vec<Hit> {
    let (text, begins_at) = packed.text(phrases.clone());
    note_read(text.len());
    let ends = packed.text_ends();
    let end_of = |phrase: usize| ends.get(phrase).unwrap_or_default() as usize;
    let mut hits: Vec<Hit> = Vec::new();
    let (mut phrase, mut begin, mut end, mut is_done) = (phrases.start as usize, 0, 0, false);
    for from in word.finder().find_iter(text) {
        if from >= end {
            phrase = element_at(ends, phrase, begins_at + from);
            begin = phrase.checked_sub(1).map_or(0, end_of).saturating_sub(begins_at);
            end = end_of(phrase).saturating_sub(begins_at);
            is_done = false;
        }
        if is_done {
            continue;
        }
        let Some(held) = text.get(begin..end.saturating_sub(1)) else { return hits };
        let Ok(at) = Phrase::try_from(phrase) else { return hits };
        let (worth, starts) = if at < packed.names {
            written(held, from - begin, word, at < packed.titles)
        } else {
            told(held, from - begin, word)
        };
        is_done = starts;
        match hits.last_mut().filter(|(last, _)| *last == at) {
            Some((_, best)) => *best = worth.max(*best),
            None => hits.push((at, worth)),
        }
    }
    hits
}

/// Which element holds a place, by where each ends; it is this one or one that comes after it.
fn element_at(ends: Numbers<'_>, mut low: usize, place: usize) -> usize {
    let is_before = |at: usize| ends.get(at).is_some_and(|end| end as usize <= place);
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

/// Whether a word of the phrase begins where it holds the word, and whether one ends where that ends.
fn bounds(phrase: &[u8], at: usize, word: &Word) -> (bool, bool) {
    let (before, after) = phrase.split_at_checked(at).unwrap_or_default();
    let after = after.get(word.text().len()..).unwrap_or_default();
    // Letters of ASCII and others never make one word.
    if word.is_ascii() {
        let joins = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
        return (!joins(before.last()), !joins(after.first()));
    }
    let joins = |character: char| !character.is_ascii() && is_of_word(character);
    (!last(before).is_some_and(joins), !first(after).is_some_and(joins))
}

/// What it is worth that a sentence holds the word at a place, and whether a word begins there.
fn told(sentence: &[u8], at: usize, word: &Word) -> (u16, bool) {
    let (starts, _) = bounds(sentence, at, word);
    (TOLD + u16::from(starts), starts)
}

/// What it is worth that a name holds the word at a place, and whether a word begins there.
fn written(name: &[u8], at: usize, word: &Word, is_title: bool) -> (u16, bool) {
    let length = word.text().len();
    let share = share(length, name.len());
    let (starts, ends) = bounds(name, at, word);
    let worth = match (starts, ends) {
        _ if length == name.len() => 100,
        (false, _) if word.is_ascii() => 20 + share / 2,
        (true, true) => 74 + share,
        (true, false) => 66 + share,
        (false, _) => 60 + share,
    };
    (if is_title { worth } else { worth - 8 }, starts)
}

/// How much of the whole a part is, up to 20.
fn share(part: usize, whole: usize) -> u16 {
    // Both are lengths of phrases, and narrow numbers are divided faster.
    (20 * part as u32 / (whole as u32).max(1)).min(20) as u16
}

/// The last character of a text. One of three bytes is nearly always meant, and is read without a loop.
fn last(text: &[u8]) -> Option<char> {
    let from = match text.len().checked_sub(3) {
        Some(from) if text.get(from).is_some_and(|byte| byte & 0xF0 == 0xE0) => from,
        _ => text.iter().rposition(|byte| byte & 0xC0 != 0x80)?,
    };
    std::str::from_utf8(text.get(from..)?).ok()?.chars().next()
}

/// The first character of a text.
fn first(text: &[u8]) -> Option<char> {
    let length = match text.first()? {
        0xF0.. => 4,
        0xE0.. => 3,
        0xC0.. => 2,
        _ => 1,
    };
    std::str::from_utf8(text.get(..length)?).ok()?.chars().next()
}

#[cfg(test)]
mod tests {
    use super::element_at;
    use crate::catalogue::packed::Numbers;

    #[test]
    fn the_element_of_a_place_is_found_from_any_before_it() {
        let ends: Vec<u8> = [3_u32, 3, 4, 9, 20, 21, 22, 30].map(u32::to_le_bytes).concat();
        let ends = Numbers::new(&ends, 4);
        let plain = |place: usize| ends.within(0, 9).position(|end| end as usize > place);
        for place in 0..30 {
            let element = plain(place).unwrap();
            for from in 0..=element {
                assert_eq!(element_at(ends, from, place), element, "{place} from {from}");
            }
        }
        assert_eq!(element_at(ends, 0, 99), 8);
    }
}
