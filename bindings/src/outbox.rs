//! What is still to be sent.

use std::sync::Arc;

use citizen_api::TransactionId;
use citizen_core::Compartment;
use citizen_core::draft::DraftId;
use citizen_core::outbox::NetworkKind;

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

    /// Pauses a file, or a filing with all its files. What had arrived stays at the city.
    pub fn pause(&self, transaction_id: TransactionId) -> Result<(), CitizenError> {
        Ok(self.0.outbox().pause(transaction_id)?)
    }

    /// Lets what was paused go on, where the city stands.
    pub fn resume(&self, transaction_id: TransactionId) -> Result<(), CitizenError> {
        Ok(self.0.outbox().resume(transaction_id)?)
    }

    /// Has a file, or a filing with all its files, go before everything else.
    pub fn send_first(&self, transaction_id: TransactionId) -> Result<(), CitizenError> {
        Ok(self.0.outbox().send_first(transaction_id)?)
    }

    /// Whether files go over Wi-Fi only.
    pub fn wifi_only(&self) -> Result<bool, CitizenError> {
        Ok(self.0.wifi_only()?)
    }

    /// Chooses that, or lets files go over any network. A file that is on its way notices at once.
    pub fn send_over_wifi_only(&self, chosen: bool) -> Result<(), CitizenError> {
        Ok(self.0.send_over_wifi_only(chosen)?)
    }

    /// Says what network the device is on now, whenever that changes: nothing waits for time any longer.
    pub fn network_is(&self, kind: NetworkKind) -> Result<(), CitizenError> {
        Ok(self.0.outbox().network_is(kind)?)
    }

    /// Says that the network has changed: nothing waits for time any longer.
    pub fn network_changed(&self) -> Result<(), CitizenError> {
        Ok(self.0.outbox().network_changed()?)
    }
}
