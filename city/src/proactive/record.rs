//! An offer as it is shown: put together from its row and its rule.

use citizen_api::changes::Change;
use citizen_api::offer::{DisputedOffer, Offer};
use citizen_api::{OfferId, RuleId, Text};

use super::{rules, told};
use crate::changes;
use crate::http::Refusal;
use crate::store::{Row, Tx};
use crate::words::read_word;

const COLUMNS: &str = "SELECT citizen_id, offer_id, rule_id, occasion, status, revision, made_on, answer_zh,
    answer_en, note FROM offers";

/// An offer, and whose it is.
pub(super) struct OfferRecord {
    pub(super) citizen_id: String,
    pub(super) offer: Offer,
    /// What the citizen says is wrong.
    note: String,
}

/// The offer of that name, whoever's it is.
pub(super) fn find(tx: &mut dyn Tx, offer_id: OfferId) -> Result<Option<OfferRecord>, Refusal> {
    let row = tx.query_one(&format!("{COLUMNS} WHERE offer_id = $1"), &[offer_id.to_string().into()])?;
    row.map(|row| read(&row)).transpose()
}

/// The offer of that name, where it is this citizen's.
pub(super) fn find_of(tx: &mut dyn Tx, citizen_id: &str, offer_id: OfferId) -> Result<Offer, Refusal> {
    let own = find(tx, offer_id)?.filter(|record| record.citizen_id == citizen_id);
    own.map(|record| record.offer).ok_or_else(Refusal::not_found)
}

/// What citizens dispute, the oldest dispute first.
pub(super) fn disputed(tx: &mut dyn Tx) -> Result<Vec<DisputedOffer>, Refusal> {
    let sql = format!("{COLUMNS} WHERE status = 'disputed' ORDER BY disputed_at, offer_id LIMIT 500");
    let rows = tx.query(&sql, &[])?;
    let shown = |row: &Row| read(row).map(|OfferRecord { offer, note, .. }| DisputedOffer { offer, note });
    rows.iter().map(shown).collect()
}

/// Tells the citizen's phones of an offer as it now stands, and gives that.
pub(super) fn publish(tx: &mut dyn Tx, citizen_id: &str, offer_id: OfferId) -> Result<Change, Refusal> {
    let change = Change::Offer(Box::new(find_of(tx, citizen_id, offer_id)?));
    changes::append(tx, citizen_id, &change)?;
    Ok(change)
}

fn read(row: &Row) -> Result<OfferRecord, Refusal> {
    let rule = rules::of(&RuleId(row.text(2)?))?;
    let answer = Text::new(row.text(7)?, row.text(8)?);
    let offer = Offer {
        status: read_word(row, 4)?,
        revision: row.number(5)?,
        made_on: row.parse(6)?,
        answer: (!answer.zh.is_empty()).then_some(answer),
        ..told::offer(&rule, row.parse(1)?, row.parse(3)?)
    };
    Ok(OfferRecord { citizen_id: row.text(0)?, offer, note: row.text(9)? })
}
