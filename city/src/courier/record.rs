//! A parcel as it is shown: put together from its rows.

use citizen_api::delivery::{DeliverTo, Delivery, DeliveryEvent};
use citizen_api::{DeliveryId, Text};

use crate::store::{Row, StoreError, Tx, Value};
use crate::words::{read_text, read_word};

const COLUMNS: &str =
    "SELECT citizen_id, delivery_id, content_zh, content_en, status, revision, tracking_number,
    address, to_kind, to_name, to_phone, carrier_sequence, heard_at FROM deliveries";

/// A parcel, and what only the city knows of it.
pub struct DeliveryRecord {
    /// Whose parcel it is.
    pub citizen_id: String,
    /// What is shown.
    pub delivery: Delivery,
    /// The highest place of a carrier's message that has counted.
    pub carrier_sequence: u64,
    /// When the carrier was last heard of; empty before it has the parcel.
    pub heard_at: String,
}

/// The parcel of that name, whoever's it is.
pub fn find(tx: &mut dyn Tx, delivery_id: DeliveryId) -> Result<Option<DeliveryRecord>, StoreError> {
    let sql = format!("{COLUMNS} WHERE delivery_id = $1");
    tx.query_one(&sql, &[delivery_id.to_string().into()])?.map(|row| read(tx, &row)).transpose()
}

/// The parcel that the carrier calls so.
pub fn find_tracked(tx: &mut dyn Tx, number: &str) -> Result<Option<DeliveryRecord>, StoreError> {
    let sql = format!("{COLUMNS} WHERE tracking_number = $1");
    tx.query_one(&sql, &[number.into()])?.map(|row| read(tx, &row)).transpose()
}

/// Parcels for which something still follows, oldest first.
pub fn all_under_way(tx: &mut dyn Tx) -> Result<Vec<Delivery>, StoreError> {
    let sql = format!(
        "{COLUMNS} WHERE status NOT IN ('delivered', 'cancelled') ORDER BY opened_at, delivery_id LIMIT 500"
    );
    let rows = tx.query(&sql, &[])?;
    rows.iter().map(|row| read(tx, row).map(|record| record.delivery)).collect()
}

/// Parcels for which something still follows, from one on, in the order of their names.
pub fn some_under_way(tx: &mut dyn Tx, after: &str, most: u32) -> Result<Vec<DeliveryRecord>, StoreError> {
    let sql = format!(
        "{COLUMNS} WHERE status NOT IN ('delivered', 'cancelled', 'held', 'at_counter') AND delivery_id > $1
         ORDER BY delivery_id LIMIT $2"
    );
    let rows = tx.query(&sql, &[after.into(), most.into()])?;
    rows.iter().map(|row| read(tx, row)).collect()
}

fn read(tx: &mut dyn Tx, row: &Row) -> Result<DeliveryRecord, StoreError> {
    let key: [Value; 2] = [row.text(0)?.into(), row.text(1)?.into()];
    let to = match row.text(8)?.as_str() {
        "registered" => DeliverTo::Registered,
        _ => DeliverTo::Address { name: row.text(9)?, phone: row.text(10)?, address: row.text(7)? },
    };
    let delivery = Delivery {
        delivery_id: row.parse(1)?,
        content: read_text(row, 2)?,
        to,
        status: read_word(row, 4)?,
        revision: row.number(5)?,
        tracking_number: row.text(6)?,
        events: events(tx, &key)?,
    };
    Ok(DeliveryRecord {
        citizen_id: row.text(0)?,
        delivery,
        carrier_sequence: row.number(11)?,
        heard_at: row.text(12)?,
    })
}

fn events(tx: &mut dyn Tx, key: &[Value]) -> Result<Vec<DeliveryEvent>, StoreError> {
    let rows = tx.query(
        "SELECT status, at, note_zh, note_en FROM delivery_events
         WHERE citizen_id = $1 AND delivery_id = $2 ORDER BY sequence",
        key,
    )?;
    rows.iter()
        .map(|row| {
            let note: Text = read_text(row, 2)?;
            let note = (!note.zh.is_empty()).then_some(note);
            Ok(DeliveryEvent { status: read_word(row, 0)?, at: row.parse(1)?, note })
        })
        .collect()
}
