//! A card as the city keeps it.

use citizen_api::CredentialId;
use citizen_api::credential::CredentialOffer;
use jiff::civil::Date;

use crate::store::{Row, StoreError, Tx};
use crate::words::{read_text, read_word};

/// A card with what only the city knows of it.
pub struct CredentialRecord {
    /// Whose card it is.
    pub citizen_id: String,
    /// What is shown.
    pub offer: CredentialOffer,
    /// The day after which it no longer holds.
    pub ends_on: Date,
    /// The number printed on it.
    pub card_number: String,
    /// Its place in the status list.
    pub status_index: u64,
}

/// The card of that name, whoever's it is.
pub fn find(tx: &mut dyn Tx, credential_id: CredentialId) -> Result<Option<CredentialRecord>, StoreError> {
    tx.query_one(
        "SELECT citizen_id, credential_id, kind, title_zh, title_en, reason_zh, reason_en, issued_on,
                delivery_id, valid, ends_on, card_number, status_index
         FROM credentials WHERE credential_id = $1",
        &[credential_id.to_string().into()],
    )?
    .map(|row| read(&row))
    .transpose()
}

fn read(row: &Row) -> Result<CredentialRecord, StoreError> {
    let offer = CredentialOffer {
        credential_id: row.parse(1)?,
        kind: read_word(row, 2)?,
        title: read_text(row, 3)?,
        reason: read_text(row, 5)?,
        issued_on: row.parse(7)?,
        delivery_id: row.optional_parse(8)?,
        valid: row.integer(9)? == 1,
    };
    Ok(CredentialRecord {
        citizen_id: row.text(0)?,
        offer,
        ends_on: row.parse(10)?,
        card_number: row.text(11)?,
        status_index: row.number(12)?,
    })
}
