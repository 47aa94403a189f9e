//! What was said and the city is not known to have.

use citizen_api::TransactionId;
use citizen_api::instruction::{Instruction, Told};
use citizen_api::jose::Compact;
use citizen_api::problem::Problem;
use rusqlite::Transaction;
use uuid::Uuid;

use crate::Error;
use crate::outbox::{self, QueuedInstruction};
use crate::store::Sealer;

/// Something that was said and waits in the outbox.
pub(crate) struct Waiting {
    pub(crate) transaction_id: TransactionId,
    pub(crate) what: Told,
    /// How often it was tried.
    pub(crate) attempts: u32,
    /// Why the city refused it, where it did.
    pub(crate) problem: Option<Problem>,
}

/// Everything that was said and waits, oldest first.
pub(crate) fn waiting(tx: &Transaction<'_>, sealer: &Sealer) -> Result<Vec<Waiting>, Error> {
    outbox::instructions(tx, sealer)?
        .into_iter()
        .map(|queued| {
            let QueuedInstruction { transaction_id, document, attempts, problem } = queued;
            let claims = Compact::parse(&document).and_then(|compact| compact.claims::<Instruction>());
            let what = claims.map_err(|_| Error::internal("an instruction that waits is not one"))?.what;
            Ok(Waiting { transaction_id, what, attempts, problem })
        })
        .collect()
}

/// What an instruction is about, so that the last word about a thing counts; none where it makes the thing.
pub(super) fn about(what: &Told) -> Option<(&'static str, Uuid)> {
    match what {
        Told::DeclineOffer { offer_id } | Told::DisputeOffer { offer_id, .. } => Some(("offer", offer_id.0)),
        Told::RedirectDelivery { delivery_id, .. } => Some(("delivery", delivery_id.0)),
        Told::CancelBooking { booking_id } => Some(("booking", booking_id.0)),
        Told::Book { .. } => None,
    }
}
