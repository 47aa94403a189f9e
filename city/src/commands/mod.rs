//! The program `city`: one command a file.

mod output;
mod serve;

use std::process::ExitCode;

use citizen_api::{Language, Text};
use clap::{Parser, Subcommand};

/// The reference city: serves it, and lets officers act through its API.
#[derive(Parser)]
#[command(name = "city", version)]
struct Arguments {
    /// The language of what is printed: zh or en.
    #[arg(long, global = true, default_value = "zh", value_parser = language)]
    lang: Language,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Serve(serve::Serve),
}

fn language(name: &str) -> Result<Language, String> {
    match name {
        "zh" => Ok(Language::Zh),
        "en" => Ok(Language::En),
        _ => Err("zh, en".to_owned()),
    }
}

/// Why a command did not do what it was asked: a sentence for the person, and the exit status.
struct Failure {
    reason: Text,
    status: u8,
}

impl Failure {
    /// It could not be done.
    fn failed(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { reason: Text::new(zh, en), status: 1 }
    }
}

/// Runs the program: 0 for done, 1 for could not be done, 2 for wrong use, 4 for refused by the city.
pub fn run() -> ExitCode {
    let Arguments { lang, command } = Arguments::parse();
    start_log();
    let Ok(runtime) = tokio::runtime::Runtime::new() else {
        output::error("无法启动:系统不给线程。 / Cannot start: the system gives no threads.");
        return ExitCode::FAILURE;
    };
    let done = runtime.block_on(async {
        match command {
            Command::Serve(serve) => serve.run(lang).await,
        }
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            output::error(failure.reason.get(lang));
            ExitCode::from(failure.status)
        }
    }
}

/// Logs go to the standard error stream; `RUST_LOG` says how much. Nothing personal is ever in them.
fn start_log() {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "warn".into());
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
}
