//! `citizen consent`: what is sent to the city and what for, agreeing to it, and taking it back.

use citizen_api::Language;
use citizen_core::PersonId;
use citizen_core::consent::{ConsentState, Purpose, PurposeView};
use clap::Subcommand;
use serde_json::{Value, json};

use crate::failure::Failure;
use crate::output::words::Either;
use crate::output::{Page, Report, time};
use crate::shell::Shell;

/// What is to be done about consents.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// 看看同意了什么、什么时候同意的 ‖ What was agreed to, and when
    Show,
    /// 同意；不写用途就是全部同意 ‖ Agree; to everything where no purpose is named
    Give {
        /// 用途：city 或 registers-ahead ‖ The purpose: city or registers-ahead
        #[arg(value_name = "PURPOSE", value_parser = purpose)]
        purpose: Option<Purpose>,
        /// 给还没登录过的另一个人 ‖ For another person who has not signed in yet
        #[arg(long)]
        new: bool,
    },
    /// 收回同意 ‖ Take an agreement back
    Withdraw {
        /// 用途：city 或 registers-ahead ‖ The purpose: city or registers-ahead
        #[arg(value_name = "PURPOSE", value_parser = purpose)]
        purpose: Purpose,
    },
}

/// A purpose, as it is typed.
fn purpose(typed: &str) -> Result<Purpose, &'static str> {
    Purpose::of_name(typed).ok_or("not a purpose")
}

pub(crate) fn run(shell: &Shell, command: &Command) -> Result<Report, Failure> {
    let person = match command {
        Command::Give { new: true, .. } => None,
        _ => someone(shell)?,
    };
    match command {
        Command::Show => {}
        Command::Give { purpose: None, .. } => {
            Purpose::ALL.into_iter().try_for_each(|purpose| shell.app.give_consent(person, purpose))?;
        }
        Command::Give { purpose: Some(purpose), .. } => shell.app.give_consent(person, *purpose)?,
        Command::Withdraw { purpose } => shell.app.withdraw_consent(person, *purpose)?,
    }
    let states = shell.app.consents(person)?;
    let documents: Vec<Value> = states.iter().map(document).collect();
    Ok(Report::done(json!({ "person_id": person, "consents": documents }), page(&states, shell.language())))
}

/// Whose consents they are: whoever holds the device where nobody has signed in yet.
fn someone(shell: &Shell) -> Result<Option<PersonId>, Failure> {
    match shell.person() {
        Ok(person) => Ok(Some(person)),
        Err(Failure::Nobody) => Ok(None),
        Err(failure) => Err(failure),
    }
}

/// Says what is sent and what for, and asks. Where nobody can be asked the core refuses, and says how to agree.
pub(crate) fn ask(shell: &Shell, person: Option<PersonId>) -> Result<(), Failure> {
    let language = shell.language();
    for state in shell.app.consents(person)?.into_iter().filter(|state| !state.given) {
        let PurposeView { purpose, title, explanation, without, .. } = state.purpose;
        for text in [title, explanation, without] {
            shell.output.aside(text.get(language));
        }
        if shell.output.asks(language.either("同意吗？(y/n) ", "Do you agree? (y/n) "))? {
            shell.app.give_consent(person, purpose)?;
        }
    }
    Ok(())
}

fn document(state: &ConsentState) -> Value {
    json!({
        "purpose": state.purpose.purpose.name(),
        "version": state.purpose.version,
        "needed": state.purpose.needed,
        "given": state.given,
        "given_at": state.given_at,
        "given_version": state.given_version,
        "withdrawn_at": state.withdrawn_at,
    })
}

fn page(states: &[ConsentState], language: Language) -> Page {
    let mut page = Page::new();
    for state in states {
        page.heading(&format!("{} ({})", state.purpose.title.get(language), state.purpose.purpose.name()));
        page.line(state.purpose.explanation.get(language));
        page.line(state.purpose.without.get(language));
        page.item(&match (state.given, state.given_at, state.withdrawn_at, language) {
            (true, Some(at), _, Language::Zh) => format!("{}已同意", time(at, language)),
            (true, Some(at), _, Language::En) => format!("agreed on {}", time(at, language)),
            (_, _, Some(at), Language::Zh) => format!("{}已收回，不再发送", time(at, language)),
            (_, _, Some(at), Language::En) => {
                format!("taken back on {}; nothing is sent any more", time(at, language))
            }
            _ => language.either("还没有同意", "not agreed to").to_owned(),
        });
    }
    page.line(language.either(
        "同意：citizen consent give；收回：citizen consent withdraw PURPOSE",
        "To agree: citizen consent give; to take it back: citizen consent withdraw PURPOSE",
    ));
    page
}
