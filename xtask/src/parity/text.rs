//! Reading sources as text.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::workshop::{Failure, Outcome};

/// A file's text.
pub(super) fn read(root: &Path, path: &str) -> Outcome<String> {
    fs::read_to_string(root.join(path)).map_err(Failure::while_doing(path))
}

/// The files of a folder that end so, by their names without the end.
pub(super) fn files(root: &Path, folder: &str, end: &str) -> Outcome<BTreeMap<String, String>> {
    let entries = fs::read_dir(root.join(folder)).map_err(Failure::while_doing(folder))?;
    let mut found = BTreeMap::new();
    for entry in entries {
        let name = entry.map_err(Failure::while_doing(folder))?.file_name().to_string_lossy().into_owned();
        if let Some(stem) = name.strip_suffix(end) {
            found.insert(stem.to_owned(), read(root, &format!("{folder}/{name}"))?);
        }
    }
    Ok(found)
}

/// What stands between each `start` and the next `end`.
pub(super) fn between<'a>(text: &'a str, start: &'a str, end: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(start).skip(1).filter_map(move |rest| rest.split_once(end)).map(|(inside, _)| inside)
}

/// The name that a text begins with.
pub(super) fn word(text: &str) -> &str {
    let end = text.find(|letter: char| !letter.is_alphanumeric() && letter != '_');
    end.and_then(|end| text.get(..end)).unwrap_or(text)
}

/// `someName` as `some_name`.
pub(super) fn snake(name: &str) -> String {
    name.chars().fold(String::new(), |mut made, letter| {
        if letter.is_uppercase() {
            made.push('_');
        }
        made.extend(letter.to_lowercase());
        made
    })
}

#[cfg(test)]
mod tests {
    use super::{between, snake, word};

    #[test]
    fn names_are_found_and_written_alike() {
        assert_eq!(between("R.a b R.c,", "R.", "x").count(), 0);
        assert_eq!(between("<a>1</a><a>2</a>", "<a>", "</a>").collect::<Vec<_>>(), ["1", "2"]);
        assert_eq!((word("ic_card)"), snake("onCardFront").as_str()), ("ic_card", "on_card_front"));
    }
}
