//! How often something may be tried.

use crate::clock::machine_now;
use crate::keys;
use crate::store::{StoreError, Tx};

/// A limit: so many tries in so many seconds.
pub(super) struct Limit {
    /// What is limited.
    pub(super) kind: &'static str,
    /// How many tries.
    pub(super) tries: i64,
    /// In how many seconds.
    pub(super) window: i64,
}

impl Limit {
    /// How many seconds to wait before the next try; none where it may be made now.
    pub(super) fn wait(&self, tx: &mut dyn Tx, subject: &str) -> Result<Option<i64>, StoreError> {
        let now = machine_now();
        let row = tx.query_one(
            "SELECT window_ends_at FROM attempts
             WHERE subject = $1 AND kind = $2 AND count >= $3 AND window_ends_at > $4",
            &[digest(subject).into(), self.kind.into(), self.tries.into(), now.into()],
        )?;
        row.map(|row| Ok(row.integer(0)? - now)).transpose()
    }

    /// Counts a try. The first one opens a window.
    pub(super) fn count(&self, tx: &mut dyn Tx, subject: &str) -> Result<(), StoreError> {
        let now = machine_now();
        tx.execute("DELETE FROM attempts WHERE window_ends_at <= $1", &[now.into()])?;
        tx.execute(
            "INSERT INTO attempts (subject, kind, count, window_ends_at) VALUES ($1, $2, 1, $3)
             ON CONFLICT (subject, kind) DO UPDATE SET count = attempts.count + 1",
            &[digest(subject).into(), self.kind.into(), (now + self.window).into()],
        )?;
        Ok(())
    }
}

/// Subjects are kept as digests: the table need not say whose ID number somebody guessed at.
fn digest(subject: &str) -> String {
    keys::sha256(subject.as_bytes())
}
