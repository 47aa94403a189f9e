//! The rows of grievances.

use citizen_api::grievance::{Grievance, GrievanceAnswer, GrievanceEntry};
use citizen_api::{CaseId, Text};
use jiff::civil::Date;

use crate::store::{Row, StoreError, Tx, Value};
use crate::words::read_text;

/// What is said of a grievance, in the order that [`read`] takes it.
const COLUMNS: &str = "kept.level, kept.desk_zh, kept.desk_en, kept.about_zh, kept.about_en, kept.about_case_id,
    kept.answer_zh, kept.answer_en, kept.put_right, kept.answered_by_zh, kept.answered_by_en, kept.answered_at";

/// How many columns these are.
const WIDTH: usize = 12;

/// What a case says of the grievance that it is; none where it is none.
pub(crate) fn of_case(tx: &mut dyn Tx, key: &[Value]) -> Result<Option<Grievance>, StoreError> {
    let sql =
        format!("SELECT {COLUMNS} FROM grievances AS kept WHERE kept.citizen_id = $1 AND kept.case_id = $2");
    tx.query_one(&sql, key)?.map(|row| read(&row)).transpose()
}

fn read(row: &Row) -> Result<Grievance, StoreError> {
    let about = read_text(row, 3)?;
    let about_case = row.text(5)?;
    let answer = match row.optional_parse(11)? {
        None => None,
        Some(answered_at) => Some(GrievanceAnswer {
            text: read_text(row, 6)?,
            put_right: row.integer(8)? != 0,
            by: read_text(row, 9)?,
            answered_at,
        }),
    };
    Ok(Grievance {
        level: row.number(0)?,
        desk: read_text(row, 1)?,
        about: (!about.zh.is_empty()).then_some(about),
        about_case: if about_case.is_empty() { None } else { Some(row.parse(5)?) },
        answer,
    })
}

/// The grievances of the city, the one that is due first at the top; only those that wait where that is wanted.
pub(super) fn list(tx: &mut dyn Tx, only_open: bool, today: Date) -> Result<Vec<GrievanceEntry>, StoreError> {
    let open = if only_open { "WHERE kept.answered_at IS NULL" } else { "" };
    let sql = format!(
        "SELECT {COLUMNS}, made.case_id, made.promised_by, kept.trips FROM grievances AS kept
         JOIN cases AS made ON made.citizen_id = kept.citizen_id AND made.case_id = kept.case_id
         {open} ORDER BY kept.answered_at IS NOT NULL, made.promised_by, made.case_id LIMIT 500"
    );
    tx.query(&sql, &[])?.iter().map(|row| entry(row, today)).collect()
}

/// One of them, with whose it is and what it is about; none where there is no such grievance.
pub(super) fn find(
    tx: &mut dyn Tx,
    case_id: CaseId,
    today: Date,
) -> Result<Option<(GrievanceEntry, Row)>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS}, made.case_id, made.promised_by, kept.trips, kept.citizen_id, kept.shares_case,
                made.transaction_id
         FROM grievances AS kept
         JOIN cases AS made ON made.citizen_id = kept.citizen_id AND made.case_id = kept.case_id
         WHERE kept.case_id = $1"
    );
    let row = tx.query_one(&sql, &[case_id.to_string().into()])?;
    row.map(|row| Ok((entry(&row, today)?, row))).transpose()
}

/// Where the columns begin that only [`find`] reads.
pub(super) const OWNER: usize = WIDTH + 3;

fn entry(row: &Row, today: Date) -> Result<GrievanceEntry, StoreError> {
    let grievance = read(row)?;
    let due_by: Date = row.parse(WIDTH + 1)?;
    Ok(GrievanceEntry {
        case_id: row.parse(WIDTH)?,
        overdue: grievance.answer.is_none() && due_by < today,
        grievance,
        due_by,
        trips: row.number(WIDTH + 2)?,
    })
}

/// The department whose business a grievance is.
pub(super) fn department(tx: &mut dyn Tx, citizen_id: &str, case_id: CaseId) -> Result<Text, StoreError> {
    let row = tx.query_one(
        "SELECT department_zh, department_en FROM grievances WHERE citizen_id = $1 AND case_id = $2",
        &[citizen_id.into(), case_id.to_string().into()],
    )?;
    read_text(&row.ok_or(StoreError::Column { column: 0, expected: "a grievance" })?, 0)
}
