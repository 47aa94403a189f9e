//! `citizen status`: who is here, whether they are signed in, what waits, and how old everything is.

use citizen_api::Language;
use citizen_core::session::SessionStatus;
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::failure::Failure;
use crate::keyring;
use crate::output::words::Either;
use crate::output::{Page, Report, age, time};
use crate::shell::Shell;

/// What can be told of an opened person.
struct Opened {
    session: SessionStatus,
    waiting: usize,
    last_pulled_at: Option<Timestamp>,
}

pub(crate) fn run(shell: &Shell) -> Result<Report, Failure> {
    let people = shell.app.people()?;
    let current = match people.is_empty() {
        true => None,
        false => Some(shell.person()?),
    };
    let opened = current.map(|_| open(shell)).transpose()?;
    let documents: Vec<Value> =
        people.iter().map(|person| json!({ "person_id": person.person_id, "label": person.label })).collect();
    let label =
        people.iter().find(|person| Some(person.person_id) == current).map(|person| person.label.as_str());
    let remembered = current.is_some_and(|person| keyring::recall(&shell.folder, person).is_some());
    let document = json!({
        "people": documents,
        "current": current,
        "unlock_remembered": remembered,
        "session": opened.as_ref().map_or("signed_out", |opened| session_name(&opened.session)),
        "outbox_waiting": opened.as_ref().map_or(0, |opened| opened.waiting),
        "last_pulled_at": opened.as_ref().and_then(|opened| opened.last_pulled_at),
        "data": shell.folder,
    });
    Ok(Report::done(document, page(shell, label, opened.as_ref(), remembered)))
}

fn open(shell: &Shell) -> Result<Opened, Failure> {
    let compartment = shell.unlocked()?;
    Ok(Opened {
        session: compartment.session().status()?,
        waiting: compartment.outbox().list()?.len(),
        last_pulled_at: compartment.sync().status()?.last_pulled_at,
    })
}

fn session_name(session: &SessionStatus) -> &'static str {
    match session {
        SessionStatus::SignedIn { .. } => "signed_in",
        SessionStatus::Expired => "expired",
        SessionStatus::SignedOut => "signed_out",
    }
}

fn page(shell: &Shell, label: Option<&str>, opened: Option<&Opened>, remembered: bool) -> Page {
    let language = shell.language();
    let mut page = Page::new();
    let (Some(label), Some(opened)) = (label, opened) else {
        page.line(language.either("这里还没有人登录过。", "Nobody has signed in here yet."));
        page.item(language.either("登录：citizen login", "To sign in: citizen login"));
        page.item(&shell.folder.display().to_string());
        return page;
    };
    let waiting = match (opened.waiting, language) {
        (0, _) => language.either("都发出去了", "everything is sent").to_owned(),
        (waiting, Language::Zh) => format!("{waiting} 项等着发出(citizen outbox)"),
        (waiting, Language::En) => format!("{waiting} to be sent (citizen outbox)"),
    };
    let pulled = match opened.last_pulled_at {
        Some(moment) => age(moment, Timestamp::now()).words(moment, language),
        None => language.either("还没有(citizen sync)", "never (citizen sync)").to_owned(),
    };
    let lock = match remembered {
        true => language
            .either("暂时不用输(citizen lock 可锁上)", "not asked for at the moment (citizen lock locks)"),
        false => language.either("每条命令都要输", "asked for by each command"),
    };
    page.facts(&[
        (language.either("用的人", "Person"), label.to_owned()),
        (language.either("登录", "Session"), session_words(&opened.session, language)),
        (language.either("解锁码", "PIN"), lock.to_owned()),
        (language.either("发件箱", "Outbox"), waiting),
        (language.either("上次收消息", "Last fetched"), pulled),
        (language.either("数据文件夹", "Data folder"), shell.folder.display().to_string()),
    ]);
    page
}

fn session_words(session: &SessionStatus, language: Language) -> String {
    match (session, language) {
        (SessionStatus::SignedIn { until }, Language::Zh) => {
            format!("已登录（到 {} 自动续）", time(*until, language))
        }
        (SessionStatus::SignedIn { until }, Language::En) => {
            format!("signed in (renewed by itself at {})", time(*until, language))
        }
        (SessionStatus::Expired, _) => language
            .either(
                "已过期；能看能写，登录后会接着发(citizen login)",
                "ended; reading and writing go on, sending goes on after citizen login",
            )
            .to_owned(),
        (SessionStatus::SignedOut, _) => {
            language.either("没有登录(citizen login)", "signed out (citizen login)").to_owned()
        }
    }
}
