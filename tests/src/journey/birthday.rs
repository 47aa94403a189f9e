//! The 60th birthday: a card that was never asked for, and someone else who checks it without a network.

use citizen_api::DeliveryId;
use citizen_api::delivery::DeliveryStatus;

use super::{NAME, Stage};
use crate::failure::{ensure, ensure_eq};
use crate::phone::text;
use crate::{Failure, Outcome};

/// The day she turns 60.
const BIRTHDAY: &str = "2026-11-23";

/// The city finds her, makes the card, tells the phone, and sends the printed card to the door.
pub(super) fn receive_a_card_nobody_asked_for(stage: &Stage) -> Outcome<()> {
    ensure(stage.ledger()?.credentials.is_empty(), || "she has a card before her birthday".to_owned())?;
    stage.city.set_day(BIRTHDAY)?;
    stage.city.run_proactive()?;
    let again = stage.city.run_proactive()?;
    ensure_eq("cards made by a second run", &again.credentials_made, &0)?;
    stage.sync_until_settled()?;
    let cards = stage.phone.done(&["cards"])?;
    ensure_eq("cards on the phone", &cards["cards"].as_array().map_or(0, Vec::len), &1)?;
    let card = stage.phone.done(&["card", "show", text(&cards, "/cards/0/credential_id")?])?;
    stage.tell(
        format!("2026 年 11 月 23 日，她满 60 岁。手机上多了一张{}，她没有申请过。", text(&card, "/title")?),
        "On 23 November 2026 she turns 60. A senior card is on her phone; she never asked for one.",
    )?;
    follow_the_parcel(stage, text(&card, "/credential_id")?)
}

/// Follows the printed card to the door, as the phone tells it.
fn follow_the_parcel(stage: &Stage, credential_id: &str) -> Outcome<()> {
    let ledger = stage.ledger()?;
    let [delivery] = ledger.deliveries.as_slice() else {
        return Err(Failure::promise(format!("{} parcels on the ledger", ledger.deliveries.len())));
    };
    let delivery_id: DeliveryId = delivery.delivery_id;
    let mut told = Vec::new();
    while parcel_status(stage)? != DeliveryStatus::Delivered {
        ensure(told.len() < 4, || "the parcel never arrives".to_owned())?;
        stage.city.advance(delivery_id)?;
        stage.sync_until_settled()?;
        let card = stage.phone.done(&["card", "show", credential_id])?;
        told.push(text(&card, "/delivery/status")?.to_owned());
    }
    ensure_eq(
        "what the phone told of the parcel",
        &told,
        &["handed_over", "on_the_way", "delivered"].map(str::to_owned).to_vec(),
    )?;
    stage.tell(
        "卡片交给快递，在路上，已送到家门口。",
        "The printed card is with the courier, on its way, at her door.",
    )
}

fn parcel_status(stage: &Stage) -> Outcome<DeliveryStatus> {
    let ledger = stage.ledger()?;
    ledger
        .deliveries
        .first()
        .map(|delivery| delivery.status)
        .ok_or_else(|| Failure::promise("the parcel is gone"))
}

/// She shows the card without a network, and a stranger's phone without a network checks it.
pub(super) fn show_it_offline(stage: &Stage) -> Outcome<()> {
    stage.verifier.done(&["sync"])?;
    stage.proxy.go_offline();
    let cards = stage.phone.done(&["cards"])?;
    let card_id = text(&cards, "/cards/0/credential_id")?;
    let shown = stage.phone.done(&["card", "show", card_id])?;
    ensure_eq("the name on the card", &text(&shown, "/name")?, &NAME)?;
    let code = stage.phone.done(&["card", "qr", card_id])?;
    let code = text(&code, "/text")?;
    let verified = stage.verifier.done(&["card", "verify", code])?;
    ensure_eq("the name the verifier sees", &text(&verified, "/name")?, &NAME)?;
    let forged = forge(code);
    let refused = stage.verifier.run(&["card", "verify", &forged])?;
    ensure(refused.status != Some(0), || "a forged code was believed".to_owned())?;
    ensure_eq("cards on the ledger", &stage.ledger()?.credentials.len(), &1)?;
    stage.proxy.go_online();
    stage.tell(
        "没有网络也能出示；另一部手机没有网络也能验真，改动一个字符就验不过。",
        "She shows it without a network; a stranger's phone checks it without one, and a changed character is refused.",
    )
}

/// The same code with one character in its middle exchanged for another of its alphabet.
fn forge(code: &str) -> String {
    let middle = code.chars().count() / 2;
    code.chars()
        .enumerate()
        .map(|(n, c)| if n == middle { if c == 'A' { 'B' } else { 'A' } } else { c })
        .collect()
}
