//! Finding the service that a person means, in packed text: for at the size of a city's catalogue nothing is faster
//! than reading little of it.
//!
//! What is typed is cut into words, also where letters and Chinese characters meet, and each word has to be
//! found in a service, in whatever order. The word that fewest services are called by leads, and where they
//! are few, only these are looked at for the others. Only where hardly anything holds them all, services whose names are
//! near to what was typed follow.

use citizen_api::Language;

use super::fold::{fold, telling, words};
use super::near;
use super::packed::{Packed, Position};
use super::scan::{self, Hit};
use super::sought::Sought;
use super::word::Word;

/// Fewer than so many services that hold every word leave room for those that only come near.
const FEW: usize = 1;
/// Where no more than one service in so many can still be meant, the titles of each are looked at by themselves.
const FEW_NAMED: usize = 6;
/// The same of their sentences, which are longer.
const FEW_TOLD: usize = 24;

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
    let typed = telling(words(&folded));
    let sought = rarest_first(packed, &typed);
    let Some((lead, others)) = sought.split_first() else {
        let all = (0..packed.services).map(|service| Match::near(service, 0)).collect();
        return best(packed, all, language, limit);
    };
    let found = match sought.iter().all(Sought::can_be_found) {
        true => with_all_words(packed, lead, others, limit),
        false => Vec::new(),
    };
    let mut found = best(packed, found, language, limit);
    if found.len() < FEW.min(limit) {
        let near = best(packed, near::near(packed, &typed, &sought), language, limit);
        let further: Vec<Position> = near.into_iter().filter(|service| !found.contains(service)).collect();
        found.extend(further);
        found.truncate(limit);
    }
    found
}

/// The services that hold every word: in names alone, where there are as many as are wanted.
fn with_all_words(packed: &Packed, lead: &Sought<'_>, others: &[Sought<'_>], limit: usize) -> Vec<Match> {
    let names = named(packed, lead);
    let all_named = with_all(packed, matches(&names, None), others, false);
    if all_named.len() >= limit {
        return all_named;
    }
    let told = told(packed, lead);
    with_all(packed, matches(&names, Some(&told)), others, true)
}

/// Each word once. First comes the one that few services are called by, as far as a part of the names can tell, for
/// all of it is read for that word.
fn rarest_first<'a>(packed: &'a Packed, typed: &[String]) -> Vec<Sought<'a>> {
    let mut distinct: Vec<&String> = typed.iter().collect();
    distinct.sort_unstable();
    distinct.dedup();
    let mut words: Vec<Word> = distinct.into_iter().map(|word| Word::new(packed, word.clone())).collect();
    if words.len() > 1 {
        words.sort_by_cached_key(|word| (scan::about(packed, word), std::cmp::Reverse(word.text().len())));
    }
    words.into_iter().map(|word| Sought::new(packed, word)).collect()
}

/// What each service is worth for a word, by the phrases that hold it.
pub(super) fn spread(packed: &Packed, hits: &[Hit], with: impl Fn(u16, u16) -> u16) -> Vec<u16> {
    let mut held = vec![0; packed.services as usize];
    for (phrase, worth) in hits {
        for service in packed.posts(*phrase) {
            held.get_mut(service as usize).into_iter().for_each(|held| *held = with(*held, *worth));
        }
    }
    held
}

/// By names: the best of them, and a little for each further one.
fn named(packed: &Packed, sought: &Sought<'_>) -> Vec<u16> {
    spread(packed, sought.names(), add)
}

/// By sentences: the best of them.
fn told(packed: &Packed, sought: &Sought<'_>) -> Vec<u16> {
    spread(packed, &scan::sentences(packed, &sought.word), u16::max)
}

fn of(held: &[u16], service: Position) -> u16 {
    held.get(service as usize).copied().unwrap_or_default()
}

/// The services that have such names, or are told of so.
fn matches(names: &[u16], told: Option<&[u16]>) -> Vec<Match> {
    let held = (0..).zip(names).map(|(service, name)| {
        let told = told.map_or(0, |told| of(told, service));
        let worth = if *name == 0 { u32::from(told) } else { total(*name) };
        Match { service, is_named: *name != 0, worth }
    });
    held.filter(|found| found.worth != 0).collect()
}

/// The best worth in the upper bits, how many names there were in the lower three.
pub(super) fn add(held: u16, worth: u16) -> u16 {
    worth.max(held >> 3) << 3 | (held + 1).min(held | 7) & 7
}

fn total(held: u16) -> u32 {
    if held == 0 { 0 } else { u32::from(held >> 3) + 2 * u32::from(held & 7) }
}

/// Those of the services that hold every further word too, in names or, where it may be, in sentences.
fn with_all(packed: &Packed, mut matches: Vec<Match>, others: &[Sought<'_>], is_told: bool) -> Vec<Match> {
    for sought in others {
        let (candidates, all) = (matches.len(), packed.services as usize);
        let names = (candidates * FEW_NAMED > all).then(|| named(packed, sought));
        let sentences = (is_told && candidates * FEW_TOLD > all).then(|| told(packed, sought));
        matches.retain_mut(|found| {
            let service = found.service;
            let name = total(
                names.as_ref().map_or_else(|| sought.named(service, candidates), |names| of(names, service)),
            );
            let told = match &sentences {
                _ if name != 0 || !is_told => 0,
                Some(sentences) => of(sentences, service),
                None => sought.told(service),
            };
            found.is_named &= name != 0;
            found.worth += if name == 0 { u32::from(told) } else { name };
            name != 0 || told != 0
        });
    }
    matches
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
