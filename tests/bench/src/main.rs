//! Measures the product beside what else could do the same, all of it in one process of one build. A bench is a
//! module with one function that gives its rows; `cargo xtask bench` builds and runs it.

mod form;
mod report;
mod search;
mod sign_in;

use std::alloc::System;
use std::path::PathBuf;
use std::process::ExitCode;

use cap::Cap;
use clap::{Parser, Subcommand};

/// Counts what the program holds, so that memory is measured rather than estimated.
#[global_allocator]
static HELD: Cap<System> = Cap::new(System, usize::MAX);

/// What a bench ends with where it cannot be run.
type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

/// Measures the product beside what else could do the same.
#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    bench: Bench,
    /// Write the rows to this file too, as JSON.
    #[arg(long, global = true, value_name = "FILE")]
    json: Option<PathBuf>,
}

#[derive(Subcommand)]
enum Bench {
    /// What a keystroke costs in a form of forty fields, beside another evaluator of its rules.
    Form(form::Form),
    /// Finding a service, beside FTS5 with trigrams and tantivy with n-grams.
    Search(search::Search),
    /// What one opening costs, in a process of its own; the search bench runs it.
    #[command(hide = true)]
    Probe(search::Probe),
}

fn main() -> ExitCode {
    let Arguments { bench, json } = Arguments::parse();
    let done = match bench {
        Bench::Form(form) => form.run().and_then(|rows| report::write(&rows, json.as_deref())),
        Bench::Search(search) => search.run().and_then(|rows| report::write(&rows, json.as_deref())),
        Bench::Probe(probe) => probe.run(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            eprintln!("✗ {reason}");
            ExitCode::FAILURE
        }
    }
}
