//! What types show of themselves to whoever debugs: nothing that a person wrote, has or is.
//!
//! A `Debug` that is derived prints every field. So a type that derives it and holds a text, a value, an amount or a day has
//! to be named here with the reason why that may be seen, and a new one fails until somebody has thought about it. Types
//! that carry what is personal say their name and no more.

use std::path::{Path, PathBuf};

/// What can hold something personal.
const TELLING: [&str; 8] = ["String", "Value", "Map", "Bytes", "PathBuf", "u8", "Fen", "Date"];

/// Where types stand that can hold it.
const SOURCES: [&str; 4] = ["api/src", "form/src", "core/src", "bindings/src"];

/// What may be seen, and why.
const SEEN: [(&str, &[&str]); 6] = [
    (
        "it is the catalogue's, or the city's word to everybody",
        &[
            "PublicService",
            "CounterList",
            "Counter",
            "Hours",
            "Slots",
            "Provided",
            "Prefill",
            "ChoiceOption",
            "Area",
            "FieldKind",
            "DraftKind",
            "IssuerMetadata",
            "StatusReference",
            "StatusListClaims",
            "StatusList",
            "SettlementRules",
            "ServiceDetails",
            "RegisterItem",
            "Source",
            "Text",
            "Node",
            "Work",
            "TrustAnchors",
        ],
    ),
    ("which register was asked in which way, and not of whom", &["LedgerLookup"]),
    (
        "digests, random names and public keys",
        &[
            "Header",
            "InstructionReceipt",
            "Jwk",
            "Receipt",
            "SubmittedAttachment",
            "LedgerUpload",
            "UploadPassRequest",
            "PublicKey",
        ],
    ),
    (
        "which server, and what it asks of a sign-in",
        &[
            "Config",
            "Place",
            "Nonces",
            "StepUp",
            "Provider",
            "Signer",
            "SoftwareVault",
            "CivilDay",
            "ProactiveRun",
        ],
    ),
    (
        "an error: what is wrong and what to do, without what was sent",
        &[
            "Problem",
            "Error",
            "CitizenError",
            "FormError",
            "ExpressionError",
            "EvaluationError",
            "AnswerError",
            "IdNumberError",
        ],
    ),
    (
        "who read which register for what, which is what a log is for; never what was read",
        &["RegisterRead", "Code", "name", "Fen"],
    ),
];

/// A type that derives `Debug`, and what it holds that can be personal.
#[derive(Debug, PartialEq, Eq)]
struct Derived {
    name: String,
    holds: Vec<&'static str>,
}

/// The types of a source that derive `Debug` and hold something telling.
fn derived(source: &str) -> Vec<Derived> {
    let source = source.split("#[cfg(test)]\nmod ").next().unwrap();
    let mut found = Vec::new();
    let mut lines = source.lines().map(|line| line.split("//").next().unwrap());
    while let Some(line) = lines.next() {
        let derives =
            line.trim().strip_prefix("#[derive(").is_some_and(|list| words(list).any(|word| word == "Debug"));
        if !derives {
            continue;
        }
        let Some(head) = lines.find(|line| words(line).any(|word| word == "struct" || word == "enum")) else {
            break;
        };
        let name =
            words(head).skip_while(|word| *word != "struct" && *word != "enum").nth(1).unwrap().to_owned();
        let (mut body, mut depth) = (head.to_owned(), depth(head));
        while depth > 0 {
            let Some(line) = lines.next() else { break };
            depth += self::depth(line);
            // An attribute says how a field is written, and not what it is.
            if !line.trim().starts_with("#[") {
                body.push_str(line);
            }
        }
        let holds: Vec<_> =
            TELLING.into_iter().filter(|telling| words(&body).any(|word| word == *telling)).collect();
        if !holds.is_empty() {
            found.push(Derived { name, holds });
        }
    }
    found
}

fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty())
}

fn depth(line: &str) -> i32 {
    line.chars().map(|c| i32::from("{(".contains(c)) - i32::from("})".contains(c))).sum()
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        match path.is_dir() {
            true => sources(&path, found),
            false if name.ends_with(".rs") && !name.contains("test") => found.push(path),
            false => {}
        }
    }
}

#[test]
fn no_type_shows_what_is_a_persons_to_whoever_debugs() {
    let mut files = Vec::new();
    for folder in SOURCES {
        sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(folder), &mut files);
    }
    let seen: Vec<&str> = SEEN.iter().flat_map(|(_, names)| names.iter().copied()).collect();
    let mut telling = Vec::new();
    let mut there = Vec::new();
    for file in files {
        for Derived { name, holds } in derived(&std::fs::read_to_string(&file).unwrap()) {
            if !seen.contains(&name.as_str()) {
                telling.push(format!("{name} in {} derives Debug and holds {holds:?}", file.display()));
            }
            there.push(name);
        }
    }
    assert!(telling.is_empty(), "hide what they hold, or say why it may be seen:\n{}", telling.join("\n"));
    let gone: Vec<&&str> = seen.iter().filter(|name| !there.iter().any(|there| there == **name)).collect();
    assert!(gone.is_empty(), "they are said to be seen, and are not: {gone:?}");
}

#[test]
fn a_type_that_tells_is_found() {
    let told = derived(
        "#[derive(Clone, Debug)]\n#[serde(x)]\npub struct Told {\n    /// String.\n    name: Option<String>,\n}\n",
    );
    assert_eq!(told, [Derived { name: "Told".to_owned(), holds: vec!["String"] }]);
    assert_eq!(derived("#[derive(Debug)]\nstruct Newtype(pub Fen);\n").len(), 1);
    let hidden = "#[derive(Clone)]\nstruct Hidden {\n    name: String,\n}\n#[derive(Debug)]\nstruct Counts {\n    // String\n    count: u32,\n}\n";
    assert_eq!(derived(hidden), []);
}
