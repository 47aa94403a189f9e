//! Finding the service that a person means: a scan of packed text, for at the size of a city's catalogue
//! nothing is faster.
//!
//! What is typed is cut into words, also where letters and Chinese characters meet, and each word has to be
//! found in a service, in whatever order. The word that fewest services are called by leads, and where they
//! are few, only these are looked at for the others. Only where hardly anything holds them all, services whose names are
//! near to what was typed follow.

use citizen_api::Language;

use super::fold::{fold, words};
use super::near;
use super::packed::{Packed, Phrase, Position};
use super::scan;
use super::word::Word;

/// Fewer than so many services that hold every word leave room for those that only come near.
const FEW: usize = 1;
/// Where no more than one service in so many can still be meant, each is looked at by itself.
const SPARSE: usize = 6;

/// How well a service holds what was typed.
#[derive(Clone, Copy)]
pub(super) struct Match {
    pub(super) service: Position,
    /// Whether titles and keywords alone hold every word.
    is_named: bool,
    pub(super) worth: u32,
}

impl Match {
    /// A service that comes near, which is behind any that holds every word.
    pub(super) fn near(service: Position, worth: u32) -> Self {
        Self { service, is_named: false, worth }
    }
}

/// The positions of the services in which every word is found, best first and at most `limit`; all of them, by
/// title, where no word was typed. Summaries are long and say least: they are read only where titles and keywords
/// do not fill the list.
pub(super) fn search(packed: &Packed, text: &str, language: Language, limit: usize) -> Vec<Position> {
    let folded = fold(text);
    let typed = words(&folded);
    let mut distinct = typed.clone();
    distinct.sort_unstable();
    distinct.dedup();
    let mut words: Vec<Word> = distinct.into_iter().map(Word::new).collect();
    lead_with_the_rarest(packed, &mut words);
    let Some((lead, others)) = words.split_first() else {
        let all = (0..packed.services).map(|service| Match::near(service, 0)).collect();
        return best(packed, all, language, limit);
    };
    let lead_names = dense(packed, |note| scan::names(packed, lead, note));
    let named = with_all(packed, matches(&lead_names, &[]), others, false);
    if named.len() >= limit {
        return best(packed, named, language, limit);
    }
    let lead_told = dense(packed, |note| scan::sentences(packed, lead, note));
    let whole = with_all(packed, matches(&lead_names, &lead_told), others, true);
    let mut found = best(packed, whole, language, limit);
    if found.len() < FEW.min(limit) {
        let near = best(packed, near::near(packed, &typed), language, limit);
        let further: Vec<Position> = near.into_iter().filter(|service| !found.contains(service)).collect();
        found.extend(further);
        found.truncate(limit);
    }
    found
}

/// Puts first the word that few services are called by, as far as a part of the names can tell, for all of it is
/// read for that word.
fn lead_with_the_rarest(packed: &Packed, words: &mut [Word]) {
    if words.len() > 1 {
        words.sort_by_cached_key(|word| (scan::sampled(packed, word), std::cmp::Reverse(word.weight())));
    }
}

/// What each service is worth for a word: the best of its phrases, and a little for each further one.
fn dense(packed: &Packed, scan: impl FnOnce(&mut dyn FnMut(Phrase, u16))) -> Vec<u16> {
    let mut held = vec![0_u16; packed.services as usize];
    scan(&mut |phrase, worth| {
        for service in packed.posts(phrase) {
            if let Some(held) = held.get_mut(service as usize) {
                *held = add(*held, worth);
            }
        }
    });
    held
}

/// The best worth in the upper bits, how many phrases there were in the lower three.
fn add(held: u16, worth: u16) -> u16 {
    worth.max(held >> 3) << 3 | (held + 1).min(held | 7) & 7
}

fn total(held: u16) -> u32 {
    if held == 0 { 0 } else { u32::from(held >> 3) + 2 * u32::from(held & 7) }
}

fn matches(names: &[u16], told: &[u16]) -> Vec<Match> {
    let told = told.iter().copied().chain(std::iter::repeat(0));
    let held = (0..).zip(names.iter().zip(told));
    let held = held.filter(|(_, (name, told))| **name != 0 || *told != 0);
    held.map(|(service, (name, told))| {
        let is_named = *name != 0;
        Match { service, is_named, worth: total(if is_named { *name } else { told }) }
    })
    .collect()
}

/// Those of the services that hold every further word too, in names or, where it may be, in sentences.
fn with_all(packed: &Packed, mut matches: Vec<Match>, words: &[Word], told: bool) -> Vec<Match> {
    for word in words {
        if matches.len() * SPARSE <= packed.services as usize {
            matches.retain_mut(|found| look_at(packed, found, word, told));
            continue;
        }
        let names = dense(packed, |note| scan::names(packed, word, note));
        let sentences =
            if told { dense(packed, |note| scan::sentences(packed, word, note)) } else { Vec::new() };
        matches.retain_mut(|found| {
            let of = |held: &[u16]| total(held.get(found.service as usize).copied().unwrap_or_default());
            let (name, told) = (of(&names), of(&sentences));
            take(found, name, told)
        });
    }
    matches
}

fn look_at(packed: &Packed, found: &mut Match, word: &Word, told: bool) -> bool {
    let mut held = 0;
    for phrase in packed.names_of(found.service) {
        match scan::name(packed, word, phrase) {
            0 => {}
            worth => held = add(held, worth),
        }
    }
    let told = if held == 0 && told {
        packed.told_of(found.service).map(|phrase| scan::sentence(packed, word, phrase)).max()
    } else {
        None
    };
    take(found, total(held), u32::from(told.unwrap_or_default()))
}

fn take(found: &mut Match, name: u32, told: u32) -> bool {
    found.is_named &= name != 0;
    found.worth += if name == 0 { told } else { name };
    name != 0 || told != 0
}

/// The best of them, in order. Only so many are sorted as are wanted.
fn best(packed: &Packed, matches: Vec<Match>, language: Language, limit: usize) -> Vec<Position> {
    let order = |service: Position| match language {
        Language::Zh => service,
        Language::En => packed.english_order(service),
    };
    let key = |found: &Match| (!found.is_named, u32::MAX - found.worth, order(found.service), found.service);
    let mut keyed: Vec<_> = matches.iter().map(key).collect();
    if keyed.len() > limit {
        if limit == 0 {
            return Vec::new();
        }
        keyed.select_nth_unstable(limit - 1);
        keyed.truncate(limit);
    }
    keyed.sort_unstable();
    keyed.into_iter().map(|(_, _, _, service)| service).collect()
}
