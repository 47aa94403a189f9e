//! Reading a person's record in a register: never without a purpose, always written down.

use std::collections::{BTreeMap, BTreeSet};

use citizen_api::catalogue::PublicService;
use citizen_api::register::Source;
use citizen_api::{CaseId, RegisterId, ServiceId, Text};
use jiff::Timestamp;
use jiff::civil::Date;

use super::chain::note_all;
use super::described::title;
use crate::store::{StoreError, Tx, Value};

/// Who reads, and what for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Purpose {
    /// The office that reads.
    pub requester: Text,
    /// What for, in words for the citizen.
    pub purpose: Text,
    /// The law that allows it.
    pub legal_ground: Text,
    /// The service it is read for.
    pub service_id: ServiceId,
    /// The case it is read for, where there is one.
    pub case_id: Option<CaseId>,
}

impl Purpose {
    /// Something that is done for a service, by the office that answers for it.
    pub fn of_service(service: &PublicService, what_zh: &str, what_en: &str) -> Self {
        Self {
            requester: service.department.clone(),
            purpose: Text::new(
                format!("{what_zh}「{}」", service.title.zh),
                format!("{what_en} “{}”", service.title.en),
            ),
            legal_ground: service.legal_basis.first().map(|law| law.title.clone()).unwrap_or_default(),
            service_id: service.service_id.clone(),
            case_id: None,
        }
    }
}

/// A person's record in one register, as far as it was asked for.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Record {
    items: BTreeMap<String, Item>,
    /// The day it was last changed; none where the register does not know the person.
    as_of: Option<Date>,
}

/// One item of a record.
#[derive(Clone, PartialEq, Eq)]
pub struct Item {
    /// What the register says.
    pub value: String,
    /// The day it was last changed.
    pub as_of: Date,
}

impl Record {
    /// The item of that name.
    pub fn item(&self, name: &str) -> Option<&Item> {
        self.items.get(name)
    }

    /// Where the record comes from; none where the register does not know the person.
    pub fn source(&self, register: &RegisterId) -> Option<Source> {
        Some(source(register, self.as_of?))
    }
}

/// Where something that a register says comes from.
pub(super) fn source(register: &RegisterId, as_of: Date) -> Source {
    Source { register: register.clone(), title: title(register), as_of }
}

/// Reads those items of a person's record, and none beside them; without any it is only asked whether there is a
/// record. Writes down that it was read.
pub fn read(
    tx: &mut dyn Tx,
    citizen_id: &str,
    register: &RegisterId,
    items: &BTreeSet<&str>,
    purpose: &Purpose,
    at: Timestamp,
) -> Result<Record, StoreError> {
    let wanted: Vec<&str> = items.iter().copied().collect();
    note_read(tx, citizen_id, register, &wanted, purpose, at)?;
    let key = [citizen_id.into(), register.as_str().into()];
    let as_of = tx
        .query_one("SELECT MAX(as_of) FROM register_records WHERE citizen_id = $1 AND register = $2", &key)?;
    let as_of = as_of.map(|row| row.optional_parse(0)).transpose()?.flatten();
    let mut record = Record { items: BTreeMap::new(), as_of };
    let [citizen_id, register] = key;
    for item in wanted {
        let found = tx.query_one(
            "SELECT value, as_of FROM register_records WHERE citizen_id = $1 AND register = $2 AND item = $3",
            &[citizen_id.clone(), register.clone(), item.into()],
        )?;
        if let Some(row) = found {
            record.items.insert(item.to_owned(), Item { value: row.text(0)?, as_of: row.parse(1)? });
        }
    }
    Ok(record)
}

/// Writes down that a person's record was read: for registers that keep more than items.
pub fn note_read(
    tx: &mut dyn Tx,
    citizen_id: &str,
    register: &RegisterId,
    items: &[&str],
    purpose: &Purpose,
    at: Timestamp,
) -> Result<(), StoreError> {
    let who = ("SELECT $1 AS citizen_id", [Value::from(citizen_id)]);
    note_all(tx, (who.0, &who.1), register.as_str(), items, purpose, at)
}
