//! Carrying out one act on a case: the status, the event and the change that the phone is told, together.

use citizen_api::case::{Case, CaseEventKind};
use citizen_api::changes::Change;
use citizen_api::problem::ProblemType;
use citizen_api::{CaseId, Text};
use jiff::Timestamp;

use super::record::{self, CaseRecord};
use super::workflow::{self, Action};
use crate::changes;
use crate::http::Refusal;
use crate::store::{StoreError, Tx, Value};
use crate::words::word;

/// Moves a case on by an act, and writes down who did it and when. Refused where the table has no such step.
pub fn advance(
    tx: &mut dyn Tx,
    record: &CaseRecord,
    action: Action,
    by: &Text,
    at: Timestamp,
) -> Result<(), Refusal> {
    let case = &record.case;
    let step = workflow::step(record.workflow, case.status, action).ok_or_else(wrong_state)?;
    let key: [Value; 2] = [record.citizen_id.as_str().into(), case.case_id.to_string().into()];
    let [citizen_id, case_id] = key;
    tx.execute(
        "UPDATE cases SET status = $3, revision = revision + 1 WHERE citizen_id = $1 AND case_id = $2",
        &[citizen_id, case_id, word(&step.to)?],
    )?;
    let sequence = u64::try_from(case.events.len()).unwrap_or(u64::MAX).saturating_add(1);
    add_event(tx, &record.citizen_id, case.case_id, sequence, step.event, by, at)?;
    Ok(())
}

/// Writes down something that happened to a case.
pub(super) fn add_event(
    tx: &mut dyn Tx,
    citizen_id: &str,
    case_id: CaseId,
    sequence: u64,
    kind: CaseEventKind,
    by: &Text,
    at: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO case_events (citizen_id, case_id, sequence, kind, at, by_zh, by_en)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        &[
            citizen_id.into(),
            case_id.to_string().into(),
            sequence.into(),
            word(&kind)?,
            at.into(),
            (&by.zh).into(),
            (&by.en).into(),
        ],
    )?;
    Ok(())
}

/// Raises a case's revision for a change that leaves no event, so that phones take this copy for the newer one.
pub(super) fn touch(tx: &mut dyn Tx, citizen_id: &str, case_id: CaseId) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE cases SET revision = revision + 1 WHERE citizen_id = $1 AND case_id = $2",
        &[citizen_id.into(), case_id.to_string().into()],
    )?;
    Ok(())
}

/// Tells the citizen's phones of a case as it now stands, and gives it.
pub fn publish(tx: &mut dyn Tx, citizen_id: &str, case_id: CaseId) -> Result<Case, Refusal> {
    let record = record::find_of(tx, citizen_id, case_id)?.ok_or_else(no_such_case)?;
    changes::append(tx, citizen_id, &Change::Case(Box::new(record.case.clone())))?;
    Ok(record.case)
}

/// What is said of a case that is not there, or is somebody else's: the two are not told apart.
pub fn no_such_case() -> Refusal {
    Refusal::new(
        ProblemType::NotFound,
        "没有找到这个办件，请核对编号。",
        "There is no such case. Please check its number.",
    )
}

/// What is said of an act that the case's status does not allow.
pub fn wrong_state() -> Refusal {
    Refusal::new(
        ProblemType::WrongState,
        "办件现在的状态不能这样办，请先看一看它的最新进展。",
        "The case is not in a state that allows this. Please look at where it stands first.",
    )
}
