//! The lists of words that services are made up from.

use std::collections::BTreeMap;

/// Something in both languages, and what people say instead.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) zh: &'static str,
    pub(super) en: &'static str,
    pub(super) called: &'static str,
}

/// What belongs together: the office, what is done, and for whom.
#[derive(Debug, Default)]
pub(super) struct Kind {
    pub(super) office: Said,
    pub(super) acts: Vec<Said>,
    pub(super) groups: Vec<Said>,
}

/// All lists.
#[derive(Debug, Default)]
pub(super) struct Words {
    pub(super) kinds: BTreeMap<&'static str, Kind>,
    /// What services are about, with its kind.
    pub(super) things: Vec<(&'static str, Said)>,
    pub(super) places: Vec<Said>,
    pub(super) openings: Vec<Said>,
    pub(super) details: Vec<Said>,
    pub(super) closings: Vec<Said>,
}

impl Words {
    /// The lists that are built in.
    pub(super) fn built_in() -> Self {
        let mut words = Self::default();
        for line in include_str!("words.txt").lines().filter(|line| !line.starts_with('#')) {
            let mut columns = line.split('\t');
            let mut next = || columns.next().unwrap_or_default();
            match next() {
                list @ ("office" | "act" | "group" | "thing") => {
                    let (kind, said) = (next(), Said { zh: next(), en: next(), called: next() });
                    let of_kind = words.kinds.entry(kind).or_default();
                    match list {
                        "office" => of_kind.office = said,
                        "act" => of_kind.acts.push(said),
                        "group" => of_kind.groups.push(said),
                        _ => words.things.push((kind, said)),
                    }
                }
                list => {
                    let said = Said { zh: next(), en: next(), called: "" };
                    match list {
                        "opening" => words.openings.push(said),
                        "detail" => words.details.push(said),
                        "closing" => words.closings.push(said),
                        _ => words.places.push(said),
                    }
                }
            }
        }
        words
    }

    /// How many combinations there are without a place. Every kind has as many acts and groups as the others.
    pub(super) fn combinations(&self) -> usize {
        let (acts, groups) = self.widths();
        (self.things.len() * acts * groups).max(1)
    }

    /// How many acts, and how many groups, every kind has.
    pub(super) fn widths(&self) -> (usize, usize) {
        let least =
            |width: fn(&Kind) -> usize| self.kinds.values().map(width).min().unwrap_or_default().max(1);
        (least(|kind| kind.acts.len()), least(|kind| kind.groups.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::Words;

    #[test]
    fn every_kind_has_its_words() {
        let words = Words::built_in();
        for (name, kind) in &words.kinds {
            assert!(!kind.office.zh.is_empty() && !kind.office.en.is_empty(), "{name}");
            assert_eq!((kind.acts.len(), kind.groups.len()), (8, 8), "{name}");
        }
        assert!(words.things.iter().all(|(_, thing)| ![thing.zh, thing.en, thing.called].contains(&"")));
    }
}
