//! Each proof once.

use super::Proof;
use crate::clock::machine_now;
use crate::store::{StoreError, Tx};

/// How long a proof is remembered, in seconds: longer than one can be fresh, by its time or by a nonce.
const MEMORY: i64 = 10 * 60;

/// Notes that a proof was taken; false where it was taken before.
pub(crate) fn remember(tx: &mut dyn Tx, proof: &Proof) -> Result<bool, StoreError> {
    let now = machine_now();
    tx.execute("DELETE FROM seen_proofs WHERE expires_at <= $1", &[now.into()])?;
    let added = tx.execute(
        "INSERT INTO seen_proofs (proof_sha256, expires_at) VALUES ($1, $2) ON CONFLICT (proof_sha256) DO NOTHING",
        &[proof.sha256.as_str().into(), (now + MEMORY).into()],
    )?;
    Ok(added == 1)
}
