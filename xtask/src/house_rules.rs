//! The house rules that no other tool knows: how long a file may be, that links lead somewhere, and that
//! nothing in the tree belongs to one machine. CONTRIBUTING.md has the reasons.

use std::path::{Component, Path, PathBuf};

use crate::output::say;
use crate::workshop::{Failure, Outcome, Workshop, output_of};

/// Lines. A longer file has more than one subject.
const LONGEST_FILE: usize = 400;

/// What belongs to one machine or one network and never into the tree: home folders and package hosts.
const FOREIGN: [&str; 8] = [
    "/root/",
    "/home/",
    "/work/",
    "index.crates.io",
    "static.crates.io",
    "pypi.org",
    "pythonhosted.org",
    "registry.npmjs.org",
];

/// Names these words because it looks for them.
const THIS_FILE: &str = "xtask/src/house_rules.rs";

/// Checks every file that git knows or would take, and names everything that is wrong at once.
pub(crate) fn check(workshop: &Workshop) -> Outcome {
    let mut git = workshop.command("git");
    // Continuous integration often runs as another person than the one who owns the checkout.
    git.args(["-c", "safe.directory=*"]);
    let listed = output_of(git.args(["ls-files", "--cached", "--others", "--exclude-standard", "-z"]))?;
    let files: Vec<&str> = listed.split('\0').filter(|file| !file.is_empty()).collect();
    let mut findings = Vec::new();
    for file in &files {
        // A picture is not text, and a file that was deleted but not committed is not there.
        let Ok(text) = std::fs::read_to_string(workshop.root.join(file)) else { continue };
        findings.extend(findings_in(file, &text, &|target| workshop.root.join(target).exists()));
    }
    for finding in &findings {
        say(finding);
    }
    if findings.is_empty() {
        say(&format!("{} files follow the house rules", files.len()));
        return Ok(());
    }
    Err(Failure(format!("{} places go against the house rules (CONTRIBUTING.md)", findings.len())))
}

fn findings_in(file: &str, text: &str, exists: &dyn Fn(&Path) -> bool) -> Vec<String> {
    let mut findings = Vec::new();
    let lines = text.lines().count();
    if file.ends_with(".rs") && lines > LONGEST_FILE {
        findings.push(format!("{file}: {lines} lines; cut it by subject"));
    }
    if file != THIS_FILE && file != "Cargo.lock" {
        findings.extend(foreign_words(file, text));
    }
    if file.ends_with(".md") {
        findings.extend(dead_links(file, text, exists));
    }
    findings
}

fn foreign_words(file: &str, text: &str) -> Vec<String> {
    let found = text.lines().zip(1..).flat_map(|(line, number)| {
        let words = FOREIGN.iter().filter(move |word| line.contains(**word));
        words.map(move |word| format!("{file}:{number}: {word} belongs to one machine or network"))
    });
    found.collect()
}

/// Links to files of the repository that lead nowhere. Other people's pages are theirs to keep.
fn dead_links(file: &str, text: &str, exists: &dyn Fn(&Path) -> bool) -> Vec<String> {
    let folder = Path::new(file).parent().unwrap_or(Path::new(""));
    let dead = |link: &&str| {
        let target = link.split('#').next().unwrap_or_default();
        let elsewhere = link.contains("://") || link.starts_with("mailto:") || target.is_empty();
        !elsewhere && !exists(&normal(&folder.join(target)))
    };
    links(text).filter(dead).map(|link| format!("{file}: the link to {link} leads nowhere")).collect()
}

fn links(text: &str) -> impl Iterator<Item = &str> {
    text.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(link, _)| link)
}

/// The path without `..`, so that it is the same on every file system.
fn normal(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                plain.pop();
            }
            Component::CurDir => {}
            other => plain.push(other),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::{LONGEST_FILE, findings_in};
    use std::path::Path;

    #[test]
    fn a_file_that_is_too_long_is_found() {
        let line_by_line = "x\n".repeat(LONGEST_FILE);
        assert!(findings_in("a.rs", &line_by_line, &|_| true).is_empty());
        assert_eq!(findings_in("a.rs", &(line_by_line + "x\n"), &|_| true).len(), 1);
    }

    #[test]
    fn a_path_of_one_machine_is_found_with_its_line() {
        let found = findings_in("a.toml", "one\ntwo = \"/root/x\"\n", &|_| true);
        assert_eq!(found, ["a.toml:2: /root/ belongs to one machine or network"]);
    }

    #[test]
    fn a_link_is_followed_from_its_own_file() {
        let there = |target: &Path| target == Path::new("README.md");
        let text = "[a](../README.md#top) [b](https://example.org/x) [c](#here) [d](gone.md)";
        let found = findings_in("docs/page.md", text, &there);
        assert_eq!(found, ["docs/page.md: the link to gone.md leads nowhere"]);
    }
}
