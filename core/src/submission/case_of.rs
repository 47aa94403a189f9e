//! Which case a filing made.

use citizen_api::{CaseId, TransactionId};
use rusqlite::OptionalExtension;

use super::Submissions;
use crate::Error;

impl Submissions {
    /// The case that a filing made, or that an answer went into; none while the city has not acknowledged it.
    pub fn case_of(&self, transaction_id: TransactionId) -> Result<Option<CaseId>, Error> {
        let name = self.compartment.read(|tx, _| {
            let sql = "SELECT case_id FROM receipts WHERE transaction_id = ?1";
            Ok(tx.query_row(sql, [transaction_id.to_string()], |row| row.get::<_, String>(0)).optional()?)
        })?;
        // An instruction that the city has carried out made no case.
        let name = name.filter(|name| !name.is_empty());
        name.map(|name| name.parse().map_err(|_| Error::internal("a case's name is not one"))).transpose()
    }
}
