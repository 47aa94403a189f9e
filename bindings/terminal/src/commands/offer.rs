//! `citizen offer`: what the city has found before anyone asked, and what the person says to it.

use citizen_api::{Language, OfferId};
use citizen_core::Compartment;
use citizen_core::offer::{OfferView, SaidWhat};
use clap::Subcommand;
use serde_json::{Value, json};

use super::send::told;
use crate::failure::{Failure, Thing};
use crate::output::words::{self, Either};
use crate::output::{Page, Report, date};
use crate::prefix::{self, Named, short};
use crate::shell::Shell;

#[derive(Subcommand)]
pub(crate) enum Command {
    /// 全部主动办理的事 ‖ Everything that was found
    List,
    /// 为什么是我、用了什么数据、接下来怎样 ‖ Why me, by which data, what happens next
    Show {
        /// 哪一项（编号的开头或末尾） ‖ Which one (the beginning or end of its name)
        #[arg(value_name = "OFFER")]
        offer: String,
    },
    /// 不要：做好的收回，以后也不再主动办。没有网络也行 ‖ I do not want it: what was made is taken back, and it is not found again. Works without a network
    Decline {
        /// 哪一项（编号的开头或末尾） ‖ Which one (the beginning or end of its name)
        #[arg(value_name = "OFFER")]
        offer: String,
    },
    /// 数据有误：先不寄，等核实。没有网络也行 ‖ The data is wrong: nothing is sent until it was looked into. Works without a network
    Dispute {
        /// 哪一项（编号的开头或末尾） ‖ Which one (the beginning or end of its name)
        #[arg(value_name = "OFFER")]
        offer: String,
        /// 哪里不对、应该是什么 ‖ What is wrong, and what is right
        #[arg(long, value_name = "TEXT")]
        note: String,
    },
}

pub(crate) async fn run(shell: &Shell, command: &Command) -> Result<Report, Failure> {
    let compartment = shell.unlocked()?;
    let language = shell.language();
    match command {
        Command::List => list(shell, &compartment),
        Command::Show { offer } => {
            let view = compartment.offers().show(find(&compartment, offer)?)?;
            Ok(Report::done(document(&view, language), page(&view, language)))
        }
        Command::Decline { offer } => {
            let transaction_id = compartment.offers().decline(find(&compartment, offer)?)?;
            let done = language.either(
                "好的，不办了。做好的已收回，以后也不再主动办这一项。",
                "It is declined. What was made is taken back, and this is not found again.",
            );
            told(shell, &compartment, transaction_id, done).await
        }
        Command::Dispute { offer, note } => {
            let transaction_id = compartment.offers().dispute(find(&compartment, offer)?, note)?;
            let done = language.either(
                "收到了。核实以前不寄出，结果会发到手机上。",
                "The city has it. Nothing is sent until it was looked into; the answer comes to this phone.",
            );
            told(shell, &compartment, transaction_id, done).await
        }
    }
}

fn find(compartment: &Compartment, typed: &str) -> Result<OfferId, Failure> {
    let offers = compartment.offers().list()?;
    prefix::find(Thing::Offer, typed, offers.iter().map(|view| Named::of(view.offer.offer_id)))
}

fn list(shell: &Shell, compartment: &Compartment) -> Result<Report, Failure> {
    let offers = compartment.offers().list()?;
    let language = shell.language();
    let mut page = Page::new();
    if offers.is_empty() {
        page.line(language.either("还没有主动办理的事。", "Nothing has been found yet."));
    }
    for view in &offers {
        let offer = &view.offer;
        let state = words::offer(offer.status, language);
        page.line(&format!("{}  {} · {state}", short(offer.offer_id), offer.title.get(language)));
        if let Some(said) = said(view, language) {
            page.item(&said);
        }
    }
    let documents: Vec<Value> = offers.iter().map(|view| document(view, language)).collect();
    Ok(Report::done(json!({ "offers": documents }), page))
}

/// What the person has said and the city is not known to have.
fn said(view: &OfferView, language: Language) -> Option<String> {
    let said = view.said.as_ref()?;
    let what = match said.what {
        SaidWhat::Declined => language.either("您说不要", "You declined it"),
        SaidWhat::Disputed => language.either("您说数据有误", "You say that it is wrong"),
    };
    Some(match (&said.refused, language) {
        (Some(reason), Language::Zh) => format!("{what}，没被接受：{}", reason.zh),
        (Some(reason), Language::En) => format!("{what}, which was not taken: {}", reason.en),
        (None, Language::Zh) => format!("{what}，还没发出。"),
        (None, Language::En) => format!("{what}; not sent yet."),
    })
}

fn document(view: &OfferView, language: Language) -> Value {
    let offer = &view.offer;
    json!({
        "offer_id": offer.offer_id,
        "rule_id": offer.rule_id,
        "service_id": offer.service_id,
        "title": offer.title.get(language),
        "reason": offer.reason.get(language),
        "next": offer.next.get(language),
        "by": offer.by.get(language),
        "legal_ground": offer.legal_ground.get(language),
        "data": {
            "register": offer.data.title.get(language),
            "item": offer.data.item.title.get(language),
            "value": offer.data.value,
        },
        "made_on": offer.made_on,
        "status": offer.status,
        "can_decline": offer.can_decline,
        "credential_id": offer.credential_id,
        "delivery_id": offer.delivery_id,
        "begins_service": offer.begins_service,
        "answer": offer.answer.as_ref().map(|answer| answer.get(language)),
        "said": view.said.as_ref().map(|said| json!({
            "what": said.what,
            "transaction_id": said.transaction_id,
            "refused": said.refused.as_ref().map(|reason| reason.get(language)),
        })),
    })
}

fn page(view: &OfferView, language: Language) -> Page {
    let offer = &view.offer;
    let mut page = Page::new();
    let state = words::offer(offer.status, language);
    page.line(&format!("{} · {state}", offer.title.get(language)));
    let data = format!(
        "{} · {} · {}",
        offer.data.title.get(language),
        offer.data.item.title.get(language),
        date(offer.data.value, language)
    );
    page.facts(&[
        (language.either("为什么是您", "Why you"), offer.reason.get(language).to_owned()),
        (language.either("用了什么数据", "Which data"), data),
        (language.either("谁查的", "Who looked"), offer.by.get(language).to_owned()),
        (language.either("依据", "By which law"), offer.legal_ground.get(language).to_owned()),
        (language.either("接下来", "What is next"), offer.next.get(language).to_owned()),
    ]);
    if let Some(answer) = &offer.answer {
        page.item(answer.get(language));
    }
    if let Some(said) = said(view, language) {
        page.item(&said);
    }
    if offer.status.is_open() && view.said.is_none() {
        ways_out(&mut page, view, language);
    }
    page
}

fn ways_out(page: &mut Page, view: &OfferView, language: Language) {
    let offer = &view.offer;
    let name = short(offer.offer_id);
    if offer.begins_service {
        let command = format!("citizen draft new {}", offer.service_id);
        page.item(&format!("{}{command}", language.either("去办理：", "Begin it: ")));
    }
    if offer.can_decline {
        page.item(&format!("{}citizen offer decline {name}", language.either("不要：", "Decline: ")));
    }
    page.item(&format!(
        "{}citizen offer dispute {name} --note …",
        language.either("数据有误：", "The data is wrong: ")
    ));
    if let Some(delivery_id) = offer.delivery_id {
        let command = format!("citizen parcel redirect {} …", short(delivery_id));
        page.item(&format!("{}{command}", language.either("改地址：", "Another address: ")));
    }
}
