//! `city courier`: parcels to the door.

use citizen_api::delivery::{Delivery, DeliveryStatus};
use citizen_api::officer::DeliveryList;
use citizen_api::{DeliveryId, Text};
use clap::Subcommand;

use super::client::Desk;
use super::{Failure, case_words};

/// List parcels, and move them on.
#[derive(clap::Args)]
pub(super) struct Courier {
    #[command(subcommand)]
    act: Act,
}

#[derive(Subcommand)]
enum Act {
    /// List the parcels that are not at the door yet.
    List,
    /// Move a parcel one step on: to the courier, on its way, at the door.
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
            Act::Advance { delivery } => {
                let path = format!("/v1/officer/deliveries/{delivery}/advance");
                let parcel: Delivery = desk.act(&path).await?;
                desk.show(&parcel, line)
            }
        }
    }
}

fn line(parcel: &Delivery) -> Text {
    let (zh, en) = match parcel.status {
        DeliveryStatus::Prepared => ("准备中", "being made ready"),
        DeliveryStatus::HandedOver => ("已交快递", "with the courier"),
        DeliveryStatus::OnTheWay => ("派送中", "on its way"),
        DeliveryStatus::Delivered => ("已送达", "at the door"),
        DeliveryStatus::Unknown => ("未知", "unknown"),
    };
    let (id, number) = (parcel.delivery_id, &parcel.tracking_number);
    Text::new(
        format!("{id}  {zh}  {}  单号 {number}", parcel.content.zh),
        format!("{id}  {en}  {}  number {number}", parcel.content.en),
    )
}
