//! Reading a person's record in a register: never without a purpose, always written down.

use std::collections::BTreeMap;

use citizen_api::catalogue::PublicService;
use citizen_api::register::Source;
use citizen_api::{CaseId, RegisterId, ServiceId, Text};
use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

use super::titles::title;
use crate::store::{StoreError, Tx};

/// Who reads, and what for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Purpose {
    /// The office that reads.
    pub requester: Text,
    /// What for, in words for the citizen.
    pub purpose: Text,
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
            service_id: service.service_id.clone(),
            case_id: None,
        }
    }
}

/// A person's record in one register.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Record {
    items: BTreeMap<String, Item>,
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
        let as_of = self.items.values().map(|item| item.as_of).max()?;
        Some(source(register, as_of))
    }
}

/// Where something that a register says comes from.
pub(super) fn source(register: &RegisterId, as_of: Date) -> Source {
    Source { register: register.clone(), title: title(register), as_of }
}

/// Reads a person's record in a register and writes down that it was read.
pub fn read(
    tx: &mut dyn Tx,
    citizen_id: &str,
    register: &RegisterId,
    purpose: &Purpose,
    at: Timestamp,
) -> Result<Record, StoreError> {
    note_read(tx, citizen_id, register, purpose, at)?;
    let rows = tx.query(
        "SELECT item, value, as_of FROM register_records WHERE citizen_id = $1 AND register = $2",
        &[citizen_id.into(), register.as_str().into()],
    )?;
    let items = rows.iter().map(|row| Ok((row.text(0)?, Item { value: row.text(1)?, as_of: row.parse(2)? })));
    Ok(Record { items: items.collect::<Result<_, StoreError>>()? })
}

/// Writes down that a person's record was read: for registers that keep more than items.
pub fn note_read(
    tx: &mut dyn Tx,
    citizen_id: &str,
    register: &RegisterId,
    purpose: &Purpose,
    at: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO register_reads (citizen_id, read_id, register, requester_zh, requester_en, purpose_zh,
             purpose_en, service_id, case_id, read_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        &[
            citizen_id.into(),
            Uuid::now_v7().to_string().into(),
            register.as_str().into(),
            purpose.requester.zh.as_str().into(),
            purpose.requester.en.as_str().into(),
            purpose.purpose.zh.as_str().into(),
            purpose.purpose.en.as_str().into(),
            purpose.service_id.as_str().into(),
            purpose.case_id.map(|case_id| case_id.to_string()).unwrap_or_default().into(),
            at.into(),
        ],
    )?;
    Ok(())
}
