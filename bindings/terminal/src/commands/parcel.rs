//! `citizen parcel`: where parcels are, and sending one elsewhere.

use citizen_api::delivery::DeliverTo;
use citizen_api::{DeliveryId, Language};
use citizen_core::Compartment;
use citizen_core::delivery::DeliveryView;
use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::send::told;
use crate::failure::{Failure, Thing};
use crate::output::words::{self, Either};
use crate::output::{Page, Report, Side, time};
use crate::prefix::{self, Named, short};
use crate::shell::Shell;

#[derive(Subcommand)]
pub(crate) enum Command {
    /// 全部快递 ‖ All parcels
    List,
    /// 一个快递到哪里了 ‖ Where a parcel is
    Show {
        /// 哪个快递（编号的开头或末尾） ‖ Which parcel (the beginning or end of its name)
        #[arg(value_name = "PARCEL")]
        parcel: String,
    },
    /// 改地址：快递员取走以前都可以改，没有网络也行 ‖ Send it elsewhere, until the courier has it; works without a network
    Redirect(Redirect),
}

#[derive(Args)]
pub(crate) struct Redirect {
    /// 哪个快递（编号的开头或末尾） ‖ Which parcel (the beginning or end of its name)
    #[arg(value_name = "PARCEL")]
    parcel: String,
    #[command(flatten)]
    to: Address,
    /// 还是寄到登记的住址 ‖ To the registered address after all
    #[arg(long, conflicts_with_all = ["name", "phone", "address"])]
    registered: bool,
}

#[derive(Args)]
pub(crate) struct Address {
    /// 收件人 ‖ Who receives it
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// 手机号 ‖ A mobile number
    #[arg(long, value_name = "NUMBER")]
    phone: Option<String>,
    /// 详细地址 ‖ Where to
    #[arg(long, value_name = "TEXT")]
    address: Option<String>,
}

impl Address {
    /// Where it shall go; none where nothing was said.
    pub(super) fn to(&self) -> Option<DeliverTo> {
        let Self { name, phone, address } = self;
        if name.is_none() && phone.is_none() && address.is_none() {
            return None;
        }
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        Some(DeliverTo::Address { name: text(name), phone: text(phone), address: text(address) })
    }
}

pub(crate) async fn run(shell: &Shell, command: &Command) -> Result<Report, Failure> {
    let compartment = shell.unlocked()?;
    let language = shell.language();
    match command {
        Command::List => list(shell, &compartment),
        Command::Show { parcel } => {
            let view = view(&compartment, parcel)?;
            Ok(Report::done(document(&view, language), page(&view, language)))
        }
        Command::Redirect(Redirect { parcel, to, registered }) => {
            let delivery_id = view(&compartment, parcel)?.delivery.delivery_id;
            let to = match registered {
                true => DeliverTo::Registered,
                // What is missing is said by the core.
                false => to.to().unwrap_or(DeliverTo::Address {
                    name: String::new(),
                    phone: String::new(),
                    address: String::new(),
                }),
            };
            let transaction_id = compartment.deliveries().redirect(delivery_id, &to)?;
            let done = language.either("改好了，会寄到新地址。", "It goes to the new address.");
            told(shell, &compartment, transaction_id, done).await
        }
    }
}

fn view(compartment: &Compartment, typed: &str) -> Result<DeliveryView, Failure> {
    let parcels = compartment.deliveries().list()?;
    let names = parcels.iter().map(|view| Named::of(view.delivery.delivery_id));
    let delivery_id: DeliveryId = prefix::find(Thing::Parcel, typed, names)?;
    compartment.deliveries().show(delivery_id)?.ok_or(Failure::Core(citizen_core::Error::UnknownParcel))
}

fn list(shell: &Shell, compartment: &Compartment) -> Result<Report, Failure> {
    let parcels = compartment.deliveries().list()?;
    let language = shell.language();
    let mut page = Page::new();
    if parcels.is_empty() {
        page.line(language.either("还没有快递。", "There is no parcel."));
    }
    for view in &parcels {
        let parcel = &view.delivery;
        let state = words::delivery(parcel.status, language);
        page.line(&format!("{}  {} · {state}", short(parcel.delivery_id), parcel.content.get(language)));
    }
    let documents: Vec<Value> = parcels.iter().map(|view| document(view, language)).collect();
    Ok(Report::done(json!({ "parcels": documents }), page))
}

fn document(view: &DeliveryView, language: Language) -> Value {
    let parcel = &view.delivery;
    json!({
        "delivery_id": parcel.delivery_id,
        "content": parcel.content.get(language),
        "to": parcel.to,
        "status": parcel.status,
        "tracking_number": parcel.tracking_number,
        "events": parcel.events,
        "can_redirect": view.can_redirect,
        "redirecting": view.redirecting.as_ref().map(|redirecting| json!({
            "transaction_id": redirecting.transaction_id,
            "to": redirecting.to,
            "refused": redirecting.refused.as_ref().map(|reason| reason.get(language)),
        })),
    })
}

fn page(view: &DeliveryView, language: Language) -> Page {
    let parcel = &view.delivery;
    let mut page = Page::new();
    let state = words::delivery(parcel.status, language);
    page.line(&format!("{} · {state}", parcel.content.get(language)));
    page.facts(&[
        (language.either("寄到", "To"), address(&parcel.to, language)),
        (language.either("单号", "Number"), parcel.tracking_number.clone()),
    ]);
    let rows: Vec<Vec<String>> = parcel
        .events
        .iter()
        .map(|event| {
            let note = event.note.as_ref().map(|note| note.get(language).to_owned()).unwrap_or_default();
            vec![time(event.at, language), words::delivery(event.status, language).to_owned(), note]
        })
        .collect();
    page.table(&[Side::Left, Side::Left, Side::Left], &rows);
    if let Some(redirecting) = &view.redirecting {
        let to = address(&redirecting.to, language);
        page.item(&match (&redirecting.refused, language) {
            (Some(reason), Language::Zh) => format!("改寄到 {to} 没被接受：{}", reason.zh),
            (Some(reason), Language::En) => format!("Sending it to {to} was not taken: {}", reason.en),
            (None, Language::Zh) => format!("改寄到 {to}，还没发出。"),
            (None, Language::En) => format!("To {to} instead; not sent yet."),
        });
    }
    page
}

/// Where a parcel goes, in words.
pub(super) fn address(to: &DeliverTo, language: Language) -> String {
    match to {
        DeliverTo::Registered => language.either("登记的住址", "your registered address").to_owned(),
        DeliverTo::Address { name, phone, address } => format!("{name} {phone} {address}"),
    }
}
