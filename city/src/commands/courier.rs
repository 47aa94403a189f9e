//! `city courier`: parcels to the door.

use std::path::PathBuf;

use citizen_api::delivery::{CarrierMessage, CourierRound, Delivery, DeliveryStatus, MessageTaken, Taken};
use citizen_api::officer::DeliveryList;
use citizen_api::{DeliveryId, Text};
use clap::Subcommand;

use super::client::Desk;
use super::{Failure, case_words};

/// List parcels, and have them carried.
#[derive(clap::Args)]
pub(super) struct Courier {
    #[command(subcommand)]
    act: Act,
}

#[derive(Subcommand)]
enum Act {
    /// List the parcels for which something still follows.
    List,
    /// Make a round: hand over what is ready, take what the (made-up) carrier says, ask after what it is silent about.
    Run,
    /// Take a message of a carrier from a JSON file. Taken twice, it counts once.
    Message {
        /// The file.
        file: PathBuf,
    },
    /// Move a parcel one step on by hand: to the courier, on its way, at the door.
    Advance {
        /// The parcel.
        delivery: DeliveryId,
    },
}

impl Courier {
    pub(super) async fn run(self, desk: &Desk) -> Result<(), Failure> {
        match self.act {
            Act::List => {
                let parcels: DeliveryList = desk.get("/v1/officer/deliveries").await?;
                desk.show(&parcels, |list| {
                    let none = Text::new("没有在途的快递。", "No parcel is under way.");
                    case_words::list(list.deliveries.iter().map(line), none)
                })
            }
            Act::Run => {
                let round: CourierRound = desk.act("/v1/officer/courier/run").await?;
                desk.show(&round, in_words)
            }
            Act::Message { file } => {
                let taken: MessageTaken = desk.post("/v1/officer/carrier/messages", &message(&file)?).await?;
                desk.show(&taken, |taken| match taken.taken {
                    Taken::Moved => Text::new("包裹有了新进展。", "The parcel has moved."),
                    Taken::Repeated => Text::new("这条消息已经收过。", "The message is known already."),
                    Taken::Late => {
                        Text::new("包裹已经更进一步，只留档。", "The parcel is further; kept on file.")
                    }
                })
            }
            Act::Advance { delivery } => {
                let path = format!("/v1/officer/deliveries/{delivery}/advance");
                let parcel: Delivery = desk.act(&path).await?;
                desk.show(&parcel, line)
            }
        }
    }
}

fn message(file: &std::path::Path) -> Result<CarrierMessage, Failure> {
    let text = std::fs::read_to_string(file).map_err(|reason| {
        Failure::wrong_use(
            format!("读不了 {}：{reason}", file.display()),
            format!("{} cannot be read: {reason}", file.display()),
        )
    })?;
    serde_json::from_str(&text).map_err(|reason| {
        Failure::wrong_use(format!("不是快递消息：{reason}"), format!("Not a carrier's message: {reason}"))
    })
}

fn in_words(round: &CourierRound) -> Text {
    let CourierRound { handed_over, moved, repeated, late, traced } = round;
    Text::new(
        format!(
            "交出 {handed_over} 件；新进展 {moved} 条，重复 {repeated} 条，迟到 {late} 条；主动查询 {traced} 件。"
        ),
        format!(
            "{handed_over} handed over; {moved} messages moved a parcel, {repeated} were repeated, {late} late; \
             {traced} parcels were asked after."
        ),
    )
}

fn line(parcel: &Delivery) -> Text {
    let (zh, en) = match parcel.status {
        DeliveryStatus::Prepared => ("准备中", "being made ready"),
        DeliveryStatus::Held => ("暂不寄出", "kept back"),
        DeliveryStatus::HandedOver => ("已交快递", "with the courier"),
        DeliveryStatus::OnTheWay => ("派送中", "on its way"),
        DeliveryStatus::Failed => ("没送到，会再送", "in vain, comes again"),
        DeliveryStatus::Returning => ("送往窗口", "on its way to a counter"),
        DeliveryStatus::AtCounter => ("在窗口待取", "waits at a counter"),
        DeliveryStatus::Delivered => ("已送达", "at the door"),
        DeliveryStatus::Cancelled => ("不寄了", "not sent"),
        DeliveryStatus::Unknown => ("未知", "unknown"),
    };
    let (id, number) = (parcel.delivery_id, &parcel.tracking_number);
    Text::new(
        format!("{id}  {zh}  {}  单号 {number}", parcel.content.zh),
        format!("{id}  {en}  {}  number {number}", parcel.content.en),
    )
}
