//! What registers say for this person about a service's requirements. Each reading is logged with its purpose.

use std::collections::BTreeSet;

use citizen_api::catalogue::PublicService;
use citizen_api::evidence::{EvidenceRoute, Requirement};
use citizen_api::register::{SharedEvidence, Source};
use citizen_api::{CaseId, RegisterId, Text};
use jiff::Timestamp;
use uuid::Uuid;

use crate::store::{StoreError, Tx};

/// The requirements that a register meets for this person, read for one case.
pub(super) fn read(
    tx: &mut dyn Tx,
    citizen_id: &str,
    service: &PublicService,
    case_id: CaseId,
    at: Timestamp,
) -> Result<Vec<SharedEvidence>, StoreError> {
    let mut logged = BTreeSet::new();
    let mut evidence = Vec::new();
    for requirement in &service.requirements {
        for register in registers_of(requirement) {
            if logged.insert(register) {
                log(tx, citizen_id, register, service, case_id, at)?;
            }
            let newest = tx.query_one(
                "SELECT MAX(as_of) FROM register_records WHERE citizen_id = $1 AND register = $2",
                &[citizen_id.into(), register.as_str().into()],
            )?;
            if let Some(as_of) = newest.map_or(Ok(None), |row| row.optional_parse(0))? {
                let source = Source { register: register.clone(), title: Text::default(), as_of };
                evidence.push(SharedEvidence { requirement_id: requirement.requirement_id.clone(), source });
            }
        }
    }
    Ok(evidence)
}

fn registers_of(requirement: &Requirement) -> impl Iterator<Item = &RegisterId> {
    requirement.routes.iter().filter_map(|route| match route {
        EvidenceRoute::Shared { register } => Some(register),
        _ => None,
    })
}

fn log(
    tx: &mut dyn Tx,
    citizen_id: &str,
    register: &RegisterId,
    service: &PublicService,
    case_id: CaseId,
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
            (&service.department.zh).into(),
            (&service.department.en).into(),
            format!("核对“{}”的材料", service.title.zh).into(),
            format!("To check the evidence for “{}”", service.title.en).into(),
            service.service_id.as_str().into(),
            case_id.to_string().into(),
            at.into(),
        ],
    )?;
    Ok(())
}
