//! `citizen person`: several people on one device, each with data and a PIN of their own.

use citizen_api::Language;
use citizen_core::{LeftBehind, PersonId, PersonState, PersonSummary};
use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::{consent, login};
use crate::failure::{Failure, Thing};
use crate::keyring;
use crate::output::words::Either;
use crate::output::{Page, Report};
use crate::prefix::short;
use crate::shell::Shell;

/// What is to be done about people.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// 这里都有谁，资料能不能打开 ‖ Who is here, and whether their data open
    List,
    Add(login::Arguments),
    /// 换成另一个人 ‖ Go on as another person
    Switch {
        /// 姓名，或编号的开头或末尾 ‖ Their name, or how their number begins or ends
        #[arg(value_name = "PERSON")]
        whom: String,
    },
    Remove(Removal),
}

/// 从这台设备删除一个人和全部资料；城市里的不受影响 ‖ Remove a person and all that is theirs from this device; what the city has stays
#[derive(Args)]
pub(crate) struct Removal {
    /// 姓名，或编号的开头或末尾 ‖ Their name, or how their number begins or ends
    #[arg(value_name = "PERSON")]
    whom: String,
    /// 不再询问 ‖ Do not ask again
    #[arg(long)]
    yes: bool,
}

pub(crate) async fn run(shell: &Shell, command: &Command) -> Result<Report, Failure> {
    match command {
        Command::List => list(shell),
        Command::Add(arguments) => {
            consent::ask(shell, None)?;
            login::add(shell, arguments).await
        }
        Command::Switch { whom } => switch(shell, whom),
        Command::Remove(removal) => remove(shell, removal),
    }
}

fn list(shell: &Shell) -> Result<Report, Failure> {
    let (language, current) = (shell.language(), shell.app.current_person()?);
    let people = shell.app.people()?;
    let mut page = Page::new();
    if people.is_empty() {
        page.line(language.either("这里还没有人登录过。", "Nobody has signed in here yet."));
    }
    let mut documents = Vec::new();
    for person in &people {
        let state = shell.app.person_state(person.person_id)?;
        page.line(&line(person, current, language));
        if let PersonState::Paused { .. } | PersonState::PinUsedUp(_) | PersonState::KeyMissing(_) = state {
            page.item(state.sentence().get(language));
        }
        documents.push(document(person, &state, current));
    }
    Ok(Report::done(json!({ "people": documents }), page))
}

fn line(person: &PersonSummary, current: Option<PersonId>, language: Language) -> String {
    let label = match person.label.as_str() {
        "" => language.either("（打不开，不知道姓名）", "(does not open; name unknown)"),
        label => label,
    };
    let mark = match (current == Some(person.person_id), person.earlier) {
        (true, _) => language.either(" · 现在用的", " · current"),
        (_, true) => language.either(" · 以前的资料", " · earlier data"),
        _ => "",
    };
    format!("{}  {label}{mark}", short(person.person_id))
}

fn document(person: &PersonSummary, state: &PersonState, current: Option<PersonId>) -> Value {
    let (name, left) = match state {
        PersonState::Open => ("open", LeftBehind::default()),
        PersonState::Locked { .. } => ("locked", LeftBehind::default()),
        PersonState::Paused { .. } => ("paused", LeftBehind::default()),
        PersonState::PinUsedUp(left) => ("pin_used_up", *left),
        PersonState::KeyMissing(left) => ("key_missing", *left),
        PersonState::DeviceNotYetUnlocked => ("device_not_yet_unlocked", LeftBehind::default()),
    };
    json!({
        "person_id": person.person_id,
        "label": person.label,
        "current": current == Some(person.person_id),
        "earlier": person.earlier,
        "state": name,
        "unreadable_drafts": left.drafts,
        "unreadable_unsent": left.unsent,
    })
}

fn switch(shell: &Shell, typed: &str) -> Result<Report, Failure> {
    let person = shell.named(typed)?;
    shell.app.choose_person(person)?;
    let label = label(shell, person)?;
    let mut page = Page::new();
    page.line(&match shell.language() {
        Language::Zh => format!("现在是{label}。下面的命令都替{label}办。"),
        Language::En => format!("Now {label}. The commands that follow are for {label}."),
    });
    Ok(Report::done(json!({ "person_id": person, "label": label }), page))
}

fn remove(shell: &Shell, removal: &Removal) -> Result<Report, Failure> {
    let person = shell.named(&removal.whom)?;
    let (label, language) = (label(shell, person)?, shell.language());
    let asked = match language {
        Language::Zh => {
            format!("删除{label}在这台设备上的全部资料，包括没发出的草稿？删了就找不回来。(y/n) ")
        }
        Language::En => {
            format!(
                "Delete everything of {label} on this device, drafts included? It cannot be undone. (y/n) "
            )
        }
    };
    if !removal.yes && !shell.output.asks(&asked)? {
        return Err(Failure::NotConfirmed);
    }
    keyring::forget(&shell.folder, person);
    shell.app.remove_person(person)?;
    let mut page = Page::new();
    page.line(&match language {
        Language::Zh => format!("{label}的资料已从这台设备删除。城市里的办件和证照还在。"),
        Language::En => {
            format!("Everything of {label} is deleted from this device. What the city has is still there.")
        }
    });
    Ok(Report::done(json!({ "person_id": person, "removed": true }), page))
}

fn label(shell: &Shell, person: PersonId) -> Result<String, Failure> {
    let people = shell.app.people()?;
    let found = people.into_iter().find(|known| known.person_id == person);
    Ok(found.ok_or(Failure::NoMatch { what: Thing::Person, typed: String::new() })?.label)
}
