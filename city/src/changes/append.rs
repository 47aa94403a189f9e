//! Adds to a citizen's feed.

use citizen_api::changes::Change;

use super::topic;
use crate::store::{StoreError, Tx, Value};

/// A change as its row has it: the wire's tag and content.
#[derive(serde::Deserialize)]
struct Tagged {
    kind: String,
    body: serde_json::Value,
}

/// Adds a change to a citizen's feed, in the transaction of what it tells.
pub fn append(tx: &mut dyn Tx, citizen_id: &str, change: &Change) -> Result<(), StoreError> {
    let tagged = serde_json::to_value(change).and_then(serde_json::from_value::<Tagged>);
    let tagged = tagged.map_err(|_| StoreError::Unwritable)?;
    let raised = tx.query_one(
        "INSERT INTO change_feeds (citizen_id, last_sequence) VALUES ($1, 1)
         ON CONFLICT (citizen_id) DO UPDATE SET last_sequence = change_feeds.last_sequence + 1
         RETURNING last_sequence",
        &[citizen_id.into()],
    )?;
    let sequence = raised.ok_or(StoreError::Unwritable)?.integer(0)?;
    tx.execute(
        "INSERT INTO changes (citizen_id, sequence, kind, body) VALUES ($1, $2, $3, $4)",
        &[citizen_id.into(), sequence.into(), tagged.kind.into(), Value::json(&tagged.body)?],
    )?;
    wake(tx, citizen_id);
    Ok(())
}

/// Tells whoever follows this citizen's feed to pull, once the transaction is committed.
pub fn wake(tx: &mut dyn Tx, citizen_id: &str) {
    tx.notify(&topic(citizen_id));
}
