//! What became of what was filed, and parcels.

use std::sync::Arc;

use citizen_api::{CaseId, DeliveryId};
use citizen_core::Compartment;
use citizen_core::case::{CaseSummary, CaseView};
use citizen_core::delivery::DeliveryView;

use crate::CitizenError;
use crate::page::page;

/// The cases of an unlocked person. All of it works without a network.
#[derive(uniffi::Object)]
pub struct Cases(Compartment);

impl Cases {
    pub(crate) fn of(compartment: &Compartment) -> Arc<Self> {
        Arc::new(Self(compartment.clone()))
    }
}

#[uniffi::export]
impl Cases {
    /// The cases, the newest first.
    pub fn page(&self, offset: u32, limit: u32) -> Result<Vec<CaseSummary>, CitizenError> {
        Ok(page(self.0.cases().list()?, offset, limit))
    }

    /// A case as the city last told it.
    pub fn show(&self, case_id: CaseId) -> Result<CaseView, CitizenError> {
        Ok(self.0.cases().show(case_id)?)
    }

    /// A parcel, where it is known.
    pub fn delivery(&self, delivery_id: DeliveryId) -> Result<Option<DeliveryView>, CitizenError> {
        Ok(self.0.deliveries().show(delivery_id)?)
    }
}
