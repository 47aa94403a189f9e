//! Holding files back: one that a person pauses, all of them while there is no Wi-Fi.
//!
//! What is held back keeps its place and loses nothing: the city holds what had arrived, and it goes on from there. A
//! pause is in the row and outlives the process; the kind of network is what the shell said last, in memory only.

use citizen_api::TransactionId;
use serde::Serialize;
use tokio::sync::watch;

use super::request::What;
use super::{Outbox, queue};
use crate::Error;
use crate::people::Compartment;

/// What kind of network the device is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NetworkKind {
    /// Nobody has said. Files go.
    #[default]
    Unknown,
    /// One that costs nothing by the byte, such as Wi-Fi.
    Unmetered,
    /// One that is paid by the byte, such as a mobile network.
    Metered,
}

impl Outbox {
    /// Pauses a file, or a filing with all its files. One that is on its way stops; what had arrived stays at the city.
    /// What the city has refused is not changed by it.
    pub fn pause(&self, transaction_id: TransactionId) -> Result<(), Error> {
        let paused = self.each(transaction_id, queue::pause)?;
        self.compartment.outbox_held().send_replace(());
        paused.into_iter().for_each(|paused| self.compartment.passes().forget(paused));
        Ok(())
    }

    /// Lets what was paused go on, where the city stands.
    pub fn resume(&self, transaction_id: TransactionId) -> Result<(), Error> {
        self.each(transaction_id, queue::resume)?;
        self.compartment.outbox_changed().notify_one();
        Ok(())
    }

    /// Has a file, or a filing with all its files, go before everything else that waits.
    pub fn send_first(&self, transaction_id: TransactionId) -> Result<(), Error> {
        self.each(transaction_id, queue::put_first)?;
        self.compartment.outbox_changed().notify_one();
        Ok(())
    }

    /// Tells what network the device is on now. Nothing waits for time any longer; files stop where the person wants
    /// them to go over Wi-Fi only and this is another.
    pub fn network_is(&self, kind: NetworkKind) -> Result<(), Error> {
        self.compartment.device().network.send_replace(kind);
        self.network_changed()
    }

    /// Does something with an item: with a file alone, with a filing and all that goes before it, the last of them
    /// first.
    fn each(
        &self,
        transaction_id: TransactionId,
        act: fn(&rusqlite::Transaction<'_>, TransactionId) -> Result<(), Error>,
    ) -> Result<Vec<TransactionId>, Error> {
        self.compartment.write(|tx, sealer| {
            let row = queue::get(tx, sealer, transaction_id)?.ok_or(Error::NotInOutbox)?;
            if matches!(row.request.what, What::Upload { .. }) {
                act(tx, transaction_id)?;
                return Ok(vec![transaction_id]);
            }
            let rows = queue::of_draft(tx, sealer, &row)?;
            let named: Vec<_> = rows.iter().rev().map(|row| row.transaction_id).collect();
            named.iter().try_for_each(|named| act(tx, *named))?;
            Ok(named)
        })
    }
}

/// Whether files wait for Wi-Fi at this moment.
pub(super) fn files_wait(compartment: &Compartment) -> Result<bool, Error> {
    let metered = *compartment.device().network.borrow() == NetworkKind::Metered;
    Ok(metered && compartment.wifi_only()?)
}

/// Returns when a file is to stop: it was paused or taken back, or there is no Wi-Fi any longer.
pub(super) async fn held_back(compartment: &Compartment, transaction_id: TransactionId) -> Result<(), Error> {
    let mut network = compartment.device().network.subscribe();
    let mut held = compartment.outbox_held().subscribe();
    loop {
        let goes = compartment.read(|tx, _| queue::goes(tx, transaction_id))?;
        if !goes || files_wait(compartment)? {
            return Ok(());
        }
        either(&mut network, &mut held).await;
    }
}

/// Returns when one of the two has changed.
async fn either(network: &mut watch::Receiver<NetworkKind>, held: &mut watch::Receiver<()>) {
    tokio::select! {
        _ = network.changed() => {}
        _ = held.changed() => {}
    }
}

/// Returns when there is a network that is paid by the byte.
pub(super) async fn metered(compartment: &Compartment) {
    let mut network = compartment.device().network.subscribe();
    // The device is there for as long as the compartment is.
    drop(network.wait_for(|kind| *kind == NetworkKind::Metered).await);
}
