//! The statements of a run. Each acts on all the people of a rule at once.
//!
//! Names are made inside the database: the run's own prefix and a number. What the phones are told is the
//! wire's JSON, written once for the rule with stand-ins, which the database replaces by what each row has.

use citizen_api::changes::Change;
use citizen_api::credential::CredentialKind;
use citizen_api::delivery::DeliveryStatus;
use jiff::civil::Date;
use jiff::{Span, Timestamp};
use uuid::Uuid;

use super::rules::{Card, Record, Rule, Who};
use super::told::StandIns;
use crate::registers::{Purpose, note_all};
use crate::store::{StoreError, Tx, Value};
use crate::words::word;

/// How much of a UUID's text is the run's; the twelve digits after it are a number.
const PREFIX_LENGTH: usize = 24;

/// One run over the registers.
pub(super) struct Run {
    /// The run's name, whose beginning is the beginning of everything it makes.
    name: Uuid,
    pub(super) date: Date,
    at: Timestamp,
}

/// Whom a change is about: where each has its name, its day and its number.
enum About {
    /// Those whom a rule found.
    Found,
    /// Those whose card another has replaced.
    Replaced,
}

impl Run {
    /// A run on a day.
    pub(super) fn new(date: Date, at: Timestamp) -> Self {
        Self { name: Uuid::now_v7(), date, at }
    }

    fn id(&self) -> Value {
        self.name.to_string().into()
    }

    fn prefix(&self) -> String {
        self.name.to_string().chars().take(PREFIX_LENGTH).collect()
    }

