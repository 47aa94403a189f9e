//! What the ledger says of evidence: checks between departments, disputes, and what was looked up after filing.

use citizen_api::RegisterId;
use citizen_api::officer::{LedgerCheck, LedgerDispute, LedgerLookup};

use crate::store::{StoreError, Tx, Value};
use crate::words::read_word;

pub(super) fn checks(tx: &mut dyn Tx, citizen: &[Value]) -> Result<Vec<LedgerCheck>, StoreError> {
    let rows = tx.query(
        "SELECT case_id, requirement_id, status FROM evidence_checks
         WHERE citizen_id = $1 ORDER BY asked_at, case_id, requirement_id",
        citizen,
    )?;
    rows.iter()
        .map(|row| {
            Ok(LedgerCheck {
                case_id: row.parse(0)?,
                requirement_id: row.text(1)?.as_str().into(),
                status: read_word(row, 2)?,
            })
        })
        .collect()
}

pub(super) fn disputes(tx: &mut dyn Tx, citizen: &[Value]) -> Result<Vec<LedgerDispute>, StoreError> {
    let rows = tx.query(
        "SELECT said.case_id, said.field_id, said.status, now.value FROM disputes AS said
         LEFT JOIN register_records AS now
           ON now.citizen_id = said.citizen_id AND now.register = said.register AND now.item = said.item
         WHERE said.citizen_id = $1 ORDER BY said.received_at, said.case_id, said.field_id",
        citizen,
    )?;
    rows.iter()
        .map(|row| {
            Ok(LedgerDispute {
                case_id: row.parse(0)?,
                field_id: row.text(1)?.as_str().into(),
                status: read_word(row, 2)?,
                registered_now: row.optional_text(3)?,
            })
        })
        .collect()
}

/// What had to be looked up after filing, or was asked for because no register had it.
pub(super) fn lookups(tx: &mut dyn Tx, citizen: &[Value]) -> Result<Vec<LedgerLookup>, StoreError> {
    let rows = tx.query(
        "SELECT case_id, requirement_id, register, way FROM case_evidence
         WHERE citizen_id = $1 AND later = 1
         ORDER BY case_id, requirement_id",
        citizen,
    )?;
    rows.iter()
        .map(|row| {
            Ok(LedgerLookup {
                case_id: row.parse(0)?,
                requirement_id: row.text(1)?.as_str().into(),
                register: RegisterId(row.text(2)?),
                way: row.text(3)?,
            })
        })
        .collect()
}
