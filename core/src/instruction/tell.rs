//! Telling the city something.

use citizen_api::instruction::{Instruction, Told};
use citizen_api::jose::typ;
use citizen_api::{Text, TransactionId};
use rusqlite::Transaction;

use super::waiting::{about, waiting};
use crate::Error;
use crate::jws;
use crate::outbox::{self, QueuedRequest, What};
use crate::people::Compartment;
use crate::store::Sealer;

/// Signs what the person says and hands it to the outbox. The same once more, while it waits, is the same transaction.
/// Only for oneself: nobody decides for somebody else what becomes of what is theirs.
pub(crate) fn tell(compartment: &Compartment, title: &Text, what: Told) -> Result<TransactionId, Error> {
    if compartment.helper().is_some() {
        return Err(Error::NoMandate);
    }
    let said = compartment.read(waiting)?;
    let same = said.iter().find(|said| said.what == what && said.problem.is_none());
    if let Some(same) = same {
        return Ok(same.transaction_id);
    }
    let instruction = Instruction {
        transaction_id: TransactionId::generate(),
        subject: compartment.subject()?,
        device_id: compartment.device_id()?,
        what,
        made_at: jiff::Timestamp::now(),
    };
    let kid = Some(instruction.device_id.as_str());
    let document = jws::sign(typ::INSTRUCTION, kid, &instruction, |bytes| compartment.sign(bytes))?;
    compartment.write(|tx, sealer| queue(tx, sealer, title, &instruction, document))?;
    compartment.outbox_changed().notify_one();
    Ok(instruction.transaction_id)
}

/// Queues it behind what was said before about the same thing, or in its place.
fn queue(
    tx: &Transaction<'_>,
    sealer: &Sealer,
    title: &Text,
    instruction: &Instruction,
    document: String,
) -> Result<(), Error> {
    let mut behind = Vec::new();
    for before in waiting(tx, sealer)? {
        if about(&before.what).is_none() || about(&before.what) != about(&instruction.what) {
            continue;
        }
        if before.attempts == 0 || before.problem.is_some() {
            outbox::forget(tx, before.transaction_id)?;
        } else {
            behind.push(before.transaction_id);
        }
    }
    let what = What::Instruction { document };
    let request = QueuedRequest { draft_id: None, title: title.clone(), what, problem: None };
    outbox::push(tx, sealer, instruction.transaction_id, &request, &behind)
}
