//! Grows the hand-written catalogue to any size, to see how phones and city bear it.
//!
//! What is grown is made up of lists of words (`words.txt`): things, what is done about them, for whom and where.
//! The same count and seed give the same catalogue, a larger count one that begins with the smaller, and every
//! document is judged like one that was written by hand. Until each thing has been combined with everything, no
//! place is named, as in a city that has only one office for it.

mod document;
mod words;

use citizen_api::catalogue::PublicService;

use self::document::Combination;
use self::words::Words;
use super::documents::{self, DocumentError};
use crate::seed::chance::Chance;

/// How far a catalogue is grown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Growth {
    /// How many services there are to be, with those that were written by hand.
    pub services: usize,
    /// What the others are chosen by.
    pub seed: u64,
}

/// Steps through all combinations in an order that mixes them. Each has no factor in common with any count of
/// combinations that the lists come to, so that none comes twice.
const STEPS: [usize; 5] = [7_919, 6_007, 8_191, 4_999, 9_973];

/// The hand-written services, and so many more; fewer where the words do not suffice.
pub fn grown(
    growth: Growth,
) -> Result<impl Iterator<Item = Result<PublicService, DocumentError>>, DocumentError> {
    let written = documents::embedded()?;
    let words = Words::built_in();
    let mut chance = Chance::from_seed(growth.seed);
    let round = words.combinations();
    let step = chance.pick(&STEPS);
    let begin = usize::try_from(chance.between(0, i64::try_from(round).unwrap_or(1))).unwrap_or_default();
    let all = round.saturating_mul(words.places.len() + 1);
    let more = growth.services.saturating_sub(written.len()).min(all);
    let generated = (0..more).map(move |number| {
        let mixed = (number % round).wrapping_mul(step).wrapping_add(begin) % round;
        let combination = Combination::of(&words, mixed, number / round);
        let seed = growth.seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ number as u64;
        let (name, text) = document::write(&words, &combination, &mut Chance::from_seed(seed));
        documents::read(&name, &text)
    });
    Ok(written.into_iter().take(growth.services).map(Ok).chain(generated))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use citizen_api::catalogue::PublicService;

    use super::words::Words;
    use super::{Growth, STEPS, grown};

    fn all(services: usize, seed: u64) -> Vec<PublicService> {
        grown(Growth { services, seed }).unwrap().collect::<Result<_, _>>().unwrap()
    }

    #[test]
    fn a_grown_catalogue_is_sound_and_no_service_is_another() {
        let services = all(2_008, 1);
        let ids: BTreeSet<&str> = services.iter().map(|service| service.service_id.as_str()).collect();
        let titles: BTreeSet<(&str, &str)> =
            services.iter().map(|service| (service.title.zh.as_str(), service.title.en.as_str())).collect();
        assert_eq!((services.len(), ids.len(), titles.len()), (2_008, 2_008, 2_008));
        let summaries: BTreeSet<&str> = services.iter().map(|service| service.summary.zh.as_str()).collect();
        assert!(summaries.len() > 2_000, "only {} summaries", summaries.len());
    }

    #[test]
    fn the_same_seed_gives_the_same_and_a_smaller_count_the_beginning() {
        let (small, large) = (all(150, 7), all(300, 7));
        assert_eq!(small, large[..150]);
        assert_eq!(large, all(300, 7));
        assert_ne!(large, all(300, 8));
        assert_eq!(all(3, 7).len(), 3);
    }

    #[test]
    fn the_words_suffice_for_two_hundred_thousand_and_no_step_meets_itself() {
        let words = Words::built_in();
        let round = words.combinations();
        assert!(round * (words.places.len() + 1) >= 200_000, "{round} combinations");
        for step in STEPS {
            let met: BTreeSet<usize> = (0..round).map(|number| number * step % round).collect();
            assert_eq!(met.len(), round, "{step}");
        }
    }
}
