//! Which requirements of a service registers meet for a person.

use std::collections::BTreeMap;

use citizen_api::RegisterId;
use citizen_api::catalogue::PublicService;
use citizen_api::evidence::{EvidenceRoute, Requirement};
use citizen_api::register::SharedEvidence;
use jiff::Timestamp;

use super::read::{Purpose, Record, read};
use crate::store::{StoreError, Tx};

/// The requirements that registers meet for this person. A register meets a requirement when it has a
/// record of the person. Each register is read once.
pub fn shared_evidence(
    tx: &mut dyn Tx,
    citizen_id: &str,
    service: &PublicService,
    at: Timestamp,
) -> Result<Vec<SharedEvidence>, StoreError> {
    let purpose = Purpose::of_service(service, "核对材料:", "Check the papers for");
    let mut records = BTreeMap::new();
    for register in service.requirements.iter().flat_map(shared_by) {
        if !records.contains_key(register) {
            records.insert(register.clone(), read(tx, citizen_id, register, &purpose, at)?);
        }
    }
    Ok(met(service, &records))
}

/// The registers that could meet a requirement, in order of preference.
pub(super) fn shared_by(requirement: &Requirement) -> impl Iterator<Item = &RegisterId> {
    requirement.routes.iter().filter_map(|route| match route {
        EvidenceRoute::Shared { register } => Some(register),
        _ => None,
    })
}

/// The requirements that these records meet.
pub(super) fn met(service: &PublicService, records: &BTreeMap<RegisterId, Record>) -> Vec<SharedEvidence> {
    let meet = |requirement: &Requirement| {
        let source = shared_by(requirement)
            .find_map(|register| records.get(register).and_then(|record| record.source(register)))?;
        Some(SharedEvidence { requirement_id: requirement.requirement_id.clone(), source })
    };
    service.requirements.iter().filter_map(meet).collect()
}
