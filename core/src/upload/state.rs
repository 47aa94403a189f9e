//! Where a file is at the city.

use citizen_api::TransactionId;
use rusqlite::{OptionalExtension, Transaction, params};
use serde::{Deserialize, Serialize};
use url::Url;

use crate::Error;
use crate::store::{Place, Sealer};

/// What is needed to go on, as it is sealed: the address of an upload is as good as a key to it.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct UploadState {
    /// The key that the creation is repeated under.
    pub creation: TransactionId,
    /// Where the city keeps it; none before the creation was answered.
    #[serde(default)]
    pub location: Option<Url>,
    /// Whether it was begun a second time because the city had forgotten the first.
    #[serde(default)]
    pub begun_again: bool,
}

fn place(transaction_id: &str, revision: u64) -> Place<'_> {
    Place { table: "uploads", row: transaction_id.into(), column: "sealed", revision }
}

/// What is known of an upload; a new one where nothing is.
pub(super) fn load(
    tx: &Transaction<'_>,
    sealer: &Sealer,
    transaction_id: TransactionId,
) -> Result<UploadState, Error> {
    let name = transaction_id.to_string();
    let row = tx
        .query_row("SELECT revision, sealed FROM uploads WHERE transaction_id = ?1", [&name], |row| {
            Ok((row.get::<_, u64>(0)?, row.get::<_, Vec<u8>>(1)?))
        })
        .optional()?;
    match row {
        Some((revision, sealed)) => sealer.open(&place(&name, revision), &sealed),
        None => Ok(UploadState { creation: transaction_id, location: None, begun_again: false }),
    }
}

/// Keeps what is known of an upload.
pub(super) fn store(
    tx: &Transaction<'_>,
    sealer: &Sealer,
    transaction_id: TransactionId,
    state: &UploadState,
) -> Result<(), Error> {
    let name = transaction_id.to_string();
    let revision = tx
        .query_row("SELECT revision FROM uploads WHERE transaction_id = ?1", [&name], |row| {
            row.get::<_, u64>(0)
        })
        .optional()?
        .unwrap_or_default()
        + 1;
    let sealed = sealer.seal(&place(&name, revision), state)?;
    tx.execute(
        "INSERT INTO uploads (transaction_id, revision, sealed) VALUES (?1, ?2, ?3)
         ON CONFLICT (transaction_id) DO UPDATE SET revision = excluded.revision, sealed = excluded.sealed",
        params![name, revision, sealed],
    )?;
    Ok(())
}

/// Forgets an upload, in the transaction that removes its row from the outbox.
pub(crate) fn forget(tx: &Transaction<'_>, transaction_id: TransactionId) -> Result<(), Error> {
    tx.execute("DELETE FROM uploads WHERE transaction_id = ?1", [transaction_id.to_string()])?;
    Ok(())
}
