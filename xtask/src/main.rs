//! The commands of the repository. `cargo xtask --help` names them.
//!
//! Depends on nothing of the product, so that it builds in seconds and works where the product does not.

mod android;
mod bench;
mod cargo;
mod checks;
mod demo;
mod faults;
mod fuzz;
mod house_rules;
mod ios;
mod output;
mod parity;
mod peers;
mod python;
mod servers;
mod steps;
mod system;
mod workshop;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

use crate::workshop::{Outcome, Workshop};

/// The commands of the repository: see the product work, check it, make what it is checked with.
#[derive(Parser)]
#[command(bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Take a citizen through the whole main job, with real processes, a cut network and a killed app.
    ///
    /// Ends 0 only if every promise was kept, and then with a table of what the city's ledger says.
    Demo {
        /// Leave the city and the phones in this folder to play with, and say how to go on by hand.
        #[arg(long, value_name = "DIR")]
        keep: Option<PathBuf>,
        /// The language to tell it in.
        #[arg(long, value_enum, default_value_t = Lang::Zh)]
        lang: Lang,
    },
    /// Run every check of the repository, in order, and stop at the first that fails.
    ///
    /// Installs what is missing: Debian packages (as root), Python packages and cargo-deny into `.tools/`.
    Test {
        /// Run this step only. May be given several times.
        #[arg(long, value_name = "STEP")]
        only: Vec<String>,
        /// Name the steps instead of running them.
        #[arg(long)]
        list: bool,
    },
    /// Measure the product beside what else could do the same, in a table with the goals.
    Bench {
        /// What to measure.
        bench: bench::Bench,
        /// Write the rows to this file too, as JSON.
        #[arg(long, value_name = "FILE")]
        json: Option<PathBuf>,
        /// Further options of the bench, such as `-- --rounds 9`.
        #[arg(last = true, value_name = "OPTIONS")]
        further: Vec<String>,
    },
    /// Make the photographs that the journeys file, in `target/test-data/`.
    Data,
    /// Make up documents, answers and rules, and have the form crate judge them. Ends with a failure where one of them
    /// panics, takes too long, or breaks a promise.
    Fuzz {
        /// For how many seconds.
        #[arg(long, value_name = "N", default_value_t = 600)]
        seconds: u32,
        /// Afterwards keep the fewest inputs that cover as much, for the test that replays them.
        #[arg(long)]
        keep: bool,
    },
    /// Break the core and the city at every step of a whole journey, and count what was lost, done twice or garbled.
    ///
    /// `cargo xtask faults --help` names what can be broken. Ends with a failure where a promise was broken, and says
    /// how to see it again.
    #[command(disable_help_flag = true)]
    Faults {
        /// What to break, and options such as `--count N --seed S --json FILE`.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true, value_name = "ARGUMENTS")]
        arguments: Vec<std::ffi::OsString>,
    },
    /// Make pictures of every screen of the Android app, in `target/screens/`, with an index page.
    Screens,
    /// Install oidc-provider, a certified provider by others, and start it as the tests set it up. Ctrl-C ends it.
    Peers {
        /// The address that it is known by.
        #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:9000")]
        issuer: String,
        /// Who everybody is signed in as.
        #[arg(long, value_name = "NAME", default_value = "somebody")]
        account: String,
    },
    /// Format the sources.
    Fmt,
    /// Look for known faults in dependencies. Fetches the advisory database, so it needs the open network.
    Advisories,
}

/// A language of the product.
#[derive(Clone, Copy, ValueEnum)]
enum Lang {
    /// Chinese.
    Zh,
    /// English.
    En,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(arguments.command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            output::error(&failure.to_string());
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Outcome {
    let workshop = Workshop::find()?;
    match command {
        Command::Demo { keep, lang } => demo::run(&workshop, keep, lang),
        Command::Test { list: true, .. } => steps::list(),
        Command::Test { only, list: false } => steps::run(&workshop, &only),
        Command::Bench { bench, json, further } => bench::run(&workshop, bench, json, &further),
        Command::Data => checks::data(&workshop),
        Command::Fuzz { seconds, keep } => fuzz::run(&workshop, seconds, keep),
        Command::Faults { arguments } => faults::run(&workshop, &arguments),
        Command::Screens => android::screens(&workshop),
        Command::Peers { issuer, account } => peers::start(&workshop, &issuer, &account),
        Command::Fmt => cargo::run(&workshop, &["fmt", "--all"]),
        Command::Advisories => checks::advisories(&workshop),
    }
}
