//! A parcel as it is shown: put together from its rows.

use citizen_api::DeliveryId;
use citizen_api::delivery::{Delivery, DeliveryEvent};

use crate::store::{Row, StoreError, Tx, Value};
use crate::words::{read_text, read_word};

const COLUMNS: &str = "SELECT citizen_id, delivery_id, content_zh, content_en, status, revision,
    tracking_number FROM deliveries";

/// A parcel, and whose it is.
pub struct DeliveryRecord {
    /// Whose parcel it is.
    pub citizen_id: String,
    /// What is shown.
    pub delivery: Delivery,
}

/// The parcel of that name, whoever's it is.
pub fn find(tx: &mut dyn Tx, delivery_id: DeliveryId) -> Result<Option<DeliveryRecord>, StoreError> {
    let sql = format!("{COLUMNS} WHERE delivery_id = $1");
    tx.query_one(&sql, &[delivery_id.to_string().into()])?.map(|row| read(tx, &row)).transpose()
}

/// Parcels that are not at the door yet, oldest first.
pub fn all_under_way(tx: &mut dyn Tx) -> Result<Vec<Delivery>, StoreError> {
    let sql = format!("{COLUMNS} WHERE status <> 'delivered' ORDER BY opened_at, delivery_id LIMIT 500");
    let rows = tx.query(&sql, &[])?;
    rows.iter().map(|row| read(tx, row).map(|record| record.delivery)).collect()
}

fn read(tx: &mut dyn Tx, row: &Row) -> Result<DeliveryRecord, StoreError> {
    let key: [Value; 2] = [row.text(0)?.into(), row.text(1)?.into()];
    let delivery = Delivery {
        delivery_id: row.parse(1)?,
        content: read_text(row, 2)?,
        status: read_word(row, 4)?,
        revision: row.number(5)?,
        tracking_number: row.text(6)?,
        events: events(tx, &key)?,
    };
    Ok(DeliveryRecord { citizen_id: row.text(0)?, delivery })
}

fn events(tx: &mut dyn Tx, key: &[Value]) -> Result<Vec<DeliveryEvent>, StoreError> {
    let rows = tx.query(
        "SELECT status, at FROM delivery_events WHERE citizen_id = $1 AND delivery_id = $2 ORDER BY sequence",
        key,
    )?;
    rows.iter().map(|row| Ok(DeliveryEvent { status: read_word(row, 0)?, at: row.parse(1)? })).collect()
}
