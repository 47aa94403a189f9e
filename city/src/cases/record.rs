//! A case as it is shown: put together from its rows.

use citizen_api::case::{Case, CaseEvent, CaseStatus, EvidenceRequest, Payout, Refusal};
use citizen_api::catalogue::Workflow;
use citizen_api::settlement::Settlement;
use citizen_api::{CaseId, Fen};

use super::record_evidence::{checks, declarations, deferred, disputes};
use crate::grievances;
use crate::store::{Row, StoreError, Tx, Value};
use crate::words::{read_text, read_word, word};

/// A case with what only the city knows of it.
#[derive(Clone)]
pub struct CaseRecord {
    /// Whose case it is.
    pub citizen_id: String,
    /// How cases of its service run.
    pub workflow: Workflow,
    /// What is shown.
    pub case: Case,
}

const COLUMNS: &str = "SELECT citizen_id, case_id, transaction_id, service_id, service_version, workflow,
    title_zh, title_en, status, revision, received_at, promised_by, delivery_id FROM cases";

/// The case of that name, whoever's it is.
pub fn find(tx: &mut dyn Tx, case_id: CaseId) -> Result<Option<CaseRecord>, StoreError> {
    let row = tx.query_one(&format!("{COLUMNS} WHERE case_id = $1"), &[case_id.to_string().into()])?;
    row.map(|row| read(tx, &row)).transpose()
}

/// The case of that name, where it is this citizen's.
pub fn find_of(tx: &mut dyn Tx, citizen_id: &str, case_id: CaseId) -> Result<Option<CaseRecord>, StoreError> {
    let values: [Value; 2] = [citizen_id.into(), case_id.to_string().into()];
    let row = tx.query_one(&format!("{COLUMNS} WHERE citizen_id = $1 AND case_id = $2"), &values)?;
    row.map(|row| read(tx, &row)).transpose()
}

/// Every case of a citizen, oldest first.
pub fn all_of(tx: &mut dyn Tx, citizen_id: &str) -> Result<Vec<Case>, StoreError> {
    let sql = format!("{COLUMNS} WHERE citizen_id = $1 ORDER BY received_at, case_id");
    shown(tx, &sql, &[citizen_id.into()])
}

/// The cases of the office, oldest first; only those in one status where it is given.
pub fn all_in(tx: &mut dyn Tx, status: Option<CaseStatus>) -> Result<Vec<Case>, StoreError> {
    match status {
        None => shown(tx, &format!("{COLUMNS} ORDER BY received_at, case_id LIMIT 500"), &[]),
        Some(status) => {
            let sql = format!("{COLUMNS} WHERE status = $1 ORDER BY received_at, case_id LIMIT 500");
            shown(tx, &sql, &[word(&status)?])
        }
    }
}

fn shown(tx: &mut dyn Tx, sql: &str, values: &[Value]) -> Result<Vec<Case>, StoreError> {
    let rows = tx.query(sql, values)?;
    rows.iter().map(|row| read(tx, row).map(|record| record.case)).collect()
}

fn read(tx: &mut dyn Tx, row: &Row) -> Result<CaseRecord, StoreError> {
    let key: [Value; 2] = [row.text(0)?.into(), row.text(1)?.into()];
    let case = Case {
        case_id: row.parse(1)?,
        transaction_id: row.parse(2)?,
        service_id: row.text(3)?.as_str().into(),
        service_version: row.number(4)?,
        title: read_text(row, 6)?,
        status: read_word(row, 8)?,
        revision: row.number(9)?,
        received_at: row.parse(10)?,
        promised_by: row.parse(11)?,
        events: events(tx, &key)?,
        requests: requests(tx, &key)?,
        checks: checks(tx, &key)?,
        deferred: deferred(tx, &key)?,
        declarations: declarations(tx, &key)?,
        disputes: disputes(tx, &key)?,
        settlement: settlement(tx, &key)?,
        payout: payout(tx, &key)?,
        refusal: refusal(tx, &key)?,
        delivery_id: row.optional_parse(12)?,
        grievance: grievances::of_case(tx, &key)?,
    };
    Ok(CaseRecord { citizen_id: row.text(0)?, workflow: read_word(row, 5)?, case })
}

fn events(tx: &mut dyn Tx, key: &[Value]) -> Result<Vec<CaseEvent>, StoreError> {
    let rows = tx.query(
        "SELECT sequence, kind, at, by_zh, by_en FROM case_events
         WHERE citizen_id = $1 AND case_id = $2 ORDER BY sequence",
        key,
    )?;
    rows.iter()
        .map(|row| {
            Ok(CaseEvent {
                sequence: row.number(0)?,
                kind: read_word(row, 1)?,
                at: row.parse(2)?,
                by: read_text(row, 3)?,
            })
        })
        .collect()
}

fn requests(tx: &mut dyn Tx, key: &[Value]) -> Result<Vec<EvidenceRequest>, StoreError> {
    let rows = tx.query(
        "SELECT asked.request_id, asked.requirement_id, asked.title_zh, asked.title_en, asked.reason_zh,
                asked.reason_en, asked.requested_at, asked.answer_by, answer.transaction_id
         FROM evidence_requests AS asked LEFT JOIN supplements AS answer
           ON answer.citizen_id = asked.citizen_id AND answer.case_id = asked.case_id
          AND answer.request_id = asked.request_id
         WHERE asked.citizen_id = $1 AND asked.case_id = $2
         ORDER BY asked.requested_at, asked.request_id",
        key,
    )?;
    rows.iter()
        .map(|row| {
            Ok(EvidenceRequest {
                request_id: row.parse(0)?,
                requirement_id: row.text(1)?.as_str().into(),
                title: read_text(row, 2)?,
                reason: read_text(row, 4)?,
                requested_at: row.parse(6)?,
                answer_by: row.parse(7)?,
                answered_by: row.optional_parse(8)?,
            })
        })
        .collect()
}

fn settlement(tx: &mut dyn Tx, key: &[Value]) -> Result<Option<Settlement>, StoreError> {
    tx.query_one("SELECT settlement FROM settlements WHERE citizen_id = $1 AND case_id = $2", key)?
        .map(|row| row.json(0))
        .transpose()
}

fn payout(tx: &mut dyn Tx, key: &[Value]) -> Result<Option<Payout>, StoreError> {
    let sql = "SELECT amount_fen, paid_at, account_ending, reference FROM payouts
               WHERE citizen_id = $1 AND case_id = $2";
    let Some(row) = tx.query_one(sql, key)? else { return Ok(None) };
    Ok(Some(Payout {
        amount: Fen(row.integer(0)?),
        paid_at: row.parse(1)?,
        account_ending: row.text(2)?,
        reference: row.text(3)?,
    }))
}

fn refusal(tx: &mut dyn Tx, key: &[Value]) -> Result<Option<Refusal>, StoreError> {
    let sql = "SELECT reason_zh, reason_en, ground_zh, ground_en FROM refusals
               WHERE citizen_id = $1 AND case_id = $2";
    let Some(row) = tx.query_one(sql, key)? else { return Ok(None) };
    Ok(Some(Refusal { reason: read_text(&row, 0)?, legal_ground: read_text(&row, 2)? }))
}
