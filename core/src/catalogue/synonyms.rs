//! What people say beside the words that offices use.
//!
//! `synonyms.txt` lists general ones; what people call one service belongs into its document's keywords.

use std::sync::LazyLock;

/// The table as it is built in.
pub(super) const TEXT: &str = include_str!("synonyms.txt");

static TABLE: LazyLock<Vec<(&'static str, Vec<&'static str>)>> = LazyLock::new(|| {
    let lines = TEXT.lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| line.split_once('\t'))
        .map(|(word, others)| (word, others.split(' ').collect()))
        .collect()
});

/// The most phrases that are added to one service, whatever the table says.
const MOST: usize = 24;

/// What a service is called, and what else people will say: each phrase once, with a synonym in place of a word.
pub(super) fn with_others(title: &str, mut called: Vec<String>) -> Vec<String> {
    let own = called.len();
    for (word, others) in TABLE.iter() {
        let phrases = called.iter().take(own).map(String::as_str).chain([title]);
        let said: Vec<String> = phrases
            .filter(|phrase| phrase.contains(word))
            .flat_map(|phrase| others.iter().map(|other| phrase.replace(word, other)))
            .collect();
        for phrase in said {
            if called.len() < own + MOST && !called.contains(&phrase) {
                called.push(phrase);
            }
        }
    }
    called
}

#[cfg(test)]
mod tests {
    use super::{TABLE, TEXT, with_others};

    #[test]
    fn every_line_says_something() {
        let lines = TEXT.lines().filter(|line| !line.starts_with('#')).count();
        assert_eq!(TABLE.len(), lines);
        assert!(
            TABLE
                .iter()
                .all(|(word, others)| !word.is_empty() && others.iter().all(|other| !other.is_empty()))
        );
    }

    #[test]
    fn a_synonym_stands_in_the_place_of_the_word() {
        let called = with_others("驾驶证补证", vec!["驾照丢了".to_owned()]);
        assert!(called.iter().any(|phrase| phrase == "驾照找不到了"), "{called:?}");
        assert_eq!(called.first().map(String::as_str), Some("驾照丢了"));
    }
}
