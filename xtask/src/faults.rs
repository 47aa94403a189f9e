//! `cargo xtask faults`: breaks the product at every step of a whole journey, and counts what was lost.

use std::ffi::OsString;

use crate::cargo;
use crate::workshop::{Outcome, Workshop, run as run_to_end};

/// The harnesses in the order they are run, each with how often it is run where nobody says, as part of
/// `cargo xtask test`.
const SHORT: [(&str, &str); 6] = [
    ("kill", "60"),
    ("power", "600"),
    ("city-kill", "20"),
    ("network", "40"),
    ("corrupt", "156"),
    ("openers", "1000"),
];

/// Builds the harnesses for long runs, and starts one.
pub(crate) fn run(workshop: &Workshop, arguments: &[OsString]) -> Outcome {
    let mut command = cargo::cargo(workshop);
    command.args(["run", "--quiet", "--locked", "--profile", "faults", "--package", "citizen-faults", "--"]);
    run_to_end(command.args(arguments))
}

/// The short part of each.
pub(crate) fn test(workshop: &Workshop) -> Outcome {
    let arguments = ["run", "--quiet", "--locked", "--package", "citizen-faults", "--"];
    SHORT.iter().try_for_each(|(kind, count)| {
        cargo::run(workshop, &[&arguments[..], &[kind, "--count", count]].concat())
    })
}
