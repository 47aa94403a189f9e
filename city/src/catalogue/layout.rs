//! Where things stand in the text of a document: the line of each place, keys that are there twice, and how deep it is
//! nested.
//!
//! `serde_json` keeps the last of two equal keys and no line, so a first key would be in the document for every reader
//! and in force for nobody, and an author would be told a place without its line. The scan reads any text without
//! recursion; whether it is JSON at all is `serde_json`'s to say.

use std::collections::{BTreeMap, BTreeSet};

/// How deep a document may be nested. The deepest rule that is evaluated stands far above it.
pub(super) const MAX_DEPTH: usize = 32;

/// What a scan found.
#[derive(Debug, Default)]
pub(super) struct Layout {
    lines: BTreeMap<String, u32>,
    /// Keys that an object has had before, with the line of the second.
    pub(super) twice: Vec<(String, u32)>,
    /// The line in which the nesting goes beyond [`MAX_DEPTH`]; nothing after it was looked at.
    pub(super) too_deep: Option<u32>,
}

impl Layout {
    /// The line of a place; of the nearest place around it where it is not there.
    pub(super) fn line(&self, pointer: &str) -> u32 {
        let mut place = pointer;
        loop {
            if let Some(line) = self.lines.get(place) {
                return *line;
            }
            match place.rsplit_once('/') {
                Some((around, _)) => place = around,
                None => return 1,
            }
        }
    }
}

/// Something that is open while the scan is inside it.
enum Open {
    Object { keys: BTreeSet<String>, expects_key: bool },
    Array { index: usize },
}

/// Looks through a text.
pub(super) fn scan(text: &str) -> Layout {
    let mut scan = Scan { layout: Layout::default(), open: Vec::new(), place: Vec::new(), line: 1 };
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        let taken = match character {
            '"' => scan.string(rest),
            _ => scan.sign(character),
        };
        if scan.layout.too_deep.is_some() {
            break;
        }
        rest = rest.get(taken..).unwrap_or_default();
    }
    scan.layout
}

struct Scan {
    layout: Layout,
    open: Vec<Open>,
    /// The names from the document to where the scan is: one for each thing that is open.
    place: Vec<String>,
    line: u32,
}

impl Scan {
    /// Takes one sign; gives its length.
    fn sign(&mut self, character: char) -> usize {
        match character {
            '\n' => self.line = self.line.saturating_add(1),
            '{' => self.enter(Open::Object { keys: BTreeSet::new(), expects_key: true }),
            '[' => self.enter(Open::Array { index: 0 }),
            '}' | ']' => {
                self.open.pop();
                self.place.pop();
            }
            ',' => match self.open.last_mut() {
                Some(Open::Object { expects_key, .. }) => *expects_key = true,
                Some(Open::Array { index }) => {
                    *index = index.saturating_add(1);
                    let name = index.to_string();
                    self.name(name);
                }
                None => {}
            },
            character if character.is_alphanumeric() || character == '-' => self.note(),
            _ => {}
        }
        character.len_utf8()
    }

    fn enter(&mut self, open: Open) {
        self.note();
        if self.open.len() >= MAX_DEPTH {
            self.layout.too_deep = Some(self.line);
            return;
        }
        self.place.push(match open {
            Open::Array { .. } => "0".to_owned(),
            Open::Object { .. } => String::new(),
        });
        self.open.push(open);
    }

    /// Takes a string; gives its length. In front of a colon it is a key.
    fn string(&mut self, rest: &str) -> usize {
        let length = string_length(rest);
        let written = rest.get(..length).unwrap_or(rest);
        match self.open.last_mut() {
            Some(Open::Object { keys, expects_key }) if *expects_key => {
                *expects_key = false;
                let key = serde_json::from_str::<String>(written).unwrap_or_default();
                let is_new = keys.insert(key.clone());
                self.name(key.replace('~', "~0").replace('/', "~1"));
                self.note();
                if !is_new {
                    self.layout.twice.push((self.pointer(), self.line));
                }
            }
            _ => self.note(),
        }
        length.max(1)
    }

    fn name(&mut self, name: String) {
        if let Some(last) = self.place.last_mut() {
            *last = name;
        }
    }

    /// Notes that the present place stands in this line, where that is not known yet.
    fn note(&mut self) {
        let pointer = self.pointer();
        self.layout.lines.entry(pointer).or_insert(self.line);
    }

    fn pointer(&self) -> String {
        self.place.iter().fold(String::new(), |pointer, name| pointer + "/" + name)
    }
}

/// How long the string is that a text begins with, its quotes counted.
fn string_length(rest: &str) -> usize {
    let mut escaped = false;
    for (at, character) in rest.char_indices().skip(1) {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::{MAX_DEPTH, scan};

    #[test]
    fn each_place_has_the_line_that_it_stands_in() {
        let layout = scan("{\n \"a\": [\n  1,\n  {\"b/c\": \"}\\\"\\n{\"}\n ],\n \"d\": true\n}");
        for (pointer, line) in [
            ("", 1),
            ("/a", 2),
            ("/a/0", 3),
            ("/a/1", 4),
            ("/a/1/b~1c", 4),
            ("/d", 6),
            ("/a/1/missing/deeper", 4),
            ("/nowhere", 1),
        ] {
            assert_eq!(layout.line(pointer), line, "{pointer}");
        }
        assert_eq!((layout.twice.len(), layout.too_deep), (0, None));
    }

    #[test]
    fn a_key_that_is_there_twice_is_found_at_any_depth_and_however_it_is_written() {
        let layout = scan("{\"a\": 1,\n\"x\": [{\"b\": {},\n\"b\": null}],\n\"\\u0061\": 2}");
        assert_eq!(layout.twice, [("/x/0/b".to_owned(), 3), ("/a".to_owned(), 4)]);
    }

    #[test]
    fn any_text_is_looked_through() {
        for text in ["", "\"", "\"\\", "}}]]", ",,,", "{\"a\" \"b\" 1", "\u{1f600}\u{0}", "[[\"\u{ff11}"] {
            assert!(scan(text).too_deep.is_none(), "{text}");
        }
        let deep = "[".repeat(1_000_000);
        assert_eq!(scan(&deep).too_deep, Some(1));
        assert_eq!(scan(&"[".repeat(MAX_DEPTH)).too_deep, None);
    }
}
