//! `citizen login`: signs in through the city's own pages, in a browser or, for scripts, without one.

use std::io::IsTerminal;
use std::process::{Command, Stdio};
use std::time::Duration;

use citizen_api::Language;
use citizen_core::session::LoginAttempt;
use citizen_core::{PersonId, PersonState};
use clap::Args;
use serde_json::json;
use url::Url;

use super::consent;
use crate::failure::Failure;
use crate::output::words::Either;
use crate::output::{Page, Report};
use crate::shell::Shell;
use crate::sign_in::{Credentials, Loopback, walk};

/// How long a browser is waited for.
const PATIENCE: Duration = Duration::from_secs(600);

/// 登录：在浏览器里用身份证号和验证码 ‖ Sign in, with ID number and code, in the browser
#[derive(Args)]
pub(crate) struct Arguments {
    /// 不用浏览器，给脚本用 ‖ Without a browser, for scripts
    #[arg(long, requires = "id", requires = "code")]
    headless: bool,
    /// 身份证号（配合 --headless） ‖ ID number (with --headless)
    #[arg(long, value_name = "ID", requires = "headless")]
    id: Option<String>,
    /// 收到的验证码（配合 --headless） ‖ The one-time code (with --headless)
    #[arg(long, value_name = "CODE", requires = "headless")]
    code: Option<String>,
    /// 浏览器回来时用的本机端口，0 为任意 ‖ Port on this machine that the browser comes back to; 0 for any
    #[arg(long, value_name = "PORT", default_value_t = 0, hide_default_value = true)]
    port: u16,
    /// 只打印网址，不打开浏览器 ‖ Print the address, open no browser
    #[arg(long)]
    no_browser: bool,
}

pub(crate) async fn run(shell: &Shell, arguments: &Arguments) -> Result<Report, Failure> {
    let person = match shell.person() {
        Ok(person) => Some(person),
        Err(Failure::Nobody) => None,
        Err(failure) => return Err(failure),
    };
    consent::ask(shell, person)?;
    // Whose data do not open any more chooses a PIN anew.
    let opens = person.map(|person| opens(shell, person)).transpose()?.unwrap_or_default();
    sign_in(shell, arguments, person.filter(|_| opens)).await
}

/// Signs in somebody who has no data here yet, and chooses a PIN.
pub(crate) async fn add(shell: &Shell, arguments: &Arguments) -> Result<Report, Failure> {
    sign_in(shell, arguments, None).await
}

/// Whether a PIN opens somebody's data.
fn opens(shell: &Shell, person: PersonId) -> Result<bool, Failure> {
    let earlier = shell.app.people()?.iter().any(|known| known.person_id == person && known.earlier);
    let state = shell.app.person_state(person)?;
    Ok(!earlier && !matches!(state, PersonState::PinUsedUp(_) | PersonState::KeyMissing(_)))
}

/// Signs in: a person who has data here and goes on, or somebody who begins.
async fn sign_in(shell: &Shell, arguments: &Arguments, known: Option<PersonId>) -> Result<Report, Failure> {
    let language = shell.language();
    let loopback = Loopback::open(arguments.port).await?;
    let redirect = loopback.redirect().clone();
    let attempt = shell.app.begin_login_of(known, redirect.as_str(), language).await?;
    // Asked before the sign-in, so that the code that comes back is used while it is young.
    let pin = if known.is_some() { shell.known_pin()? } else { shell.new_pin()? };
    let redirected = match (arguments.headless, &arguments.id, &arguments.code) {
        (true, Some(id), Some(code)) => {
            let credentials = Credentials { id_number: id.clone().into(), code: code.clone().into() };
            walk(&attempt.url, &redirect, &credentials, language).await?
        }
        _ => in_browser(shell, arguments, &attempt, loopback).await?,
    };
    let compartment = match known {
        Some(person) => shell.app.complete_login_of(person, attempt, &redirected, &pin).await?,
        None => shell.app.complete_login(attempt, &redirected, &pin).await?,
    };
    let person = compartment.person_id();
    let label = compartment.label()?;
    let mut page = Page::new();
    page.line(&match language {
        Language::Zh => format!("{label}，您已登录。"),
        Language::En => format!("Signed in as {label}."),
    });
    page.item(language.either("看医保余额：citizen balance", "Insurance balance: citizen balance"));
    page.item(language.either("查看全部命令：citizen --help", "All commands: citizen --help"));
    Ok(Report::done(json!({ "person_id": person, "label": label }), page))
}

async fn in_browser(
    shell: &Shell,
    arguments: &Arguments,
    attempt: &LoginAttempt,
    loopback: Loopback,
) -> Result<Url, Failure> {
    let (output, language) = (shell.output, shell.language());
    let opened = !arguments.no_browser && open(&attempt.url);
    output.aside(match opened {
        true => language.either(
            "已打开浏览器。没有打开的话，请自己打开这个网址：",
            "Your browser is open. If it is not, open this address:",
        ),
        false => {
            language.either("请在浏览器里打开这个网址登录：", "Open this address in your browser to sign in:")
        }
    });
    output.aside(&format!("\n  {}\n", attempt.url));
    output.aside(language.either(
        "登录后会自动回到这里。不想登录了，按 Ctrl-C。",
        "You are brought back here when you have signed in. To give up, press Ctrl-C.",
    ));
    tokio::time::timeout(PATIENCE, loopback.wait(language)).await.map_err(|_| Failure::NobodyCameBack)?
}

/// Opens a person's browser, where there is a person and a screen.
fn open(url: &Url) -> bool {
    let has_screen = ["DISPLAY", "WAYLAND_DISPLAY"].iter().any(|name| std::env::var_os(name).is_some());
    let opener = match std::env::consts::OS {
        "macos" => "open",
        _ if has_screen => "xdg-open",
        _ => return false,
    };
    let mut command = Command::new(opener);
    command.arg(url.as_str()).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    std::io::stderr().is_terminal() && command.spawn().is_ok()
}
