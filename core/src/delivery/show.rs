//! Parcels, listed and one by one.

use citizen_api::delivery::{DeliverTo, Delivery};
use citizen_api::instruction::Told;
use citizen_api::{DeliveryId, Text, TransactionId};
use jiff::Timestamp;
use serde::Serialize;

use super::Deliveries;
use crate::Error;
use crate::instruction::{Waiting, waiting};
use crate::mirror::{self, Kept, Kind};

/// A parcel as it is shown.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct DeliveryView {
    /// The parcel.
    #[serde(flatten)]
    pub delivery: Delivery,
    /// Whether it can still be sent elsewhere, as far as this device knows.
    pub can_redirect: bool,
    /// Where the person has asked it to go, while the city does not know yet or has refused; none otherwise.
    pub redirecting: Option<Redirecting>,
    /// When this was last heard of, by this device's clock.
    pub fetched_at: Timestamp,
}

/// Another address that waits for the city.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Redirecting {
    /// Under which transaction it waits in the outbox.
    pub transaction_id: TransactionId,
    /// Where to.
    pub to: DeliverTo,
    /// Why the city refused it, where it did.
    pub refused: Option<Text>,
}

hidden_debug!(DeliveryView, Redirecting);

impl Deliveries {
    /// Every parcel, the newest first.
    pub fn list(&self) -> Result<Vec<DeliveryView>, Error> {
        self.compartment.read(|tx, sealer| {
            let waiting = waiting(tx, sealer)?;
            let kept = mirror::all::<Delivery>(tx, sealer, Kind::Delivery)?;
            Ok(kept.into_iter().map(|kept| view(kept, &waiting)).collect())
        })
    }

    /// A parcel, where it is known.
    pub fn show(&self, delivery_id: DeliveryId) -> Result<Option<DeliveryView>, Error> {
        let name = delivery_id.to_string();
        self.compartment.read(|tx, sealer| {
            let waiting = waiting(tx, sealer)?;
            let kept = mirror::get(tx, sealer, Kind::Delivery, &name)?;
            Ok(kept.map(|kept| view(kept, &waiting)))
        })
    }
}

fn view(kept: Kept<Delivery>, waiting: &[Waiting]) -> DeliveryView {
    let Kept { document: delivery, fetched_at } = kept;
    let redirecting = waiting.iter().rev().find_map(|said| match &said.what {
        Told::RedirectDelivery { delivery_id, to } if *delivery_id == delivery.delivery_id => {
            let refused = said.problem.as_ref().map(|problem| problem.title.clone());
            Some(Redirecting { transaction_id: said.transaction_id, to: to.clone(), refused })
        }
        _ => None,
    });
    DeliveryView { can_redirect: delivery.status.is_here(), redirecting, delivery, fetched_at }
}
