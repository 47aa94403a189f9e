//! What the iOS app has.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::Shell;
use super::text::{between, files, read, snake, word};
use crate::workshop::Outcome;

const SOURCES: &str = "ios/CitizenKit/Sources/CitizenKit";

pub(super) fn read_shell(root: &Path, android: &Shell) -> Outcome<Shell> {
    let screens = files(root, &format!("{SOURCES}/Screens"), ".swift")?;
    let look = read(root, &format!("{SOURCES}/Design/Look.swift"))?;
    let all: String = screens.values().map(String::as_str).collect();
    let mut shell = Shell::new();
    shell.insert("screens".to_owned(), routes(&all));
    shell.insert("states".to_owned(), states(&all));
    for (subject, language) in [("texts in Chinese", "zh-Hans"), ("texts in English", "en")] {
        let table = format!("{SOURCES}/Resources/{language}.lproj/Localizable.strings");
        shell.insert(subject.to_owned(), texts(&read(root, &table)?));
    }
    let keys = cases(&read(root, &format!("{SOURCES}/Words/Key.swift"))?);
    for (name, text) in &screens {
        let subject = format!("texts of {name}");
        let there = android.get(&subject).map(|texts| texts.keys().cloned().collect()).unwrap_or_default();
        shell.insert(subject, used(text, &keys, &there));
    }
    let icons = cases(look.split_once("enum Icon").map_or("", |(_, rest)| rest));
    shell.insert("icons".to_owned(), icons.into_iter().map(|icon| (icon, String::new())).collect());
    shell.insert("colours".to_owned(), colours(&look));
    shell.insert("sizes of type".to_owned(), sizes(&look));
    Ok(shell)
}

/// `case "case": CaseScreen(at, id)`
fn routes(text: &str) -> BTreeMap<String, String> {
    let lines = text.lines().filter_map(|line| line.trim().strip_prefix("case \"")?.split_once("\": "));
    let made = lines.filter(|(_, made)| word(made).ends_with("Screen"));
    made.map(|(route, made)| (route.to_owned(), word(made).to_owned())).collect()
}

/// `final class HomeScreen: Screen {` and the names in its `struct State`.
fn states(text: &str) -> BTreeMap<String, String> {
    let screens = text.split("\nfinal class ").skip(1).filter(|class| word(class).ends_with("Screen"));
    let state = |class: &str| {
        let own = class.split_once("struct State: Sendable {").and_then(|(_, rest)| rest.split_once('}'));
        own.map(|(fields, _)| {
            between(fields, "let ", ":").map(|name| name.trim_matches('`')).collect::<Vec<_>>().join(", ")
        })
    };
    screens.map(|class| (word(class).to_owned(), state(class).unwrap_or_default())).collect()
}

/// `"name" = "text";`
fn texts(table: &str) -> BTreeMap<String, String> {
    let lines =
        table.lines().filter_map(|line| line.strip_prefix('"')?.strip_suffix("\";")?.split_once("\" = \""));
    let plain = |text: &str| text.replace("\\n", "\n").replace("\\\"", "\"").replace("\\\\", "\\");
    lines.map(|(name, text)| (name.to_owned(), plain(text))).collect()
}

/// The names of an enumeration's cases.
fn cases(text: &str) -> BTreeSet<String> {
    let lines = text.lines().filter_map(|line| line.trim().strip_prefix("case "));
    let names = lines.flat_map(|line| line.split(", "));
    names.map(|name| word(name.trim().trim_matches('`')).to_owned()).collect()
}

/// The texts that a screen names: in `text(.name`, or as `.name` anywhere where Android's has it too. The latter may
/// also be the name of something else, so that it is taken for a text only there.
fn used(text: &str, keys: &BTreeSet<String>, there: &BTreeSet<String>) -> BTreeMap<String, String> {
    let sure = ["text(.", "count(."].into_iter().flat_map(|mark| text.split(mark).skip(1).map(word));
    let sure = sure.filter(|word| keys.contains(*word)).map(snake);
    let likely = text.split('.').skip(1).map(word).filter(|word| keys.contains(*word)).map(snake);
    let likely = likely.filter(|name| there.contains(name));
    sure.chain(likely).map(|name| (name, String::new())).collect()
}

/// `case .bg: 0xF6F7F9`, by day and by night.
fn colours(look: &str) -> BTreeMap<String, String> {
    let part = |name: &str| look.split_once(name).map_or("", |(_, rest)| rest);
    let read = |text: &str| -> BTreeMap<String, String> {
        let block = text.split_once("\n    }\n").map_or(text, |(block, _)| block);
        let rows = block.lines().filter_map(|line| line.trim().strip_prefix("case .")?.split_once(": 0x"));
        rows.map(|(name, value)| (snake(name), value.to_owned())).collect()
    };
    let dark = read(part("var night: UInt32"));
    let both = |(name, light): (String, String)| {
        let dark = dark.get(&name).unwrap_or(&light).clone();
        (name, format!("{light} by day and {dark} by night"))
    };
    read(part("var day: UInt32")).into_iter().map(both).collect()
}

/// `case .body: 16`, usual and elder.
fn sizes(look: &str) -> BTreeMap<String, String> {
    let sizes = look.split_once("enum TypeSize").map_or("", |(_, rest)| rest);
    let read = |name: &str| -> BTreeMap<String, String> {
        let block = between(sizes, name, "\n    }\n").next().unwrap_or_default();
        let rows = block.lines().filter_map(|line| line.trim().strip_prefix("case .")?.split_once(": "));
        rows.map(|(name, size)| (name.to_owned(), size.to_owned())).collect()
    };
    let elder = read("var elder: Double");
    let both = |(name, usual): (String, String)| {
        let elder = elder.get(&name).cloned().unwrap_or_default();
        (name, format!("{usual} and {elder}"))
    };
    read("var usual: Double").into_iter().map(both).collect()
}
