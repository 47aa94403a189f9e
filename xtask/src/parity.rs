//! Compares the two shells: the same screens, states, texts, tokens and icons, or a reason why not. Reads their
//! sources as text, so that it needs neither of their tool chains.

mod android;
mod ios;
mod text;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use crate::output::say;
use crate::workshop::{Failure, Outcome, Workshop};

/// Differences that are meant, one a line: the line that names it, and `: reason`.
const MEANT: &str = "ios/differences.txt";

/// What one shell has, by subject (`screens`, `texts in English`, …): names, and what stands behind each.
type Shell = BTreeMap<String, BTreeMap<String, String>>;

/// Names every difference that is not meant, and every reason that nothing needs any longer.
pub(crate) fn check(workshop: &Workshop) -> Outcome {
    let android = android::read_shell(&workshop.root)?;
    let ios = ios::read_shell(&workshop.root, &android)?;
    let meant = fs::read_to_string(workshop.root.join(MEANT)).map_err(Failure::while_doing(MEANT))?;
    // The first line and the empty ones say what the file is.
    let meant: BTreeSet<&str> =
        meant.lines().skip(2).filter_map(|line| line.rsplit_once(": ")).map(|(what, _)| what).collect();
    let found = differences(&android, &ios);
    let missed: Vec<&String> = found.iter().filter(|line| !meant.contains(line.as_str())).collect();
    let stale: Vec<&&str> = meant.iter().filter(|what| !found.iter().any(|line| line == **what)).collect();
    missed.iter().for_each(|line| say(line));
    stale.iter().for_each(|what| say(&format!("{MEANT}: this is no difference any longer: {what}")));
    if missed.is_empty() && stale.is_empty() {
        let count: usize = ios.values().map(BTreeMap::len).sum();
        say(&format!("the two shells agree in {count} things, and differ in {} that are meant", meant.len()));
        return Ok(());
    }
    Err(Failure(format!(
        "the two shells differ in {} places; mend them, or say why in {MEANT}",
        missed.len() + stale.len()
    )))
}

/// A line for each name that one shell lacks or that has something else behind it.
fn differences(android: &Shell, ios: &Shell) -> Vec<String> {
    let subjects: BTreeSet<&String> = android.keys().chain(ios.keys()).collect();
    let nothing = BTreeMap::new();
    let mut found = Vec::new();
    for subject in subjects {
        let (one, other) = (android.get(subject).unwrap_or(&nothing), ios.get(subject).unwrap_or(&nothing));
        for name in one.keys().chain(other.keys()).collect::<BTreeSet<_>>() {
            match (one.get(name), other.get(name)) {
                (Some(a), Some(b)) if a == b => {}
                (Some(a), Some(b)) => {
                    found.push(format!("{subject}: {name} is {a} on Android and {b} on iOS"))
                }
                (Some(_), None) => found.push(format!("{subject}: {name} is on Android alone")),
                (None, _) => found.push(format!("{subject}: {name} is on iOS alone")),
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Shell, differences};

    fn shell(texts: &[(&str, &str)]) -> Shell {
        let texts = texts.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        BTreeMap::from([("texts".to_owned(), texts)])
    }

    #[test]
    fn what_one_lacks_or_says_otherwise_is_named() {
        let android = shell(&[("a", "1"), ("b", "2"), ("c", "3")]);
        let ios = shell(&[("a", "1"), ("b", "4"), ("d", "5")]);
        let found = differences(&android, &ios);
        let said = [
            "texts: b is 2 on Android and 4 on iOS",
            "texts: c is on Android alone",
            "texts: d is on iOS alone",
        ];
        assert_eq!(found, said);
        assert!(differences(&android, &android).is_empty());
    }
}
