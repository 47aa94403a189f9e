//! `citizen cards`: every card the city has made for this person.

use citizen_api::Language;
use citizen_core::credential::CardSummary;
use serde_json::{Value, json};

use crate::failure::Failure;
use crate::output::words::Either;
use crate::output::{Page, Report, date};
use crate::prefix::short;
use crate::shell::Shell;

pub(crate) fn run(shell: &Shell) -> Result<Report, Failure> {
    let language = shell.language();
    let cards = shell.unlocked()?.credentials().list()?;
    let documents: Vec<Value> = cards
        .iter()
        .map(|card| {
            json!({
                "credential_id": card.credential_id,
                "kind": card.offer.kind,
                "title": card.title.get(language),
                "issued_on": card.offer.issued_on,
                "valid": card.offer.valid,
                "ready": card.ready,
            })
        })
        .collect();
    Ok(Report::done(json!({ "cards": documents }), page(&cards, language)))
}

fn page(cards: &[CardSummary], language: Language) -> Page {
    let mut page = Page::new();
    if cards.is_empty() {
        page.line(language.either(
            "还没有证件。到了年龄，城市会主动给您办好，不用申请。",
            "No cards yet. When you come of age for one, the city makes it without being asked.",
        ));
        return page;
    }
    for card in cards {
        let state = match (card.offer.valid, card.ready) {
            (false, _) => language.either("已失效", "no longer valid"),
            (true, true) => language.either("有效", "valid"),
            (true, false) => language.either("联网后取到手机上", "comes to this phone with the next sync"),
        };
        page.line(&format!("{}  {} · {state}", short(card.credential_id), card.title.get(language)));
        page.item(&match language {
            Language::Zh => format!("{}发给您", date(card.offer.issued_on, language)),
            Language::En => format!("Made on {}", date(card.offer.issued_on, language)),
        });
    }
    page
}
