//! Breaks the core and the city at every step of a whole journey, and counts what was lost, done twice or garbled.
//! Started by `cargo xtask faults`; `docs/reliability.md` has the figures.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a harness that cannot work ends by panicking; what the product does wrong is counted"
)]

mod chance;
mod city;
mod corrupt;
mod errors;
mod journey;
mod judge;
mod kill;
mod network;
mod openers;
mod phone;
mod plan;
mod power;
mod report;
mod said;
mod town;
mod watch;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Breaks the core and the city at every step of a whole journey. Ends with a failure where a promise was broken.
#[derive(Parser)]
#[command(bin_name = "cargo xtask faults")]
struct Arguments {
    #[command(subcommand)]
    fault: Fault,
}

#[derive(Subcommand)]
enum Fault {
    /// Kill the app before and after every system call that changes something.
    Kill(Options),
    /// Cut the power, with any part of what was not synced surviving.
    Power(Options),
    /// Show that the power harness bites: plant one fault after the other, and see each found.
    Prove(Options),
    /// Have each I/O call fail in turn, once or from then on.
    Errors(Options),
    /// Live histories of three phones over a network that loses, repeats, delays and cuts.
    Network(Options),
    /// Change bytes in the database, its log and the sealed files.
    Corrupt(Options),
    /// Have two openers change one store at the same time.
    Openers(Options),
    /// Kill the city before and after every system call that changes something.
    CityKill(Options),
    /// What the harnesses start: a phone that walks the way of a claim.
    #[command(hide = true)]
    Child(journey::Arguments),
    /// What the harnesses start: a city.
    #[command(hide = true)]
    ChildCity(city::Arguments),
}

/// How much, and from where on.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// How many runs.
    #[arg(long, alias = "points", alias = "crashes", alias = "seeds", value_name = "N")]
    count: Option<u64>,
    /// What chance begins from.
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    /// The first run's number, to see one again.
    #[arg(long, value_name = "N", default_value_t = 0)]
    from: u64,
    /// Write the figures to this file, as JSON.
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// How many run side by side; as many as there are processors where it is left out.
    #[arg(long, value_name = "N")]
    workers: Option<usize>,
}

impl Options {
    fn count(&self, usual: u64) -> u64 {
        self.count.unwrap_or(usual)
    }

    fn workers(&self) -> usize {
        self.workers.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from))
    }
}

fn main() -> ExitCode {
    let held = match Arguments::parse().fault {
        Fault::Kill(options) => kill::run(&options),
        Fault::Power(options) => power::run(&options),
        Fault::Prove(options) => power::prove(&options),
        Fault::Errors(options) => errors::run(&options),
        Fault::Network(options) => network::run(&options),
        Fault::Corrupt(options) => corrupt::run(&options),
        Fault::Openers(options) => openers::run(&options),
        Fault::CityKill(options) => city::run(&options),
        Fault::Child(arguments) => {
            journey::run(&arguments);
            true
        }
        Fault::ChildCity(arguments) => {
            city::child(&arguments);
            true
        }
    };
    if held { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
