//! tus 1.0: one case for each MUST and SHOULD that a server is bound by, named after where the specification has it.

mod checksum;
mod core;
mod creation;
mod expiration;
mod patch;
mod termination;

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use citizen_tests::security::compare_in;

use crate::city::City;
use crate::server::{Scene, Server};
use crate::tusd::Tusd;
use crate::wire::Verdict;

/// How many cases run at once. Most of them wait for an answer.
const AT_ONCE: usize = 8;

/// A clause, and how it is seen that a server keeps it.
pub(crate) struct Case {
    /// The section and the clause.
    pub(crate) name: &'static str,
    pub(crate) check: fn(Scene<'_>) -> Verdict,
}

fn cases() -> Vec<Case> {
    [
        core::cases(),
        patch::cases(),
        creation::cases(),
        expiration::cases(),
        checksum::cases(),
        termination::cases(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Clauses that tusd does not keep, and why.
fn tusd_lacks(name: &str) -> Option<&'static str> {
    match name {
        _ if name.starts_with("expiration/") => {
            Some("keeps what is unfinished for ever and does not offer it")
        }
        _ if name.starts_with("checksum/") => Some("does not offer it"),
        "core/upload-offset/must-be-a-non-negative-integer" => Some("takes `+5` for 5"),
        "core/tus-resumable/must-answer-412-to-another-version" => Some("answers `HEAD` in any version"),
        "core/tus-resumable/must-name-its-versions-with-412" => Some("does not name them there"),
        "core/x-http-method-override/must-have-the-method-ignored" => {
            Some("takes the header with `POST` alone")
        }
        "core/patch/should-answer-415-to-another-type" => Some("answers 400"),
        _ if METADATA.contains(&name) => Some("passes over what it cannot read"),
        _ => None,
    }
}

/// What metadata must be like.
const METADATA: [&str; 4] = [
    "creation/upload-metadata/must-have-keys",
    "creation/upload-metadata/must-be-divided-by-a-space",
    "creation/upload-metadata/must-be-in-base64",
    "creation/upload-metadata/must-have-each-key-once",
];

/// Tries every case; gives what each came to.
fn run(server: &dyn Server, cases: &[Case]) -> BTreeMap<&'static str, Verdict> {
    let (next, found) = (AtomicUsize::new(0), Mutex::new(BTreeMap::new()));
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                while let Some(case) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let verdict = (case.check)(Scene(server));
                    assert!(
                        found.lock().unwrap().insert(case.name, verdict).is_none(),
                        "{} twice",
                        case.name
                    );
                }
            });
        }
    });
    found.into_inner().unwrap()
}

#[test]
fn the_city_keeps_every_clause_of_tus_and_tusd_all_but_those_it_is_known_to_lack() {
    let cases = cases();
    let (city, tusd) = (City::start(), Tusd::start());
    let (at_city, at_tusd) = std::thread::scope(|scope| {
        let at_tusd = scope.spawn(|| run(&tusd, &cases));
        (run(&city, &cases), at_tusd.join().unwrap())
    });
    let mut wrong = Vec::new();
    let mut rows = Vec::new();
    for Case { name, .. } in &cases {
        if let Err(seen) = &at_city[name] {
            wrong.push(format!("city: {name}: {seen}"));
        }
        match (&at_tusd[name], tusd_lacks(name)) {
            (Ok(()), None) | (Err(_), Some(_)) => {}
            (Ok(()), Some(_)) => wrong.push(format!("tusd keeps {name} after all")),
            (Err(seen), None) => wrong.push(format!("tusd: {name}: {seen}")),
        }
        let at_tusd = tusd_lacks(name).map_or_else(|| "kept".to_owned(), |why| format!("not: {why}"));
        rows.push([format!("`{name}`"), "kept".to_owned(), at_tusd]);
    }
    assert!(wrong.is_empty(), "{} of {} clauses:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
    compare_in("docs/uploads.md", "tus", &["Clause", "The city", "tusd"], &rows);
}
