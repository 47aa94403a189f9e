//! Which requirements of a service registers meet for a person.

use std::collections::{BTreeMap, BTreeSet};

use citizen_api::RegisterId;
use citizen_api::evidence::Requirement;
use citizen_api::register::SharedEvidence;
use citizen_form::evidence::Registers;
use jiff::Timestamp;

use super::outage;
use super::read::{Purpose, Record, read};
use crate::store::{StoreError, Tx};

/// What registers say of a person for these requirements. A register meets a requirement when it has a record of the
/// person. Each register is read once, and none that is down.
pub fn ask<'a>(
    tx: &mut dyn Tx,
    citizen_id: &str,
    requirements: impl Iterator<Item = &'a Requirement>,
    purpose: &Purpose,
    at: Timestamp,
) -> Result<Registers, StoreError> {
    let down = outage::down(tx)?;
    let mut records = BTreeMap::new();
    let requirements: Vec<&Requirement> = requirements.collect();
    for register in requirements.iter().flat_map(|requirement| requirement.shared()) {
        if !records.contains_key(register) && !down.contains(register) {
            records.insert(register.clone(), read(tx, citizen_id, register, &BTreeSet::new(), purpose, at)?);
        }
    }
    let shared = met(requirements.into_iter(), &records);
    Ok(Registers { asked: true, shared, unavailable: down.into_iter().collect() })
}

/// The requirements that these records meet.
pub(super) fn met<'a>(
    requirements: impl Iterator<Item = &'a Requirement>,
    records: &BTreeMap<RegisterId, Record>,
) -> Vec<SharedEvidence> {
    let meet = |requirement: &Requirement| {
        let source = requirement
            .shared()
            .find_map(|register| records.get(register).and_then(|record| record.source(register)))?;
        Some(SharedEvidence { requirement_id: requirement.requirement_id.clone(), source })
    };
    requirements.filter_map(meet).collect()
}
