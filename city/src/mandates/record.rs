//! The rows of mandates, and of what was done under them.

use citizen_api::changes::Change;
use citizen_api::mandate::{Mandate, MandateAct, Party};
use citizen_api::{MandateId, Subject};

use crate::changes;
use crate::store::{Row, StoreError, Tx, Value};
use crate::words::{read_text, read_word, word};

const SELECT: &str =
    "SELECT m.mandate_id, m.from_citizen, giver.name, m.to_citizen, taker.name, m.scope, m.until,
        m.status, m.revision, m.given_at
    FROM mandates AS m
    JOIN residents AS giver ON giver.citizen_id = m.from_citizen
    JOIN residents AS taker ON taker.citizen_id = m.to_citizen";

/// The mandate of that name.
pub(super) fn find(tx: &mut dyn Tx, mandate_id: MandateId) -> Result<Option<Mandate>, StoreError> {
    let sql = format!("{SELECT} WHERE m.mandate_id = $1");
    tx.query_one(&sql, &[mandate_id.to_string().into()])?.map(|row| read(&row)).transpose()
}

/// Every mandate that a citizen has given or was given, oldest first.
pub(super) fn all_of(tx: &mut dyn Tx, citizen_id: &str) -> Result<Vec<Mandate>, StoreError> {
    let sql =
        format!("{SELECT} WHERE m.from_citizen = $1 OR m.to_citizen = $1 ORDER BY m.given_at, m.mandate_id");
    tx.query(&sql, &[citizen_id.into()])?.iter().map(read).collect()
}

fn read(row: &Row) -> Result<Mandate, StoreError> {
    let party =
        |at: usize| Ok::<_, StoreError>(Party { subject: Subject(row.text(at)?), name: row.text(at + 1)? });
    Ok(Mandate {
        mandate_id: row.parse(0)?,
        from: party(1)?,
        to: party(3)?,
        scope: row.json(5)?,
        until: row.parse(6)?,
        status: read_word(row, 7)?,
        revision: row.number(8)?,
        given_at: row.parse(9)?,
    })
}

/// Keeps a mandate as it stands now, and tells both.
pub(super) fn keep(tx: &mut dyn Tx, mandate: &Mandate) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO mandates (mandate_id, from_citizen, to_citizen, scope, until, status, revision, given_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (mandate_id) DO UPDATE
         SET scope = excluded.scope, status = excluded.status, revision = excluded.revision",
        &[
            mandate.mandate_id.to_string().into(),
            mandate.from.subject.as_str().into(),
            mandate.to.subject.as_str().into(),
            Value::json(&mandate.scope)?,
            mandate.until.into(),
            word(&mandate.status)?,
            mandate.revision.into(),
            mandate.given_at.into(),
        ],
    )?;
    tell_both(tx, mandate, &Change::Mandate(Box::new(mandate.clone())))
}

/// Writes down what was done under a mandate, and tells both.
pub(super) fn note(tx: &mut dyn Tx, mandate: &Mandate, act: MandateAct) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO mandate_acts (act_id, mandate_id, kind, title_zh, title_en, case_id, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        &[
            act.act_id.to_string().into(),
            mandate.mandate_id.to_string().into(),
            word(&act.kind)?,
            (&act.title.zh).into(),
            (&act.title.en).into(),
            act.case_id.map(|case_id| case_id.to_string()).unwrap_or_default().into(),
            act.at.into(),
        ],
    )?;
    tell_both(tx, mandate, &Change::MandateAct(Box::new(act)))
}

fn tell_both(tx: &mut dyn Tx, mandate: &Mandate, change: &Change) -> Result<(), StoreError> {
    for party in [&mandate.from, &mandate.to] {
        changes::append(tx, party.subject.as_str(), change)?;
    }
    Ok(())
}

/// What others did for a citizen under a mandate, and the citizen for others, oldest first.
pub(crate) fn acts_of(tx: &mut dyn Tx, citizen_id: &str) -> Result<Vec<MandateAct>, StoreError> {
    let rows = tx.query(
        "SELECT act.act_id, act.mandate_id, act.kind, m.to_citizen, taker.name, m.from_citizen, giver.name,
                act.title_zh, act.title_en, act.case_id, act.at
         FROM mandate_acts AS act
         JOIN mandates AS m ON m.mandate_id = act.mandate_id
         JOIN residents AS giver ON giver.citizen_id = m.from_citizen
         JOIN residents AS taker ON taker.citizen_id = m.to_citizen
         WHERE m.from_citizen = $1 OR m.to_citizen = $1 ORDER BY act.at, act.act_id",
        &[citizen_id.into()],
    )?;
    rows.iter()
        .map(|row| {
            Ok(MandateAct {
                act_id: row.parse(0)?,
                mandate_id: row.parse(1)?,
                kind: read_word(row, 2)?,
                by: Party { subject: Subject(row.text(3)?), name: row.text(4)? },
                on_behalf_of: Party { subject: Subject(row.text(5)?), name: row.text(6)? },
                title: read_text(row, 7)?,
                case_id: row.text(9)?.parse().ok(),
                at: row.parse(10)?,
            })
        })
        .collect()
}
