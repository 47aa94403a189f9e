//! What the Android app has.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::Shell;
use super::text::{between, files, read, word};
use crate::workshop::Outcome;

const SOURCES: &str = "android/src/main/kotlin/citizen/app";
const RESOURCES: &str = "android/src/main/res";

pub(super) fn read_shell(root: &Path) -> Outcome<Shell> {
    let screens = files(root, &format!("{SOURCES}/screens"), ".kt")?;
    let look = read(root, &format!("{SOURCES}/design/Look.kt"))?;
    let all: String = screens.values().map(String::as_str).collect();
    let mut shell = Shell::new();
    shell.insert("screens".to_owned(), routes(&all));
    shell.insert("states".to_owned(), states(&all));
    for (subject, folder) in [("texts in Chinese", "values"), ("texts in English", "values-en")] {
        shell.insert(subject.to_owned(), texts(&read(root, &format!("{RESOURCES}/{folder}/strings.xml"))?));
    }
    for (name, text) in &screens {
        shell.insert(format!("texts of {name}"), used(text, &["R.string.", "R.plurals."]));
    }
    let icons = files(root, &format!("{RESOURCES}/drawable"), ".xml")?;
    let icons =
        icons.into_keys().filter_map(|name| Some((name.strip_prefix("ic_")?.to_owned(), String::new())));
    shell.insert("icons".to_owned(), icons.collect());
    let day = read(root, &format!("{RESOURCES}/values/colors.xml"))?;
    let night = read(root, &format!("{RESOURCES}/values-night/colors.xml"))?;
    shell.insert("colours".to_owned(), colours(&day, &night));
    shell.insert("sizes of type".to_owned(), sizes(&look));
    Ok(shell)
}

/// `"case" -> CaseScreen(at, id)`
fn routes(text: &str) -> BTreeMap<String, String> {
    let lines = text.lines().filter_map(|line| line.trim().strip_prefix('"')?.split_once("\" -> "));
    let made = lines.filter(|(_, made)| word(made).ends_with("Screen"));
    made.map(|(route, made)| (route.to_owned(), word(made).to_owned())).collect()
}

/// `class HomeScreen(at: Here) : Screen<HomeScreen.State>(at) {` and the names in its `class State(val …)`.
fn states(text: &str) -> BTreeMap<String, String> {
    let screens = text.split("\nclass ").skip(1).filter(|class| word(class).ends_with("Screen"));
    let state = |class: &str| {
        let own = class.split_once("class State(").and_then(|(_, rest)| rest.split_once(")\n"));
        own.map(|(fields, _)| between(fields, "val ", ":").collect::<Vec<_>>().join(", "))
    };
    screens.map(|class| (word(class).to_owned(), state(class).unwrap_or_default())).collect()
}

/// Each text, with its places to fill as iOS writes them.
fn texts(xml: &str) -> BTreeMap<String, String> {
    let plain = |text: &str| {
        let text = text.replace("\\n", "\n").replace("\\'", "'").replace("\\\"", "\"").replace("&amp;", "&");
        let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("%d", "%1$@");
        (1..=9).fold(text, |text, place| {
            text.replace(&format!("%{place}$s"), &format!("%{place}$@"))
                .replace(&format!("%{place}$d"), &format!("%{place}$@"))
        })
    };
    let mut found = BTreeMap::new();
    for string in between(xml, "<string name=\"", "</string>") {
        if let Some((name, text)) = string.split_once("\">") {
            found.insert(name.to_owned(), plain(text));
        }
    }
    for plural in between(xml, "<plurals name=\"", "</plurals>") {
        for item in between(plural, "<item quantity=\"", "</item>") {
            if let Some((quantity, text)) = item.split_once("\">") {
                found.insert(format!("{}.{quantity}", word(plural)), plain(text));
            }
        }
    }
    found
}

fn used(text: &str, marks: &[&str]) -> BTreeMap<String, String> {
    let names: BTreeSet<&str> = marks.iter().flat_map(|mark| text.split(mark).skip(1).map(word)).collect();
    names.into_iter().map(|name| (name.to_owned(), String::new())).collect()
}

fn colours(day: &str, night: &str) -> BTreeMap<String, String> {
    let read = |xml: &str| -> BTreeMap<String, String> {
        let colours = between(xml, "<color name=\"", "</color>").filter_map(|color| color.split_once("\">#"));
        colours.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
    };
    let dark = read(night);
    let both = |(name, light): (String, String)| {
        let dark = dark.get(&name).unwrap_or(&light).clone();
        (name, format!("{light} by day and {dark} by night"))
    };
    read(day).into_iter().map(both).collect()
}

/// `BODY(16f, 20f),`
fn sizes(look: &str) -> BTreeMap<String, String> {
    let rows = look.lines().filter_map(|line| line.trim().trim_end_matches(',').split_once('('));
    let sizes = rows.filter_map(|(name, sizes)| Some((name, sizes.strip_suffix("f)")?.split_once("f, ")?)));
    sizes.map(|(name, (usual, elder))| (name.to_lowercase(), format!("{usual} and {elder}"))).collect()
}
