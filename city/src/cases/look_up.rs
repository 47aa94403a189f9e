//! Looking up, once a register can be asked again, what cases were filed without.

use std::collections::BTreeSet;

use citizen_api::catalogue::PublicService;
use citizen_api::{CaseId, RegisterId};
use citizen_form::evidence::{Registers, Resolution, resolve};
use jiff::Timestamp;

use super::met::{self, Way};
use super::record::{self, CaseRecord};
use super::workflow::{self, Action};
use super::{act, ask, services};
use crate::http::Refusal;
use crate::registers::{Purpose, ask as ask_registers};
use crate::store::{StoreError, Tx, Value};

/// What came of the look-ups.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct LookedUp {
    /// A register has it, or another department is asked.
    pub(crate) found: u64,
    /// No register has it, and the citizen is asked.
    pub(crate) asked: u64,
    /// No register has it, and no file can stand for it.
    pub(crate) missing: u64,
}

/// Looks up, for every case that waits for a register, what it waits for, and tells the phones.
pub(crate) fn look_up(tx: &mut dyn Tx, register: &RegisterId, at: Timestamp) -> Result<LookedUp, Refusal> {
    let waiting = tx.query(
        "SELECT DISTINCT citizen_id, case_id FROM case_evidence
         WHERE way = 'deferred' AND register = $1 ORDER BY case_id",
        &[register.as_str().into()],
    )?;
    let mut done = LookedUp::default();
    for row in &waiting {
        of_case(tx, &row.text(0)?, row.parse(1)?, at, &mut done)?;
    }
    Ok(done)
}

fn of_case(
    tx: &mut dyn Tx,
    citizen_id: &str,
    case_id: CaseId,
    at: Timestamp,
    done: &mut LookedUp,
) -> Result<(), Refusal> {
    let record = record::find_of(tx, citizen_id, case_id)?.ok_or_else(act::no_such_case)?;
    let missing = StoreError::Column { column: 0, expected: "the service of a case" };
    let service =
        services::version_of(tx, &record.case.service_id, record.case.service_version)?.ok_or(missing)?;
    let waiting = deferred(tx, citizen_id, case_id)?;
    let wanted =
        || service.requirements.iter().filter(|known| waiting.contains(known.requirement_id.as_str()));
    let purpose = Purpose {
        case_id: Some(case_id),
        ..Purpose::of_service(&service, "补查材料：", "Look up the papers for")
    };
    let registers = ask_registers(tx, citizen_id, wanted(), &purpose, at)?;
    for requirement in wanted() {
        let way = way(&record, &service, requirement, &registers);
        met::change(tx, citizen_id, case_id, requirement, &way, at)?;
        match &way {
            Way::Shared { .. } | Way::Checked { .. } => done.found += 1,
            Way::Asked { register } => {
                ask::ask_by_city(tx, citizen_id, case_id, requirement, register, at)?;
                done.asked += 1;
            }
            Way::Missing { .. } => done.missing += 1,
            _ => {}
        }
    }
    act::touch(tx, citizen_id, case_id)?;
    act::publish(tx, citizen_id, case_id)?;
    Ok(())
}

/// The requirements of a case that wait for a register.
fn deferred(tx: &mut dyn Tx, citizen_id: &str, case_id: CaseId) -> Result<BTreeSet<String>, StoreError> {
    let key: [Value; 2] = [citizen_id.into(), case_id.to_string().into()];
    let sql = "SELECT requirement_id FROM case_evidence
               WHERE citizen_id = $1 AND case_id = $2 AND way = 'deferred'";
    tx.query(sql, &key)?.iter().map(|row| row.text(0)).collect()
}

/// By which way a requirement that waited is met now.
fn way(
    record: &CaseRecord,
    service: &PublicService,
    requirement: &citizen_api::evidence::Requirement,
    registers: &Registers,
) -> Way {
    match resolve(requirement, registers) {
        Resolution::Shared { source } => Way::Shared { register: source.register.clone() },
        Resolution::Deferred { register, .. } => Way::Deferred { register: register.clone() },
        Resolution::Checked { department } => Way::Checked { department: department.clone() },
        _ => {
            let register = requirement.shared().next().cloned().unwrap_or_else(|| RegisterId::from(""));
            // A case that was decided meanwhile asks nothing any more.
            let can_ask = workflow::step(service.workflow, record.case.status, Action::AskByCity).is_some();
            match can_ask && requirement.provided().is_some() {
                true => Way::Asked { register },
                false => Way::Missing { register },
            }
        }
    }
}