    /// Finds everyone whom a rule is for and whom it has not found before for the same occasion; says how many.
    pub(super) fn find(&self, tx: &mut dyn Tx, rule: &Rule) -> Result<u64, StoreError> {
        let Some((after, up_to)) = rule.who.days(self.date) else { return Ok(0) };
        let mut values = vec![
            self.prefix().into(),
            rule.rule_id.as_str().into(),
            self.date.into(),
            self.id(),
            up_to.into(),
            after.into(),
        ];
        let source = source(&rule.who, &mut values);
        let mut unless = String::new();
        for register in &rule.unless {
            values.push(register.as_str().into());
            let place = values.len();
            unless.push_str(&format!(
                " AND NOT EXISTS (SELECT 1 FROM register_records AS gone
                      WHERE gone.citizen_id = who.citizen_id AND gone.register = ${place})"
            ));
        }
        if let Some(card) = &rule.makes.card {
            values.push(word(&card.kind)?);
            let place = values.len();
            unless.push_str(&format!(
                " AND NOT EXISTS (SELECT 1 FROM credentials AS has
                      WHERE has.citizen_id = who.citizen_id AND has.kind = ${place})"
            ));
        }
        let sql = format!(
            "INSERT INTO offers (citizen_id, offer_id, number, rule_id, occasion, made_on, made_by_run)
             SELECT found.citizen_id, $1 || substr(CAST(1000000000000 + found.number AS TEXT), 2), found.number,
                 $2, found.occasion, $3, $4
             FROM (SELECT who.citizen_id, who.occasion, ROW_NUMBER() OVER (ORDER BY who.citizen_id)
                       + (SELECT COALESCE(MAX(number), 0) FROM offers) AS number
                   FROM ({source}) AS who
                   WHERE who.occasion <= $5 AND who.occasion > $6 AND NOT EXISTS (
                       SELECT 1 FROM offers AS had WHERE had.citizen_id = who.citizen_id
                           AND had.rule_id = $2 AND had.occasion = who.occasion){unless}) AS found
             WHERE TRUE ON CONFLICT (citizen_id, rule_id, occasion) DO NOTHING"
        );
        tx.execute(&sql, &values)
    }

    /// Makes the card of a rule for everyone whom this run found; says how many.
    pub(super) fn make_cards(&self, tx: &mut dyn Tx, rule: &Rule, card: &Card) -> Result<u64, StoreError> {
        let ends_on = self.date.saturating_add(Span::new().years(card.valid_years));
        tx.execute(
            "INSERT INTO credentials (citizen_id, credential_id, kind, title_zh, title_en, reason_zh,
                 reason_en, issued_on, ends_on, card_number, status_index, delivery_id, made_by_run)
             SELECT citizen_id, offer_id, $3, $4, $5, $6, $7, made_on, $8,
                 $9 || substr(CAST(10000000000 + number AS TEXT), 2), number, offer_id, made_by_run
             FROM offers WHERE made_by_run = $1 AND rule_id = $2",
            &[
                self.id(),
                rule.rule_id.as_str().into(),
                word(&card.kind)?,
                (&rule.title.zh).into(),
                (&rule.title.en).into(),
                (&rule.reason.zh).into(),
                (&rule.reason.en).into(),
                ends_on.into(),
                (&card.number_prefix).into(),
            ],
        )
    }

    /// Makes the entry of a rule in its register.
    pub(super) fn make_records(
        &self,
        tx: &mut dyn Tx,
        rule: &Rule,
        record: &Record,
    ) -> Result<(), StoreError> {
        tx.execute(
            "INSERT INTO register_records (citizen_id, register, item, value, as_of)
             SELECT citizen_id, $3, $4, $5, made_on FROM offers WHERE made_by_run = $1 AND rule_id = $2
             ON CONFLICT (citizen_id, register, item)
                 DO UPDATE SET value = excluded.value, as_of = excluded.as_of",
            &[
                self.id(),
                rule.rule_id.as_str().into(),
                record.register.as_str().into(),
                (&record.item).into(),
                (&record.value).into(),
            ],
        )?;
        Ok(())
    }

    /// Writes down, for everyone who was found, which registers were read.
    pub(super) fn note_reads(&self, tx: &mut dyn Tx, rule: &Rule) -> Result<(), StoreError> {
        let who = "SELECT citizen_id FROM offers WHERE made_by_run = $1 AND rule_id = $2";
        let purpose = Purpose {
            requester: rule.requester.clone(),
            purpose: rule.purpose.clone(),
            legal_ground: rule.legal_ground.clone(),
            service_id: rule.service_id.clone(),
            case_id: None,
        };
        let values = [self.id(), rule.rule_id.as_str().into()];
        let Who { register, item, .. } = &rule.who;
        // The parcel goes to the address that the population register has.
        if register.as_str() == "population" {
            return note_all(tx, (who, &values), "population", &[item, "address"], &purpose, self.at);
        }
        note_all(tx, (who, &values), register.as_str(), &[item], &purpose, self.at)?;
        note_all(tx, (who, &values), "population", &["address"], &purpose, self.at)
    }

    /// Opens a parcel to the registered address for everyone whom this run found by the rule; says how many.
    pub(super) fn open_parcels(&self, tx: &mut dyn Tx, rule: &Rule) -> Result<u64, StoreError> {
        let status = word(&DeliveryStatus::Prepared)?;
        let opened = tx.execute(
            "INSERT INTO deliveries (citizen_id, delivery_id, content_zh, content_en, address, status,
                 revision, tracking_number, opened_at)
             SELECT made.citizen_id, made.offer_id, $3, $4, who.address, $5, 1,
                 'YW' || substr(CAST(10000000000 + made.number AS TEXT), 2), $6
             FROM offers AS made JOIN residents AS who ON who.citizen_id = made.citizen_id
             WHERE made.made_by_run = $1 AND made.rule_id = $2",
            &[
                self.id(),
                rule.rule_id.as_str().into(),
                (&rule.makes.parcel.zh).into(),
                (&rule.makes.parcel.en).into(),
                status.clone(),
                self.at.into(),
            ],
        )?;
        tx.execute(
            "INSERT INTO delivery_events (citizen_id, delivery_id, sequence, status, at)
             SELECT citizen_id, offer_id, 1, $3, $4 FROM offers WHERE made_by_run = $1 AND rule_id = $2",
            &[self.id(), rule.rule_id.as_str().into(), status, self.at.into()],
        )?;
        Ok(opened)
    }

    /// Ends the cards in whose place those of the rule have come.
    pub(super) fn end_replaced(
        &self,
        tx: &mut dyn Tx,
        rule: &Rule,
        old: CredentialKind,
    ) -> Result<(), StoreError> {
        tx.execute(
            "UPDATE credentials SET valid = 0, replaced_by_run = $1
             WHERE kind = $3 AND valid = 1 AND citizen_id IN (
                 SELECT citizen_id FROM offers WHERE made_by_run = $1 AND rule_id = $2)",
            &[self.id(), rule.rule_id.as_str().into(), word(&old)?],
        )?;
        Ok(())
    }

    /// Tells the phones what was found for them: the offer, its card and its parcel.
    pub(super) fn tell_found(&self, tx: &mut dyn Tx, rule: &Rule) -> Result<(), StoreError> {
        let stand_in = StandIns::new();
        let name = rule.rule_id.as_str().into();
        let offer = Change::Offer(Box::new(stand_in.offer(rule, self.date)));
        self.tell(tx, &About::Found, &name, &stand_in, &offer)?;
        if let Some(card) = &rule.makes.card {
            let card = Change::Credential(stand_in.card(rule, card.kind, Some(self.date)));
            self.tell(tx, &About::Found, &name, &stand_in, &card)?;
        }
        self.tell(tx, &About::Found, &name, &stand_in, &Change::Delivery(stand_in.parcel(rule, self.at)))
    }

    /// Tells the phones of the cards that ended.
    pub(super) fn tell_replaced(
        &self,
        tx: &mut dyn Tx,
        maker: &Rule,
        old: CredentialKind,
    ) -> Result<(), StoreError> {
        let stand_in = StandIns::new();
        let card = Change::Credential(stand_in.card(maker, old, None));
        self.tell(tx, &About::Replaced, &word(&old)?, &stand_in, &card)
    }

    /// Adds one change to the feed of everyone it is about.
    fn tell(
        &self,
        tx: &mut dyn Tx,
        about: &About,
        name: &Value,
        stand_in: &StandIns,
        change: &Change,
    ) -> Result<(), StoreError> {
        let from = match about {
            About::Found => {
                "SELECT citizen_id, offer_id AS name, occasion AS day, number FROM offers
                 WHERE made_by_run = $1 AND rule_id = $2"
            }
            About::Replaced => {
                "SELECT citizen_id, credential_id AS name, issued_on AS day, status_index AS number
                 FROM credentials WHERE replaced_by_run = $1 AND kind = $2"
            }
        };
        tx.execute(
            &format!(
                "INSERT INTO change_feeds (citizen_id, last_sequence) SELECT made.citizen_id, 1 FROM ({from}) AS made
                 WHERE TRUE
                 ON CONFLICT (citizen_id) DO UPDATE SET last_sequence = change_feeds.last_sequence + 1"
            ),
            &[self.id(), name.clone()],
        )?;
        let tagged: Tagged = serde_json::to_value(change)
            .and_then(serde_json::from_value)
            .map_err(|_| StoreError::Unwritable)?;
        tx.execute(
            &format!(
                "INSERT INTO changes (citizen_id, sequence, kind, body)
                 SELECT made.citizen_id, feed.last_sequence, $3, replace(replace(replace($4, $5, made.name),
                     $6, made.day), $7, 'YW' || substr(CAST(10000000000 + made.number AS TEXT), 2))
                 FROM ({from}) AS made
                 JOIN change_feeds AS feed ON feed.citizen_id = made.citizen_id"
            ),
            &[
                self.id(),
                name.clone(),
                tagged.kind.into(),
                Value::json(&tagged.body)?,
                stand_in.id.to_string().into(),
                stand_in.day.to_string().into(),
                (&stand_in.tracking_number).into(),
            ],
        )?;
        Ok(())
    }

    /// Everyone for whom this run found something.
    pub(super) fn people(&self, tx: &mut dyn Tx) -> Result<Vec<String>, StoreError> {
        let sql = "SELECT DISTINCT citizen_id FROM offers WHERE made_by_run = $1";
        tx.query(sql, &[self.id()])?.iter().map(|row| row.text(0)).collect()
    }
}

/// Where the days of a register stand. Days of birth are a column of the residents; all else is a record.
fn source(who: &Who, values: &mut Vec<Value>) -> String {
    if who.register.as_str() == "population" && who.item == "birth_date" {
        return "SELECT citizen_id, birth_date AS occasion FROM residents".to_owned();
    }
    values.extend([who.register.as_str().into(), who.item.as_str().into()]);
    let last = values.len();
    format!(
        "SELECT citizen_id, value AS occasion FROM register_records WHERE register = ${} AND item = ${last}",
        last - 1
    )
}

/// A change as its row has it: the wire's tag and content.
#[derive(serde::Deserialize)]
struct Tagged {
    kind: String,
    body: serde_json::Value,
}
