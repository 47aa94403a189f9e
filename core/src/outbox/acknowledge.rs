//! Keeping the city's word.

use citizen_api::TransactionId;
use citizen_api::submission::{Acknowledgement, Receipt};
use rusqlite::{Transaction, params};
use serde::{Deserialize, Serialize};

use super::queue::{self, Queued};
use crate::Error;
use crate::case;
use crate::people::Compartment;
use crate::store::{Place, Sealer, now_ms};

/// What was sent and what the city said to it, as it is sealed: the person's proof.
#[derive(Serialize, Deserialize)]
pub(crate) struct Proof {
    /// The receipt, compact and signed by the city.
    pub receipt: String,
    /// The document, compact and signed by this phone.
    pub document: String,
}

/// Keeps a verified acknowledgement. One transaction: the receipt is there, the case is there, the row is gone.
pub(super) fn acknowledge(
    compartment: &Compartment,
    row: &Queued,
    document: &str,
    receipt: &Receipt,
    acknowledgement: &Acknowledgement,
) -> Result<(), Error> {
    compartment.write(|tx, sealer| {
        if !queue::acknowledged(tx, row.transaction_id)? {
            let proof = Proof { receipt: acknowledgement.receipt.clone(), document: document.to_owned() };
            keep(tx, sealer, row.transaction_id, &receipt.case_id.to_string(), &proof)?;
        }
        case::store(tx, sealer, &acknowledgement.case)?;
        queue::remove(tx, row.transaction_id)
    })
}

/// Keeps the person's proof. The case is empty where the document made none.
pub(super) fn keep(
    tx: &Transaction<'_>,
    sealer: &Sealer,
    transaction_id: TransactionId,
    case: &str,
    proof: &Proof,
) -> Result<(), Error> {
    let name = transaction_id.to_string();
    let place = Place { table: "receipts", row: (&name).into(), column: "sealed", revision: 1 };
    let sealed = sealer.seal(&place, proof)?;
    tx.execute(
        "INSERT INTO receipts (transaction_id, case_id, kept_at, sealed) VALUES (?1, ?2, ?3, ?4)",
        params![name, case, now_ms(), sealed],
    )?;
    Ok(())
}

/// Every proof, by its transaction, the oldest first.
pub(crate) fn proofs(tx: &Transaction<'_>, sealer: &Sealer) -> Result<Vec<(String, Proof)>, Error> {
    let mut statement =
        tx.prepare_cached("SELECT transaction_id, sealed FROM receipts ORDER BY kept_at, transaction_id")?;
    let rows = statement
        .query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, Vec<u8>>(1)?)))?
        .collect::<Result<Vec<_>, _>>()?;
    rows.into_iter()
        .map(|(name, sealed)| {
            let place = Place { table: "receipts", row: (&name).into(), column: "sealed", revision: 1 };
            let proof = sealer.open(&place, &sealed)?;
            Ok((name, proof))
        })
        .collect()
}
