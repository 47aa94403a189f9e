//! The checks that `cargo xtask test` runs, one function each.

use crate::workshop::{Outcome, Workshop, run};
use crate::{cargo, house_rules, python, system};

/// Installs what is missing on this machine.
pub(crate) fn tools(workshop: &Workshop) -> Outcome {
    cargo::start_deny(workshop)?;
    system::install(workshop)?;
    python::install(workshop)
}

/// The sources are formatted.
pub(crate) fn format(workshop: &Workshop) -> Outcome {
    cargo::run(workshop, &["fmt", "--all", "--check"])
}

/// Words are spelled right.
pub(crate) fn spelling(workshop: &Workshop) -> Outcome {
    python::install(workshop)?;
    run(&mut python::program(workshop, "typos"))
}

/// The house rules that no other tool knows.
pub(crate) fn rules(workshop: &Workshop) -> Outcome {
    house_rules::check(workshop)
}

/// Clippy finds nothing.
pub(crate) fn clippy(workshop: &Workshop) -> Outcome {
    cargo::run(workshop, &["clippy", "--workspace", "--all-targets", "--locked", "--", "--deny", "warnings"])
}

/// The documentation builds, and its links lead somewhere. It is written for those who read the sources, so
/// private items are in it and may be linked to.
pub(crate) fn docs(workshop: &Workshop) -> Outcome {
    let mut doc = cargo::cargo(workshop);
    doc.env("RUSTDOCFLAGS", "--deny warnings --allow rustdoc::private_intra_doc_links");
    run(doc.args(["doc", "--workspace", "--no-deps", "--document-private-items", "--locked"]))
}

/// Licences, sources and duplicates of the dependencies.
pub(crate) fn dependencies(workshop: &Workshop) -> Outcome {
    cargo::deny(workshop, &["--locked", "check", "licenses", "bans", "sources"])
}

/// Known faults of the dependencies.
pub(crate) fn advisories(workshop: &Workshop) -> Outcome {
    cargo::deny(workshop, &["--locked", "check", "advisories"])
}

/// The photographs are made.
pub(crate) fn data(workshop: &Workshop) -> Outcome {
    system::install(workshop)?;
    python::install(workshop)?;
    // -B: compiled Python does not lie beside the sources.
    run(python::program(workshop, "python").args(["-B", "tests/data/make.py", "target/test-data"]))
}

/// The tests of each crate.
pub(crate) fn tests(workshop: &Workshop) -> Outcome {
    cargo::run(workshop, &["test", "--workspace", "--exclude", "citizen-tests", "--locked"])
}

/// The journeys: the whole product, with real processes.
pub(crate) fn journeys(workshop: &Workshop) -> Outcome {
    data(workshop)?;
    let targets = ["--lib", "--bins", "--test", "journeys"];
    cargo::run(workshop, &[&["test", "--package", "citizen-tests", "--locked"], &targets[..]].concat())
}

/// The phone at a bad provider, and the city before everybody who may not. The cases are printed with their results.
pub(crate) fn sign_in(workshop: &Workshop) -> Outcome {
    let targets = ["--test", "sign_in", "--test", "resources", "--", "--nocapture", "--test-threads", "1"];
    cargo::run(workshop, &[&["test", "--package", "citizen-tests", "--locked"], &targets[..]].concat())
}
