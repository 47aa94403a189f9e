//! What a case says of its evidence: checks, look-ups that wait, declarations and disputes.

use citizen_api::RegisterId;
use citizen_api::case::{CaseDispute, DeferredLookup, EvidenceCheck, SignedDeclaration};

use crate::registers::title;
use crate::store::{Row, StoreError, Tx, Value};
use crate::words::{read_text, read_word};

pub(super) fn checks(tx: &mut dyn Tx, key: &[Value]) -> Result<Vec<EvidenceCheck>, StoreError> {
    let rows = tx.query(
        "SELECT requirement_id, title_zh, title_en, department_zh, department_en, status, answered_at,
                reason_zh, reason_en
         FROM evidence_checks WHERE citizen_id = $1 AND case_id = $2 ORDER BY requirement_id",
        key,
    )?;
    rows.iter()
        .map(|row| {
            Ok(EvidenceCheck {
                requirement_id: row.text(0)?.as_str().into(),
                title: read_text(row, 1)?,
                department: read_text(row, 3)?,
                status: read_word(row, 5)?,
                answered_at: row.optional_parse(6)?,
                reason: said(row, 7)?,
            })
        })
        .collect()
}

pub(super) fn deferred(tx: &mut dyn Tx, key: &[Value]) -> Result<Vec<DeferredLookup>, StoreError> {
    let rows = tx.query(
        "SELECT requirement_id, title_zh, title_en, register FROM case_evidence
         WHERE citizen_id = $1 AND case_id = $2 AND way = 'deferred' ORDER BY requirement_id",
        key,
    )?;
    rows.iter()
        .map(|row| {
            Ok(DeferredLookup {
                requirement_id: row.text(0)?.as_str().into(),
                title: read_text(row, 1)?,
                register: title(&RegisterId(row.text(3)?)),
            })
        })
        .collect()
}

pub(super) fn declarations(tx: &mut dyn Tx, key: &[Value]) -> Result<Vec<SignedDeclaration>, StoreError> {
    let rows = tx.query(
        "SELECT declaration_id, title_zh, title_en FROM case_declarations
         WHERE citizen_id = $1 AND case_id = $2 ORDER BY declaration_id",
        key,
    )?;
    rows.iter()
        .map(|row| {
            let declaration_id = row.text(0)?.as_str().into();
            Ok(SignedDeclaration { declaration_id, title: read_text(row, 1)? })
        })
        .collect()
}

pub(super) fn disputes(tx: &mut dyn Tx, key: &[Value]) -> Result<Vec<CaseDispute>, StoreError> {
    let rows = tx.query(
        "SELECT field_id, label_zh, label_en, register, status, reason_zh, reason_en FROM disputes
         WHERE citizen_id = $1 AND case_id = $2 ORDER BY field_id",
        key,
    )?;
    rows.iter()
        .map(|row| {
            Ok(CaseDispute {
                field_id: row.text(0)?.as_str().into(),
                label: read_text(row, 1)?,
                register: title(&RegisterId(row.text(3)?)),
                status: read_word(row, 4)?,
                reason: said(row, 5)?,
            })
        })
        .collect()
}

/// A text that is empty until somebody says it.
fn said(row: &Row, column: usize) -> Result<Option<citizen_api::Text>, StoreError> {
    let text = read_text(row, column)?;
    Ok((!text.zh.is_empty()).then_some(text))
}
