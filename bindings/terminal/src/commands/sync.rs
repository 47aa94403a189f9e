//! `citizen sync`: sends the outbox, then fetches what is new; with `--follow` it goes on until it is stopped.

use std::sync::{Mutex, PoisonError};

use citizen_api::Language;
use citizen_core::outbox::SendReport;
use citizen_core::sync::SyncReport;
use citizen_core::{Compartment, Error, ErrorKind};
use clap::Args;
use serde_json::json;

use super::send::{Sent, send};
use crate::failure::Failure;
use crate::output::words::Either;
use crate::output::{Page, Report, Status, time};
use crate::shell::Shell;

/// 先发出等着的，再收新消息 ‖ Send what waits, then fetch what is new
#[derive(Args)]
pub(crate) struct Arguments {
    /// 一直等着，有新消息就收，直到按 Ctrl-C ‖ Keep watching until Ctrl-C
    #[arg(long)]
    pub(crate) follow: bool,
}

pub(crate) async fn run(shell: &Shell, arguments: &Arguments) -> Result<Report, Failure> {
    if shell.app.current_person()?.is_none() {
        let catalogue = shell.app.pull_catalogue().await?;
        return Ok(anonymous(shell, catalogue.version));
    }
    let compartment = shell.unlocked()?;
    let mut sent = send(shell, &compartment).await?;
    // What was written for others goes the same way.
    for represented in compartment.mandates().represented()? {
        let theirs = compartment.mandates().open_represented(represented.person_id)?;
        sent = sent.beside(send(shell, &theirs).await?);
    }
    let mut round = match fetch(shell, &compartment).await {
        Ok(pulled) => Round { sent, pulled, missed: None },
        // Without a network there is still something to say where something waits for it.
        Err(error) if error.kind() == ErrorKind::Waiting && (arguments.follow || sent.is_left()) => {
            Round { sent, pulled: SyncReport::default(), missed: Some(error) }
        }
        Err(error) => return Err(error.into()),
    };
    if arguments.follow {
        round = follow(shell, &compartment, round).await?;
    }
    Ok(report(shell, &round, shell.app.services().version()?))
}

/// One sending and one fetching.
struct Round {
    sent: Sent,
    pulled: SyncReport,
    /// Why nothing could be fetched.
    missed: Option<Error>,
}

/// Fetches what is new for the person, and then what is new for everyone.
async fn fetch(shell: &Shell, compartment: &Compartment) -> Result<SyncReport, Error> {
    let pulled = compartment.sync().pull().await?;
    shell.app.pull_catalogue().await?;
    Ok(pulled)
}

/// Goes on until Ctrl-C: fetches whenever the city says that there is something, and tries again and again to send
/// what waits. What the network does meanwhile is no failure; it is waited out.
async fn follow(shell: &Shell, compartment: &Compartment, first: Round) -> Result<Round, Failure> {
    let (output, language) = (shell.output, shell.language());
    output.line(&summary(&first, language))?;
    output
        .line(language.either("在等新消息。按 Ctrl-C 停下。", "Waiting for news. Press Ctrl-C to stop."))?;
    let (fetched, sent) = (Mutex::new(0), Mutex::new(Sent::default()));
    let tell = |pulled: &SyncReport| {
        *fetched.lock().unwrap_or_else(PoisonError::into_inner) += pulled.changes;
        // A line that cannot be printed must not end the following.
        let _ = output.line(&stamped(&news(pulled.changes, language), language));
    };
    let stop = async { drop(tokio::signal::ctrl_c().await) };
    let sync = compartment.sync();
    tokio::select! {
        ended = sync.follow(stop, tell) => ended?,
        failed = keep_sending(shell, compartment, &sent, std::future::pending()) => failed?,
    }
    let mut whole = first;
    whole.pulled.changes += fetched.into_inner().unwrap_or_else(PoisonError::into_inner);
    whole.sent = whole.sent.and(sent.into_inner().unwrap_or_else(PoisonError::into_inner));
    Ok(whole)
}

