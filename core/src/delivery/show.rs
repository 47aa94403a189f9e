//! Parcels, listed and one by one.

use citizen_api::DeliveryId;
use citizen_api::delivery::Delivery;
use jiff::Timestamp;
use serde::Serialize;

use super::Deliveries;
use crate::Error;
use crate::mirror::{self, Kept, Kind};

/// A parcel as it is shown.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct DeliveryView {
    /// The parcel.
    #[serde(flatten)]
    pub delivery: Delivery,
    /// When this was last heard of, by this device's clock.
    pub fetched_at: Timestamp,
}

impl std::fmt::Debug for DeliveryView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DeliveryView").finish_non_exhaustive()
    }
}

impl From<Kept<Delivery>> for DeliveryView {
    fn from(kept: Kept<Delivery>) -> Self {
        Self { delivery: kept.document, fetched_at: kept.fetched_at }
    }
}

impl Deliveries {
    /// Every parcel, the newest first.
    pub fn list(&self) -> Result<Vec<DeliveryView>, Error> {
        let kept = self.compartment.read(|tx, sealer| mirror::all::<Delivery>(tx, sealer, Kind::Delivery))?;
        Ok(kept.into_iter().map(DeliveryView::from).collect())
    }

    /// A parcel, where it is known.
    pub fn show(&self, delivery_id: DeliveryId) -> Result<Option<DeliveryView>, Error> {
        let name = delivery_id.to_string();
        let kept = self.compartment.read(|tx, sealer| mirror::get(tx, sealer, Kind::Delivery, &name))?;
        Ok(kept.map(DeliveryView::from))
    }
}
