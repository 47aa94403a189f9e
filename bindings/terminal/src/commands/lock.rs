//! `citizen lock`: forgets a remembered unlock. Files go on being sent where the person has allowed that.

use citizen_api::Language;
use citizen_core::{Compartment, ErrorKind};
use clap::{Args, ValueEnum};
use serde_json::json;

use crate::failure::Failure;
use crate::keyring;
use crate::output::words::Either;
use crate::output::{Page, Report};
use crate::shell::Shell;

/// 锁上：忘掉记住的解锁状态 ‖ Lock: forget a remembered unlock
#[derive(Args)]
pub(crate) struct Arguments {
    /// 锁上后，没传完的材料要不要接着传：on 或 off；选过就记住 ‖ Whether files go on being sent once it is locked: on or off; remembered
    #[arg(long, value_name = "on|off", hide_possible_values = true)]
    uploads: Option<GoOn>,
}

/// Whether files go on, as it is typed.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum GoOn {
    On,
    Off,
}

pub(crate) async fn run(shell: &Shell, arguments: &Arguments) -> Result<Report, Failure> {
    let person = shell.person()?;
    let open = match (arguments.uploads, keyring::recall(&shell.folder, person)) {
        (Some(choice), _) => {
            let compartment = shell.own()?;
            compartment.let_uploads_go_on(choice == GoOn::On)?;
            Some(compartment)
        }
        // A key that does not open belongs to data that is gone.
        (None, Some(key)) => shell.app.unlock_with_key(person, &key).ok(),
        (None, None) => None,
    };
    keyring::forget(&shell.folder, person);
    if let Some(compartment) = &open {
        prepare(compartment).await?;
    }
    shell.app.lock(person);
    let (language, going_on) = (shell.language(), shell.app.uploads_going_on());
    if going_on > 0 {
        shell.output.line(&match language {
            Language::Zh => format!("已锁上。还有 {going_on} 份材料在接着传；按 Ctrl-C 停下，下次再传。"),
            Language::En => {
                format!("Locked. {going_on} files go on being sent; Ctrl-C stops it until next time.")
            }
        })?;
        shell.app.uploads_ended().await;
    }
    let mut page = Page::new();
    page.line(language.either(
        "已锁上。写好的都在；下一条命令会要解锁码。",
        "Locked. Everything you wrote is there; the next command asks for the PIN.",
    ));
    Ok(Report::done(json!({ "person_id": person, "uploads_went_on": going_on }), page))
}

/// Has everything ready for what waits to go on, also for what was written for others. Without a network there is nothing
/// to go on with.
async fn prepare(compartment: &Compartment) -> Result<(), Failure> {
    let mut all = vec![compartment.clone()];
    for represented in compartment.mandates().represented()? {
        all.push(compartment.mandates().open_represented(represented.person_id)?);
    }
    for compartment in &all {
        match compartment.outbox().prepare_for_lock().await {
            Err(error) if error.kind() != ErrorKind::Waiting => return Err(error.into()),
            _ => {}
        }
    }
    Ok(())
}
