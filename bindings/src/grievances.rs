//! What could not be done in one trip.

use std::sync::Arc;

use citizen_core::Compartment;
use citizen_core::case::CaseView;
use citizen_core::draft::DraftId;
use citizen_core::grievance::Concerning;

use crate::CitizenError;
use crate::page::page;

/// The grievances of an unlocked person. All of it works without a network.
#[derive(uniffi::Object)]
pub struct Grievances(Compartment);

impl Grievances {
    pub(crate) fn of(compartment: &Compartment) -> Arc<Self> {
        Arc::new(Self(compartment.clone()))
    }
}

#[uniffi::export]
impl Grievances {
    /// Begins a draft that says what could not be done, or gives the open one about the same thing.
    pub fn begin(&self, concerning: Concerning) -> Result<DraftId, CitizenError> {
        Ok(self.0.grievances().begin(&concerning)?)
    }

    /// The grievances that the city has, the newest first.
    pub fn page(&self, offset: u32, limit: u32) -> Result<Vec<CaseView>, CitizenError> {
        Ok(page(self.0.grievances().list()?, offset, limit))
    }
}
