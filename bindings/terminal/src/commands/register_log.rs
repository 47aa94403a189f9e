//! `citizen register-log`: who asked for my data, what for, and by which law.

use citizen_api::Language;
use citizen_api::register::RegisterRead;
use citizen_core::ErrorKind;
use citizen_core::register_log::RegisterLogView;
use serde_json::json;

use crate::failure::Failure;
use crate::output::words::Either;
use crate::output::{Page, Report, age, time};
use crate::shell::Shell;

pub(crate) async fn run(shell: &Shell) -> Result<Report, Failure> {
    let log = shell.unlocked()?.register_log();
    let (view, fresh) = match log.refresh().await {
        Ok(view) => (view, true),
        Err(error) if error.kind() == ErrorKind::Waiting => (log.list()?, false),
        Err(error) => return Err(error.into()),
    };
    let document =
        json!({ "entries": view.entries, "fetched_at": view.fetched_at, "fresh": fresh, "unbroken": true });
    Ok(Report::done(document, page(&view, jiff::Timestamp::now(), shell.language())))
}

fn page(view: &RegisterLogView, now: jiff::Timestamp, language: Language) -> Page {
    let mut page = Page::new();
    let Some(fetched_at) = view.fetched_at else {
        page.line(language.either(
            "还没有取到过查询记录，请连上网再看。",
            "The log was never fetched; look again with a network.",
        ));
        return page;
    };
    if view.entries.is_empty() {
        page.line(language.either("还没有人查过您的资料。", "Nobody has read your records yet."));
    }
    for entry in &view.entries {
        reading(&mut page, entry, language);
    }
    let fetched = age(fetched_at, now).words(fetched_at, language);
    page.heading(&match language {
        Language::Zh => format!("{fetched}取得，与以前留存的记录一条不差。"),
        Language::En => format!("Fetched {fetched}; it continues what was kept before, entry by entry."),
    });
    page.item(language.either(
        "觉得不该查：citizen grievance new --reading 编号",
        "To object: citizen grievance new --reading NUMBER",
    ));
    page
}

fn reading(page: &mut Page, entry: &RegisterRead, language: Language) {
    let (who, what, at) = (&entry.requester, &entry.title, time(entry.at, language));
    page.line(&match language {
        Language::Zh => format!("{}  {at}  {}查了{}", entry.sequence, who.zh, what.zh),
        Language::En => format!("{}  {at}  {} read the {}", entry.sequence, who.en, what.en),
    });
    page.item(entry.purpose.get(language));
    if !entry.legal_ground.zh.is_empty() {
        page.item(&format!("{}{}", language.either("依据：", "By law: "), entry.legal_ground.get(language)));
    }
    let items: Vec<&str> = entry.items.iter().map(|item| item.title.get(language)).collect();
    page.item(&match (items.is_empty(), language) {
        (true, Language::Zh) => "只问有没有记录".to_owned(),
        (true, Language::En) => "only whether there is a record".to_owned(),
        (false, Language::Zh) => format!("看了：{}", items.join("、")),
        (false, Language::En) => format!("items read: {}", items.join(", ")),
    });
}
