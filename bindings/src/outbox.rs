//! What is still to be sent.

use std::sync::Arc;

use citizen_api::TransactionId;
use citizen_core::Compartment;
use citizen_core::draft::DraftId;

use crate::CitizenError;
use crate::page::page;
use crate::types::outbox::OutboxItem;
use crate::types::report::Sent;

/// The outbox of an unlocked person.
#[derive(uniffi::Object)]
pub struct Outbox(Compartment);

impl Outbox {
    pub(crate) fn of(compartment: &Compartment) -> Arc<Self> {
        Arc::new(Self(compartment.clone()))
    }
}

#[uniffi::export(async_runtime = "tokio")]
impl Outbox {
    /// What is still to be sent, oldest first. Empty: the city has everything.
    pub fn page(&self, offset: u32, limit: u32) -> Result<Vec<OutboxItem>, CitizenError> {
        Ok(page(self.0.outbox().list()?, offset, limit).into_iter().map(OutboxItem::from).collect())
    }

    /// Tries everything once, now. The sending goes on when nobody waits for it any longer.
    pub async fn send_now(&self) -> Result<Sent, CitizenError> {
        Ok(Sent::from(&self.0.outbox().send_now(&|_| {}).await?))
    }

    /// Makes a parked item ready again.
    pub fn retry(&self, transaction_id: TransactionId) -> Result<(), CitizenError> {
        Ok(self.0.outbox().retry(transaction_id)?)
    }

    /// Takes something back. The draft of a filing is open again; an instruction has none.
    pub async fn withdraw(&self, transaction_id: TransactionId) -> Result<Option<DraftId>, CitizenError> {
        Ok(self.0.outbox().withdraw(transaction_id).await?)
    }

    /// Says that the network has changed: nothing waits for time any longer.
    pub fn network_changed(&self) -> Result<(), CitizenError> {
        Ok(self.0.outbox().network_changed()?)
    }
}
