//! The commands, one file each.

pub(crate) mod balance;
pub(crate) mod card;
pub(crate) mod cards;
pub(crate) mod case;
mod case_evidence;
pub(crate) mod cases;
pub(crate) mod completions;
pub(crate) mod consent;
pub(crate) mod counter;
pub(crate) mod device;
pub(crate) mod draft;
pub(crate) mod erase;
pub(crate) mod export;
pub(crate) mod grievance;
pub(crate) mod lock;
pub(crate) mod login;
pub(crate) mod logout;
pub(crate) mod mandate;
pub(crate) mod offer;
pub(crate) mod outbox;
pub(crate) mod parcel;
pub(crate) mod person;
pub(crate) mod pin;
pub(crate) mod register_log;
pub(crate) mod send;
pub(crate) mod services;
pub(crate) mod status;
pub(crate) mod sync;
pub(crate) mod unlock;

use crate::cli::{Arguments, Command};
use crate::failure::Failure;
use crate::output::{Output, Report};
use crate::shell::Shell;

impl Command {
    /// Whether the command ends by a Ctrl-C of its own accord, as one that keeps watching does.
    pub(crate) fn watches_for_interrupt(&self) -> bool {
        matches!(self, Self::Sync(arguments) if arguments.follow)
    }
}

/// Carries a command out.
pub(crate) async fn run(arguments: Arguments, output: Output) -> Result<Report, Failure> {
    if let Command::Completions(completions) = &arguments.command {
        return completions::run(completions, output);
    }
    let shell = Shell::open(&arguments.general, output)?;
    let erases = matches!(arguments.command, Command::Erase(_));
    let result = tokio::select! {
        result = dispatch(&shell, arguments.command) => result,
        never = shell.stay_open() => never,
    };
    if !erases {
        shell.remember_city()?;
    }
    shell.app.shutdown();
    result
}

async fn dispatch(shell: &Shell, command: Command) -> Result<Report, Failure> {
    match command {
        Command::Login(arguments) => login::run(shell, &arguments).await,
        Command::Logout => logout::run(shell).await,
        Command::Unlock(arguments) => unlock::run(shell, &arguments),
        Command::Lock(arguments) => lock::run(shell, &arguments).await,
        Command::Pin(command) => pin::run(shell, &command),
        Command::Person(command) => person::run(shell, &command).await,
        Command::Mandate(command) => mandate::run(shell, &command).await,
        Command::Device(command) => device::run(shell, &command).await,
        Command::Export(arguments) => export::run(shell, &arguments),
        Command::Erase(arguments) => erase::run(shell, &arguments),
        Command::Consent(command) => consent::run(shell, &command),
        Command::Status => status::run(shell),
        Command::Balance => balance::run(shell).await,
        Command::Services(command) => services::run(shell, &command).await,
        Command::Draft(command) => draft::run(shell, &command).await,
        Command::Outbox(arguments) => outbox::run(shell, &arguments).await,
        Command::Sync(arguments) => sync::run(shell, &arguments).await,
        Command::Cases => cases::run(shell),
        Command::Case(command) => case::run(shell, &command).await,
        Command::Grievance(command) => grievance::run(shell, &command),
        Command::Offer(command) => offer::run(shell, &command).await,
        Command::Parcel(command) => parcel::run(shell, &command).await,
        Command::Counter(command) => counter::run(shell, &command).await,
        Command::RegisterLog => register_log::run(shell).await,
        Command::Cards => cards::run(shell),
        Command::Card(command) => card::run(shell, &command),
        // It needs no city and no folder, so it was carried out before the app was opened.
        Command::Completions(arguments) => completions::run(&arguments, shell.output),
    }
}
