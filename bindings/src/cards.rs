//! Cards.

use std::sync::Arc;

use citizen_api::CredentialId;
use citizen_core::Compartment;
use citizen_core::credential::{CardSummary, CardView};

use crate::CitizenError;
use crate::page::page;

/// The cards of an unlocked person.
#[derive(uniffi::Object)]
pub struct Cards(Compartment);

impl Cards {
    pub(crate) fn of(compartment: &Compartment) -> Arc<Self> {
        Arc::new(Self(compartment.clone()))
    }
}

#[uniffi::export]
impl Cards {
    /// The cards, newest first.
    pub fn page(&self, offset: u32, limit: u32) -> Result<Vec<CardSummary>, CitizenError> {
        Ok(page(self.0.credentials().list()?, offset, limit))
    }

    /// One card. It must have been fetched.
    pub fn show(&self, credential_id: CredentialId) -> Result<CardView, CitizenError> {
        Ok(self.0.credentials().show(credential_id)?)
    }

    /// The text of a QR code that shows the card for a minute. Each call signs a new one.
    pub fn present(&self, credential_id: CredentialId) -> Result<String, CitizenError> {
        Ok(self.0.credentials().present(credential_id)?)
    }
}
