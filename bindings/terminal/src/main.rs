//! The citizen app from a shell prompt: the same core as the phones, with a command line for a screen.
//!
//! A command reads what was typed, calls the core and prints what it says; it holds no rule and no field of any
//! service. `docs/terminal.md` describes what can be typed and the exact form of every answer.

mod cli;
mod commands;
mod duration;
mod failure;
mod keyring;
mod output;
mod pin;
mod place;
mod prefix;
mod shell;
mod sign_in;
mod usage;

use std::alloc::System;
use std::process::ExitCode;

use clap::FromArgMatches;
use zeroizing_alloc::ZeroAlloc;

use crate::cli::Arguments;
use crate::failure::Failure;
use crate::output::{Output, Report, Status};

/// Memory that is given back is wiped, so that what a person locked is not left in it.
#[global_allocator]
static ALLOCATOR: ZeroAlloc<System> = ZeroAlloc(System);

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args_os().map(|word| word.to_string_lossy().into_owned()).collect();
    let language = cli::language_of(&words);
    let parsed = cli::command(language)
        .try_get_matches()
        .and_then(|mut matches| Arguments::from_arg_matches_mut(&mut matches));
    let arguments = match parsed {
        Ok(arguments) => arguments,
        Err(error) => return usage::explain(&error, language, words.iter().any(|word| word == "--json")),
    };
    start_log();
    let output = Output { language: arguments.general.lang.into(), json: arguments.general.json };
    ExitCode::from(end(output, run(arguments, output)).code())
}

/// Runs a command. A Ctrl-C ends it there and then: whatever the core had acknowledged is on disk, and what it had
/// not is not.
fn run(arguments: Arguments, output: Output) -> Result<Report, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    let watches_itself = arguments.command.watches_for_interrupt();
    let result = runtime.block_on(async {
        let command = tokio::spawn(async move { commands::run(arguments, output).await });
        let interrupted = async {
            match watches_itself {
                true => std::future::pending().await,
                false => tokio::signal::ctrl_c().await,
            }
        };
        tokio::select! {
            ended = command => ended.unwrap_or_else(|_| Err(std::io::Error::other("a command ended early").into())),
            _ = interrupted => Err(Failure::Interrupted),
        }
    });
    runtime.shutdown_background();
    result
}

/// Prints what became of the command, and says how the process ends.
fn end(output: Output, result: Result<Report, Failure>) -> Status {
    let (printed, status) = match &result {
        Ok(report) => (output.report(report), report.status),
        Err(failure) => (output.failure(failure), failure.status()),
    };
    match printed {
        Ok(()) => status,
        // Whoever reads the answer has gone away, as `head` does: that is no failure of the command.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => status,
        Err(_) => Status::Failed,
    }
}

/// Logs go to standard error where `RUST_LOG` asks for them, and say nothing about a person.
fn start_log() {
    let Ok(filter) = tracing_subscriber::EnvFilter::try_from_default_env() else { return };
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_ansi(false).init();
}
