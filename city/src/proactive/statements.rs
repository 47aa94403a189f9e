//! The statements of a run. Each acts on all the people of a rule at once.
//!
//! Names are made inside the database: the run's own prefix and a number. What the phones are told is the
//! wire's JSON, written once for the rule with stand-ins, which the database replaces by what each row has.

use citizen_api::changes::Change;
use citizen_api::credential::CredentialOffer;
use citizen_api::delivery::{Delivery, DeliveryEvent, DeliveryStatus};
use citizen_api::{CredentialId, DeliveryId};
use jiff::civil::Date;
use jiff::{Span, Timestamp};
use uuid::Uuid;

use super::age::born_by;
use super::rules::Rule;
use crate::registers::{Purpose, note_all};
use crate::store::{StoreError, Tx, Value};
use crate::words::word;

/// How much of a UUID's text is the run's; the twelve digits after it are a number.
const PREFIX_LENGTH: usize = 24;

/// One run over the registers.
pub(super) struct Run {
    /// The run's name, whose beginning is the beginning of everything it makes.
    name: Uuid,
    date: Date,
    at: Timestamp,
}

/// Which cards a change tells of.
#[derive(Clone, Copy)]
enum Told {
    Made,
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

    /// Makes the card of a rule for everyone who has reached its age and has none; says how many.
    pub(super) fn make_cards(&self, tx: &mut dyn Tx, rule: &Rule) -> Result<u64, StoreError> {
        let Some(born_by_day) = born_by(self.date, rule.from_age) else { return Ok(0) };
        let born_after = rule.to_age.and_then(|age| born_by(self.date, age));
        let ends_on = self.date.saturating_add(Span::new().years(rule.valid_years));
        tx.execute(
            "INSERT INTO credentials (citizen_id, credential_id, kind, title_zh, title_en, reason_zh,
                 reason_en, issued_on, ends_on, card_number, status_index, delivery_id, made_by_run)
             SELECT found.citizen_id, $1 || substr(CAST(1000000000000 + found.number AS TEXT), 2), $2, $3, $4,
                 $5, $6, $7, $8, $9 || substr(CAST(10000000000 + found.number AS TEXT), 2), found.number,
                 $1 || substr(CAST(1000000000000 + found.number AS TEXT), 2), $10
             FROM (SELECT who.citizen_id, ROW_NUMBER() OVER (ORDER BY who.citizen_id)
                       + (SELECT COALESCE(MAX(status_index), 0) FROM credentials) AS number
                   FROM residents AS who
                   WHERE who.birth_date <= $11 AND who.birth_date > $12 AND NOT EXISTS (
                       SELECT 1 FROM credentials AS has
                       WHERE has.citizen_id = who.citizen_id AND has.kind = $2)) AS found",
            &[
                self.prefix().into(),
                word(&rule.kind)?,
                (&rule.title.zh).into(),
                (&rule.title.en).into(),
                (&rule.reason.zh).into(),
                (&rule.reason.en).into(),
                self.date.into(),
                ends_on.into(),
                (&rule.card_number_prefix).into(),
                self.id(),
                born_by_day.into(),
                born_after.unwrap_or(Date::ZERO).into(),
            ],
        )
    }

    /// Writes down, for everyone who got the card, that the population register was read.
    pub(super) fn note_reads(&self, tx: &mut dyn Tx, rule: &Rule) -> Result<(), StoreError> {
        let who = "SELECT citizen_id FROM credentials WHERE made_by_run = $1 AND kind = $2";
        let purpose = Purpose {
            requester: rule.requester.clone(),
            purpose: rule.purpose.clone(),
            legal_ground: rule.legal_ground.clone(),
            service_id: rule.service_id.clone(),
            case_id: None,
        };
        let values = [self.id(), word(&rule.kind)?];
        note_all(tx, (who, &values), "population", &["birth_date", "address"], &purpose, self.at)
    }

    /// Opens a parcel to the registered address for every card of the rule that this run made; says how many.
    pub(super) fn open_parcels(&self, tx: &mut dyn Tx, rule: &Rule) -> Result<u64, StoreError> {
        let status = word(&DeliveryStatus::Prepared)?;
        let opened = tx.execute(
            "INSERT INTO deliveries (citizen_id, delivery_id, content_zh, content_en, address, status,
                 revision, tracking_number, opened_at)
             SELECT card.citizen_id, card.delivery_id, $3, $4, who.address, $5, 1,
                 'YW' || substr(CAST(10000000000 + card.status_index AS TEXT), 2), $6
             FROM credentials AS card JOIN residents AS who ON who.citizen_id = card.citizen_id
             WHERE card.made_by_run = $1 AND card.kind = $2",
            &[
                self.id(),
                word(&rule.kind)?,
                (&rule.parcel.zh).into(),
                (&rule.parcel.en).into(),
                status.clone(),
                self.at.into(),
            ],
        )?;
        tx.execute(
            "INSERT INTO delivery_events (citizen_id, delivery_id, sequence, status, at)
             SELECT citizen_id, delivery_id, 1, $3, $4 FROM credentials WHERE made_by_run = $1 AND kind = $2",
            &[self.id(), word(&rule.kind)?, status, self.at.into()],
        )?;
        Ok(opened)
    }

    /// Ends the cards in whose place this run's cards of the rule have come.
    pub(super) fn end_replaced(&self, tx: &mut dyn Tx, rule: &Rule, old: &Rule) -> Result<(), StoreError> {
        tx.execute(
            "UPDATE credentials SET valid = 0, replaced_by_run = $1
             WHERE kind = $3 AND valid = 1 AND citizen_id IN (
                 SELECT citizen_id FROM credentials WHERE made_by_run = $1 AND kind = $2)",
            &[self.id(), word(&rule.kind)?, word(&old.kind)?],
        )?;
        Ok(())
    }

    /// Tells the phones of the cards that were made, and of their parcels.
    pub(super) fn tell_made(&self, tx: &mut dyn Tx, rule: &Rule) -> Result<(), StoreError> {
        let at = self.at;
        let stand_in = StandIns::new();
        let parcel = Delivery {
            delivery_id: stand_in.delivery_id,
            content: rule.parcel.clone(),
            status: DeliveryStatus::Prepared,
            revision: 1,
            tracking_number: stand_in.tracking_number.clone(),
            events: vec![DeliveryEvent { status: DeliveryStatus::Prepared, at }],
        };
        self.tell(tx, rule, Told::Made, &stand_in, &Change::Credential(stand_in.offer(rule, true)))?;
        self.tell(tx, rule, Told::Made, &stand_in, &Change::Delivery(parcel))
    }

    /// Tells the phones of the cards that ended.
    pub(super) fn tell_replaced(&self, tx: &mut dyn Tx, old: &Rule) -> Result<(), StoreError> {
        let stand_in = StandIns::new();
        self.tell(tx, old, Told::Replaced, &stand_in, &Change::Credential(stand_in.offer(old, false)))
    }

    /// Adds one change to the feed of everyone it is about.
    fn tell(
        &self,
        tx: &mut dyn Tx,
        rule: &Rule,
        told: Told,
        stand_in: &StandIns,
        change: &Change,
    ) -> Result<(), StoreError> {
        let about = match told {
            Told::Made => "card.made_by_run = $1 AND card.kind = $2",
            Told::Replaced => "card.replaced_by_run = $1 AND card.kind = $2",
        };
        let (run, kind) = (self.id(), word(&rule.kind)?);
        tx.execute(
            &format!(
                "INSERT INTO change_feeds (citizen_id, last_sequence)
                 SELECT card.citizen_id, 1 FROM credentials AS card WHERE {about}
                 ON CONFLICT (citizen_id) DO UPDATE SET last_sequence = change_feeds.last_sequence + 1"
            ),
            &[run.clone(), kind.clone()],
        )?;
        let tagged: Tagged = serde_json::to_value(change)
            .and_then(serde_json::from_value)
            .map_err(|_| StoreError::Unwritable)?;
        tx.execute(
            &format!(
                "INSERT INTO changes (citizen_id, sequence, kind, body)
                 SELECT card.citizen_id, feed.last_sequence, $3, replace(replace(replace(replace($4,
                     $5, card.credential_id), $6, card.delivery_id), $7, card.issued_on), $8,
                     'YW' || substr(CAST(10000000000 + card.status_index AS TEXT), 2))
                 FROM credentials AS card JOIN change_feeds AS feed ON feed.citizen_id = card.citizen_id
                 WHERE {about}"
            ),
            &[
                run,
                kind,
                tagged.kind.into(),
                Value::json(&tagged.body)?,
                stand_in.credential_id.to_string().into(),
                stand_in.delivery_id.to_string().into(),
                stand_in.issued_on.to_string().into(),
                (&stand_in.tracking_number).into(),
            ],
        )?;
        Ok(())
    }

    /// Everyone whom this run gave something.
    pub(super) fn people(&self, tx: &mut dyn Tx) -> Result<Vec<String>, StoreError> {
        let sql = "SELECT DISTINCT citizen_id FROM credentials WHERE made_by_run = $1";
        tx.query(sql, &[self.id()])?.iter().map(|row| row.text(0)).collect()
    }
}

/// A change as its row has it: the wire's tag and content.
#[derive(serde::Deserialize)]
struct Tagged {
    kind: String,
    body: serde_json::Value,
}

/// What stands in a rule's JSON for what each row has. No text of a rule can contain one by chance.
struct StandIns {
    credential_id: CredentialId,
    delivery_id: DeliveryId,
    issued_on: Date,
    tracking_number: String,
}

impl StandIns {
    fn new() -> Self {
        let tracking_number = Uuid::now_v7().to_string();
        let (credential_id, delivery_id) = (CredentialId::generate(), DeliveryId::generate());
        Self { credential_id, delivery_id, issued_on: Date::MIN, tracking_number }
    }

    fn offer(&self, rule: &Rule, valid: bool) -> CredentialOffer {
        CredentialOffer {
            credential_id: self.credential_id,
            kind: rule.kind,
            title: rule.title.clone(),
            reason: rule.reason.clone(),
            issued_on: self.issued_on,
            delivery_id: Some(self.delivery_id),
            valid,
        }
    }
}
