//! `citizen cases`: everything that was filed, and who has the ball.

use citizen_api::Language;
use citizen_core::case::CaseSummary;
use serde_json::{Value, json};

use crate::failure::Failure;
use crate::output::words::{self, Either};
use crate::output::{Page, Report, date};
use crate::prefix::short;
use crate::shell::Shell;

pub(crate) fn run(shell: &Shell) -> Result<Report, Failure> {
    let language = shell.language();
    let cases = shell.unlocked()?.cases().list()?;
    let documents: Vec<Value> = cases
        .iter()
        .map(|case| {
            json!({
                "case_id": case.case_id,
                "service_id": case.service_id,
                "title": case.title.get(language),
                "status": case.status,
                "revision": case.revision,
                "received_at": case.received_at,
                "promised_by": case.promised_by,
                "needs_you": case.needs_you,
            })
        })
        .collect();
    Ok(Report::done(json!({ "cases": documents }), page(&cases, language)))
}

fn page(cases: &[CaseSummary], language: Language) -> Page {
    let mut page = Page::new();
    if cases.is_empty() {
        page.line(language.either(
            "还没有办件。提交一份申请后，进度会出现在这里。",
            "No cases yet. Once you file something, its progress shows here.",
        ));
        return page;
    }
    for case in cases {
        page.line(&format!(
            "{}  {} · {}",
            short(case.case_id),
            case.title.get(language),
            words::case_status(case.status, language)
        ));
        let next = words::case_next(case.status, language);
        page.item(&match (case.status.is_final(), language) {
            (true, _) => next.to_owned(),
            (false, Language::Zh) => format!("{next}承诺 {} 前办好。", date(case.promised_by, language)),
            (false, Language::En) => format!("{next} Promised by {}.", date(case.promised_by, language)),
        });
    }
    page
}
