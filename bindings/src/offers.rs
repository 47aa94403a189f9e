//! What the city has found for a person before they asked.

use std::sync::Arc;

use citizen_api::{OfferId, TransactionId};
use citizen_core::Compartment;
use citizen_core::offer::OfferView;

use crate::CitizenError;
use crate::page::page;

/// What was found for an unlocked person. All of it works without a network.
#[derive(uniffi::Object)]
pub struct Offers(Compartment);

impl Offers {
    pub(crate) fn of(compartment: &Compartment) -> Arc<Self> {
        Arc::new(Self(compartment.clone()))
    }
}

#[uniffi::export]
impl Offers {
    /// What was found, the newest first.
    pub fn page(&self, offset: u32, limit: u32) -> Result<Vec<OfferView>, CitizenError> {
        Ok(page(self.0.offers().list()?, offset, limit))
    }

    /// One thing that was found.
    pub fn show(&self, offer_id: OfferId) -> Result<OfferView, CitizenError> {
        Ok(self.0.offers().show(offer_id)?)
    }

    /// Says that the person does not want it.
    pub fn decline(&self, offer_id: OfferId) -> Result<TransactionId, CitizenError> {
        Ok(self.0.offers().decline(offer_id)?)
    }

    /// Says that the data by which it was found is wrong, and what is right.
    pub fn dispute(&self, offer_id: OfferId, note: String) -> Result<TransactionId, CitizenError> {
        Ok(self.0.offers().dispute(offer_id, &note)?)
    }
}
