//! The program `city`: one command a file.

mod case_words;
mod catalogue;
mod catalogue_check;
mod catalogue_generate;
mod catalogue_publish;
mod check;
mod client;
mod clock;
mod code;
mod counter;
mod courier;
mod credential;
mod dispute;
mod figures;
mod grievance;
mod ledger;
mod output;
mod pay;
mod proactive;
mod register;
mod residents;
mod review;
mod serve;
mod supervision;

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
    Catalogue(catalogue::Catalogue),
    Figures(figures::Figures),
    #[command(flatten)]
    Officer(OfficerCommand),
}

/// What officers do. Each speaks to the city through its API, with the officers' token.
#[derive(Subcommand)]
enum OfficerCommand {
    Code(ForOfficers<code::Code>),
    Clock(ForOfficers<clock::Clock>),
    Residents(ForOfficers<residents::Residents>),
    Review(ForOfficers<review::Review>),
    Pay(ForOfficers<pay::Pay>),
    Proactive(ForOfficers<proactive::Proactive>),
    Courier(ForOfficers<courier::Courier>),
    Counter(ForOfficers<counter::Counter>),
    Credential(ForOfficers<credential::Credential>),
    Ledger(ForOfficers<ledger::Ledger>),
    Register(ForOfficers<register::Register>),
    Check(ForOfficers<check::Check>),
    Dispute(ForOfficers<dispute::Dispute>),
    Supervision(ForOfficers<supervision::Supervision>),
    Grievance(ForOfficers<grievance::Grievance>),
}

// A command with the options that say which city it is for. A doc comment would stand in the help instead of the
// command's own.
#[derive(clap::Args)]
struct ForOfficers<C: clap::Args> {
    #[command(flatten)]
    office: client::Office,
    #[command(flatten)]
    command: C,
}

impl OfficerCommand {
    async fn run(self, lang: Language) -> Result<(), Failure> {
        match self {
            Self::Code(code) => code.command.run(&code.office.open(lang)?).await,
            Self::Clock(clock) => clock.command.run(&clock.office.open(lang)?).await,
            Self::Residents(residents) => residents.command.run(&residents.office.open(lang)?).await,
            Self::Review(review) => review.command.run(&review.office.open(lang)?).await,
            Self::Pay(pay) => pay.command.run(&pay.office.open(lang)?).await,
            Self::Proactive(proactive) => proactive.command.run(&proactive.office.open(lang)?).await,
            Self::Courier(courier) => courier.command.run(&courier.office.open(lang)?).await,
            Self::Counter(counter) => counter.command.run(&counter.office.open(lang)?).await,
            Self::Credential(credential) => credential.command.run(&credential.office.open(lang)?).await,
            Self::Ledger(ledger) => ledger.command.run(&ledger.office.open(lang)?).await,
            Self::Register(register) => register.command.run(&register.office.open(lang)?).await,
            Self::Check(check) => check.command.run(&check.office.open(lang)?).await,
            Self::Dispute(dispute) => dispute.command.run(&dispute.office.open(lang)?).await,
            Self::Grievance(grievance) => grievance.command.run(&grievance.office.open(lang)?).await,
            Self::Supervision(supervision) => supervision.command.run(&supervision.office.open(lang)?).await,
        }
    }
}

fn language(name: &str) -> Result<Language, String> {
    match name {
        "zh" => Ok(Language::Zh),
        "en" => Ok(Language::En),
        _ => Err("zh, en".to_owned()),
    }
}

/// Why a command did not do what it was asked: a sentence for the person, and the exit status.
#[derive(Debug)]
struct Failure {
    reason: Text,
    status: u8,
}

impl Failure {
    /// It could not be done.
    fn failed(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { reason: Text::new(zh, en), status: 1 }
    }

    /// The command was not given what it needs.
    fn wrong_use(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { reason: Text::new(zh, en), status: 2 }
    }
}

/// Runs the program: 0 for done, 1 for could not be done, 2 for wrong use, 4 for refused by the city.
pub fn run() -> ExitCode {
    let Arguments { lang, command } = Arguments::parse();
    start_log();
    let Ok(runtime) = tokio::runtime::Runtime::new() else {
        output::error("无法启动：系统不给线程。 / Cannot start: the system gives no threads.");
        return ExitCode::FAILURE;
    };
    let done = runtime.block_on(async {
        match command {
            Command::Serve(serve) => serve.run(lang).await,
            Command::Catalogue(catalogue) => catalogue.run(lang).await,
            Command::Figures(figures) => figures.run(lang).await,
            Command::Officer(command) => command.run(lang).await,
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
