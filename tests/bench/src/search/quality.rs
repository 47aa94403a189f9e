//! What engines find, and what they miss.

use citizen_api::catalogue::PublicService;

use super::engine::Engine;
use super::kept::Query;
use crate::Outcome;

/// How many pieces of texts are looked for.
const PIECES: usize = 400;

/// For each engine, the share of queries with a meant service among the first three.
pub fn first_three(engines: &[&dyn Engine; 4], queries: &[&Query]) -> Outcome<[f64; 4]> {
    let mut scores = [0.0; 4];
    for (engine, score) in engines.iter().zip(&mut scores) {
        let mut answered = 0;
        for query in queries {
            let found = engine.find(&query.typed, super::LIMIT)?;
            answered += usize::from(found.iter().take(3).any(|found| query.meant.contains(found)));
        }
        *score = answered as f64 / queries.len() as f64;
    }
    Ok(scores)
}

/// For each engine, how many pieces of a hundred do not lead back to the service that they were cut from.
pub fn misses(engines: &[&dyn Engine; 4], services: &[PublicService]) -> Outcome<[f64; 4]> {
    let mut missed = [0_usize; 4];
    for number in 0..PIECES {
        let service = &services[number * 7_919 % services.len()];
        let texts = [&service.title.zh, &service.title.en, &service.summary.zh, &service.summary.en];
        let piece = piece(texts[number % 4], number);
        for (engine, missed) in engines.iter().zip(&mut missed) {
            let found = engine.find(&piece, services.len())?;
            *missed += usize::from(!found.iter().any(|found| found == service.service_id.as_str()));
        }
    }
    Ok(missed.map(|missed| missed as f64 * 100.0 / PIECES as f64))
}

/// A piece out of the middle of a word, as somebody types it half-way.
fn piece(text: &str, number: usize) -> String {
    let words: Vec<&str> =
        text.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let word: Vec<char> = words[number * 31 % words.len()].chars().collect();
    let length = (1 + number % 5).min(word.len());
    let from = number * 17 % (word.len() - length + 1);
    word[from..from + length].iter().collect()
}
