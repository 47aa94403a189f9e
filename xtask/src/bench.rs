//! `cargo xtask bench`.

use std::path::PathBuf;

use clap::ValueEnum;

use crate::cargo;
use crate::workshop::{Failure, Outcome, Workshop, run as run_to_end};

/// What can be measured. Each is a module of `tests/bench`, a workspace of its own: what the product is measured
/// beside stands in no graph of the product's.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Bench {
    /// What a keystroke costs in a form of forty fields, beside another evaluator of its rules.
    Form,
    /// Finding a service, beside FTS5 with trigrams and tantivy with n-grams.
    Search,
}

/// Builds the benches as they are released, and runs one.
pub(crate) fn run(workshop: &Workshop, bench: Bench, json: Option<PathBuf>, further: &[String]) -> Outcome {
    let mut command = cargo::cargo(workshop);
    command.args(["run", "--release", "--locked", "--manifest-path", "tests/bench/Cargo.toml"]);
    command.args(["--target-dir", "target/bench", "--"]);
    command.arg(match bench {
        Bench::Form => "form",
        Bench::Search => "search",
    });
    if let Some(file) = json {
        // The person means a file beside where they stand, not beside the repository's top.
        let file = std::path::absolute(&file).map_err(Failure::while_doing(file.display()))?;
        command.arg("--json").arg(file);
    }
    run_to_end(command.args(further))
}
