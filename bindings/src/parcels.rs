//! Parcels.

use std::sync::Arc;

use citizen_api::delivery::DeliverTo;
use citizen_api::{DeliveryId, TransactionId};
use citizen_core::Compartment;
use citizen_core::delivery::DeliveryView;

use crate::CitizenError;
use crate::page::page;

/// The parcels of an unlocked person. All of it works without a network.
#[derive(uniffi::Object)]
pub struct Parcels(Compartment);

impl Parcels {
    pub(crate) fn of(compartment: &Compartment) -> Arc<Self> {
        Arc::new(Self(compartment.clone()))
    }
}

#[uniffi::export]
impl Parcels {
    /// The parcels, the newest first.
    pub fn page(&self, offset: u32, limit: u32) -> Result<Vec<DeliveryView>, CitizenError> {
        Ok(page(self.0.deliveries().list()?, offset, limit))
    }

    /// Has a parcel go to another address, or to the registered one again.
    pub fn redirect(&self, delivery_id: DeliveryId, to: DeliverTo) -> Result<TransactionId, CitizenError> {
        Ok(self.0.deliveries().redirect(delivery_id, &to)?)
    }
}
