//! `citizen card`: a card of this person, shown and presented; a card of someone else, verified.

use std::io::Read;

use citizen_api::delivery::Delivery;
use citizen_api::{CredentialId, Language};
use citizen_core::Compartment;
use citizen_core::credential::{CardView, VerifiedCard};
use clap::Subcommand;
use serde_json::{Value, json};

use crate::failure::{Failure, Thing};
use crate::output::words::{self, Either};
use crate::output::{Page, Report, Side, date, qr, time};
use crate::prefix::{self, Named};
use crate::shell::Shell;

/// The longest code that is read; a QR code of the largest version holds less.
const LONGEST_CODE: u64 = 64 * 1024;

#[derive(Subcommand)]
pub(crate) enum Command {
    /// 看证件和快递进度 ‖ Show a card, and where its parcel is
    Show {
        /// 哪张证件（编号的开头或末尾） ‖ Which card (the beginning or end of its name)
        #[arg(value_name = "CARD")]
        card: String,
    },
    /// 出示二维码，一分钟内有效 ‖ Present it as a QR code, good for a minute
    Qr {
        /// 哪张证件（编号的开头或末尾） ‖ Which card (the beginning or end of its name)
        #[arg(value_name = "CARD")]
        card: String,
    },
    /// 验别人的证件：不用登录，不用联网 ‖ Verify someone's card: needs no sign-in and no network
    Verify {
        /// 二维码里的文字，写 - 则从标准输入读 ‖ The text of the QR code; - reads it from standard input
        #[arg(value_name = "TEXT", allow_hyphen_values = true)]
        text: String,
    },
}

pub(crate) fn run(shell: &Shell, command: &Command) -> Result<Report, Failure> {
    match command {
        Command::Show { card } => show(shell, card),
        Command::Qr { card } => present(shell, card),
        Command::Verify { text } => verify(shell, text),
    }
}

fn find(compartment: &Compartment, typed: &str) -> Result<CredentialId, Failure> {
    let cards = compartment.credentials().list()?;
    prefix::find(Thing::Card, typed, cards.iter().map(|card| Named::of(card.credential_id)))
}

fn show(shell: &Shell, typed: &str) -> Result<Report, Failure> {
    let compartment = shell.unlocked()?;
    let card = compartment.credentials().show(find(&compartment, typed)?)?;
    let language = shell.language();
    Ok(Report::done(document(&card, language), page(&card, language)))
}

fn document(card: &CardView, language: Language) -> Value {
    let CardView { offer, delivery, .. } = card;
    let delivery = delivery.as_ref().map(|delivery| {
        json!({
            "delivery_id": delivery.delivery_id,
            "status": delivery.status,
            "tracking_number": delivery.tracking_number,
            "events": delivery.events,
        })
    });
    json!({
        "credential_id": offer.credential_id,
        "kind": offer.kind,
        "title": offer.title.get(language),
        "name": card.name,
        "birth_date": card.birth_date,
        "card_number": card.card_number,
        "issued_on": offer.issued_on,
        "reason": offer.reason.get(language),
        "valid": offer.valid,
        "delivery": delivery,
    })
}

fn page(card: &CardView, language: Language) -> Page {
    let CardView { offer, delivery, .. } = card;
    let mut page = Page::new();
    let state = match offer.valid {
        true => language.either("有效", "valid"),
        false => language.either("已失效", "no longer valid"),
    };
    page.line(&format!("{} · {state}", offer.title.get(language)));
    page.facts(&[
        (language.either("姓名", "Name"), card.name.clone()),
        (language.either("出生日期", "Born on"), day(&card.birth_date, language)),
        (language.either("卡号", "Card number"), card.card_number.clone()),
        (language.either("发证日期", "Made on"), date(offer.issued_on, language)),
    ]);
    page.item(offer.reason.get(language));
    if let Some(delivery) = delivery {
        parcel(&mut page, delivery, language);
    }
    page
}

fn parcel(page: &mut Page, delivery: &Delivery, language: Language) {
    let status = words::delivery(delivery.status, language);
    page.heading(&match language {
        Language::Zh => format!("快递 · {status} · 单号 {}", delivery.tracking_number),
        Language::En => format!("Parcel · {status} · number {}", delivery.tracking_number),
    });
    let rows: Vec<Vec<String>> = delivery
        .events
        .iter()
        .map(|event| vec![time(event.at, language), words::delivery(event.status, language).to_owned()])
        .collect();
    page.table(&[Side::Left, Side::Left], &rows);
}

/// A day as a card carries it, in words.
fn day(written: &str, language: Language) -> String {
    written.parse().map_or_else(|_| written.to_owned(), |day| date(day, language))
}

fn present(shell: &Shell, typed: &str) -> Result<Report, Failure> {
    let compartment = shell.unlocked()?;
    let credential_id = find(&compartment, typed)?;
    let text = compartment.credentials().present(credential_id)?;
    let drawn = qr::draw(&text).ok_or(Failure::CodeTooLong)?;
    let language = shell.language();
    let mut page = Page::new();
    for line in &drawn.lines {
        match shell.output.is_watched() {
            true => page.verbatim(&qr::on_white(line)),
            false => page.verbatim(line),
        };
    }
    page.line(language.either(
        "请对方扫这个码验真，一分钟内有效，过后重新出示。",
        "Let the other side scan it within a minute; after that, show it anew.",
    ));
    page.line("").verbatim(&text);
    Ok(Report::done(json!({ "text": text, "qr_version": drawn.version }), page))
}

fn verify(shell: &Shell, typed: &str) -> Result<Report, Failure> {
    let text = match typed {
        "-" => {
            let mut text = String::new();
            std::io::stdin().take(LONGEST_CODE).read_to_string(&mut text)?;
            text
        }
        typed => typed.to_owned(),
    };
    // The alphabet of a code has a space in it: only the end of a line is none of it.
    let card = shell.app.verify_card(text.trim_end_matches(['\r', '\n']))?;
    let language = shell.language();
    let page = verified_page(&card, language);
    let document = json!({
        "valid": true,
        "kind": card.kind,
        "title": words::card(card.kind, language),
        "name": card.name,
        "birth_date": card.birth_date,
        "card_number": card.card_number,
        "status_as_of": card.status_as_of,
    });
    Ok(Report::done(document, page))
}

fn verified_page(card: &VerifiedCard, language: Language) -> Page {
    let mut page = Page::new();
    page.line(language.either(
        "真的：城市签发，本人出示。请核对是不是本人。",
        "Genuine: issued by the city, shown by its holder. Check that it is this person.",
    ));
    page.facts(&[
        (language.either("证件", "Card"), words::card(card.kind, language).to_owned()),
        (language.either("姓名", "Name"), card.name.clone()),
        (language.either("出生日期", "Born on"), day(&card.birth_date, language)),
        (language.either("卡号", "Card number"), card.card_number.clone()),
    ]);
    let as_of = time(card.status_as_of, language);
    page.item(&match language {
        Language::Zh => format!("截至 {as_of} 没有被注销"),
        Language::En => format!("Not revoked as of {as_of}"),
    });
    page
}
