//! Believing the city's word that it has carried out an instruction, and keeping what that changed.

use citizen_api::instruction::{InstructionDone, InstructionReceipt};
use citizen_api::jose::{encode, typ};
use ring::digest::{SHA256, digest};

use super::acknowledge::{Proof, keep as keep_proof};
use super::queue::{self, Queued};
use crate::people::Compartment;
use crate::sync::{SyncReport, apply};
use crate::{Error, jws};

/// Where instructions go.
pub(super) const PATH: &str = "v1/instructions";

/// Keeps the city's word, where it is signed and for exactly this document. One transaction: the proof is there, what
/// changed is there, the row is gone.
pub(super) fn keep(
    compartment: &Compartment,
    row: &Queued,
    document: &str,
    done: &InstructionDone,
) -> Result<(), Error> {
    let keys = compartment.city_keys()?;
    let receipt: InstructionReceipt = jws::verify(&done.receipt, typ::INSTRUCTION_RECEIPT, &keys)?;
    let fits = receipt.transaction_id == row.transaction_id
        && receipt.subject == compartment.subject()?
        && receipt.document_sha256 == encode(digest(&SHA256, document.as_bytes()).as_ref());
    if !fits {
        return Err(Error::CityAnsweredNonsense);
    }
    compartment.write(|tx, sealer| {
        if !queue::acknowledged(tx, row.transaction_id)? {
            let proof = Proof { receipt: done.receipt.clone(), document: document.to_owned() };
            keep_proof(tx, sealer, row.transaction_id, "", &proof)?;
        }
        apply(tx, sealer, &done.changes, &mut SyncReport::default())?;
        queue::remove(tx, row.transaction_id)
    })
}