/// Sends what waits, as soon as it can be sent. Ends only by a failure that waiting cannot mend.
async fn keep_sending(
    shell: &Shell,
    compartment: &Compartment,
    whole: &Mutex<Sent>,
    stop: impl Future<Output = ()>,
) -> Result<(), Error> {
    let tell = |report: &SendReport| {
        let sent = Sent { report: *report, ..Sent::default() };
        // A line that cannot be printed must not end the following.
        let _ = shell.output.line(&stamped(&sent_words(&sent, shell.language()), shell.language()));
        let mut whole = whole.lock().unwrap_or_else(PoisonError::into_inner);
        *whole = std::mem::take(&mut *whole).and(sent);
    };
    compartment.outbox().keep_sending(stop, &|_| (), tell).await
}

fn stamped(words: &str, language: Language) -> String {
    format!("{}  {words}", time(jiff::Timestamp::now(), language))
}

fn anonymous(shell: &Shell, version: u64) -> Report {
    let language = shell.language();
    let mut page = Page::new();
    page.line(language.either(
        "事项目录和验证证件用的公钥已更新。登录后还能收发您自己的内容。",
        "The catalogue and the keys for checking cards are up to date. Sign in to send and fetch what is yours.",
    ));
    let document = json!({
        "sent": 0, "waiting": 0, "blocked": 0, "changes": 0,
        "catalogue_version": version, "bytes_sent": 0, "requests_repeated": 0,
    });
    Report::done(document, page)
}

fn report(shell: &Shell, round: &Round, version: u64) -> Report {
    let mut page = Page::new();
    page.line(&summary(round, shell.language()));
    let SendCounts { sent, waiting, blocked } = SendCounts::of(&round.sent);
    let document = json!({
        "sent": sent,
        "waiting": waiting,
        "blocked": blocked,
        "changes": round.pulled.changes,
        "catalogue_version": version,
        "bytes_sent": round.sent.bytes,
        "requests_repeated": round.sent.repeated,
    });
    Report::done(document, page).with_status(status(&round.sent))
}

/// What a sending alone came to.
pub(crate) fn sent_report(shell: &Shell, sent: &Sent) -> Report {
    let mut page = Page::new();
    page.line(&sent_words(sent, shell.language()));
    let SendCounts { sent: done, waiting, blocked } = SendCounts::of(sent);
    let document = json!({
        "sent": done,
        "waiting": waiting,
        "blocked": blocked,
        "bytes_sent": sent.bytes,
        "requests_repeated": sent.repeated,
    });
    Report::done(document, page).with_status(status(sent))
}

struct SendCounts {
    sent: usize,
    waiting: usize,
    blocked: usize,
}

impl SendCounts {
    fn of(sent: &Sent) -> Self {
        Self { sent: sent.report.sent, waiting: sent.report.waiting, blocked: sent.report.blocked }
    }
}

fn status(sent: &Sent) -> Status {
    let counts = SendCounts::of(sent);
    match (counts.blocked, counts.waiting) {
        (0, 0) => Status::Done,
        (0, _) => Status::Waiting,
        (_, _) => Status::Refused,
    }
}

fn summary(round: &Round, language: Language) -> String {
    let news = match &round.missed {
        Some(error) => error.reason(language),
        None => news(round.pulled.changes, language),
    };
    match language {
        Language::Zh => format!("{}{news}", sent_words(&round.sent, language)),
        Language::En => format!("{} {news}", sent_words(&round.sent, language)),
    }
}

fn news(changes: usize, language: Language) -> String {
    match (changes, language) {
        (0, Language::Zh) => "没有新消息。".to_owned(),
        (changes, Language::Zh) => format!("收到 {changes} 条新消息。"),
        (0, Language::En) => "Nothing new.".to_owned(),
        (1, Language::En) => "One thing is new.".to_owned(),
        (changes, Language::En) => format!("{changes} things are new."),
    }
}

fn sent_words(sent: &Sent, language: Language) -> String {
    let SendCounts { sent, waiting, blocked } = SendCounts::of(sent);
    let parts: Vec<String> = match language {
        Language::Zh => [(sent, "发出"), (waiting, "还在等"), (blocked, "没被接受、要您看一下的有")]
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, words)| format!("{words} {count} 项"))
            .collect(),
        Language::En => [(sent, "sent"), (waiting, "waiting"), (blocked, "not taken, please look")]
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, words)| format!("{count} {words}"))
            .collect(),
    };
    match (parts.is_empty(), language) {
        (true, _) => language.either("没有要发的。", "Nothing to send.").to_owned(),
        (false, Language::Zh) => format!("{}。", parts.join(",")),
        (false, Language::En) => format!("{}.", parts.join(", ")),
    }
}
