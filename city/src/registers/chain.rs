//! Writing down who read whose records: each reading is chained to the one before.

use jiff::Timestamp;

use super::read::Purpose;
use crate::store::{StoreError, Tx, Value};

/// Writes a reading down for everyone whom `who` finds: a query of their `citizen_id`, with its values first.
pub(crate) fn note_all(
    tx: &mut dyn Tx,
    (who, values): (&str, &[Value]),
    register: &str,
    items: &[&str],
    purpose: &Purpose,
    at: Timestamp,
) -> Result<(), StoreError> {
    let items = items.join(",");
    let case_id = purpose.case_id.map(|case_id| case_id.to_string()).unwrap_or_default();
    let at = at.to_string();
    let said: [&str; 11] = [
        register,
        &items,
        &one_line(&purpose.requester.zh),
        &one_line(&purpose.requester.en),
        &one_line(&purpose.purpose.zh),
        &one_line(&purpose.purpose.en),
        &one_line(&purpose.legal_ground.zh),
        &one_line(&purpose.legal_ground.en),
        purpose.service_id.as_str(),
        &case_id,
        &at,
    ];
    let first = values.len();
    let columns: Vec<String> = (1..=said.len()).map(|place| format!("${}", first + place)).collect();
    let (columns, line, rest) = (columns.join(", "), first + said.len() + 1, first + said.len() + 2);
    let sql = format!(
        "INSERT INTO register_log (citizen_id, sequence, register, items, requester_zh, requester_en, purpose_zh,
             purpose_en, ground_zh, ground_en, service_id, case_id, read_at, previous, sha256)
         SELECT made.citizen_id, made.sequence, {columns}, made.previous,
             sha256_hex(made.previous || ${line} || made.citizen_id || ${line}
                 || CAST(made.sequence AS TEXT) || ${line} || ${rest})
         FROM (SELECT who.citizen_id, COALESCE(last.sequence, 0) + 1 AS sequence,
                      COALESCE(last.sha256, '') AS previous
               FROM ({who}) AS who
               LEFT JOIN register_log AS last ON last.citizen_id = who.citizen_id AND last.sequence =
                   (SELECT MAX(sequence) FROM register_log WHERE citizen_id = who.citizen_id)) AS made"
    );
    let mut values = values.to_vec();
    values.extend(said.iter().map(|text| Value::from(*text)));
    values.extend(["\n".into(), said.join("\n").as_str().into()]);
    tx.execute(&sql, &values)?;
    Ok(())
}

/// A text without line breaks: what is digested has a line for each.
fn one_line(text: &str) -> String {
    text.replace(['\r', '\n'], " ")
}
