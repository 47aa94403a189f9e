//! Sending what was parked, and sending sooner.

use citizen_api::TransactionId;

use super::{Outbox, queue};
use crate::Error;

impl Outbox {
    /// Makes a parked item ready again, with the files it depends on.
    pub fn retry(&self, transaction_id: TransactionId) -> Result<(), Error> {
        self.compartment.write(|tx, sealer| {
            let row = queue::get(tx, sealer, transaction_id)?.ok_or(Error::NotInOutbox)?;
            for row in queue::of_draft(tx, sealer, &row)? {
                queue::unblock(tx, sealer, &row)?;
            }
            Ok(())
        })?;
        self.compartment.outbox_changed().notify_one();
        Ok(())
    }

    /// Tells the outbox that the network has changed, or that the person has signed in: nothing waits for time any
    /// longer.
    pub fn network_changed(&self) -> Result<(), Error> {
        self.compartment.write(|tx, _| queue::clear_waits(tx))?;
        self.compartment.outbox_changed().notify_one();
        Ok(())
    }
}
