//! Asking the citizen for evidence within a case: an officer does, and the city itself where no register has what one
//! was counted on for.

use citizen_api::evidence::Requirement;
use citizen_api::{CaseId, EvidenceRequestId, RegisterId, Text};
use jiff::Timestamp;

use super::record;
use super::workflow::Action;
use super::working_days::WorkingDays;
use super::{act, record::CaseRecord};
use crate::clock::day_of;
use crate::http::Refusal;
use crate::registers::title;
use crate::store::Tx;

/// The working days that a citizen has for an answer.
const ANSWER_DAYS: u32 = 10;

/// Writes down a request for evidence.
pub(super) fn ask(
    tx: &mut dyn Tx,
    record: &CaseRecord,
    requirement: &Requirement,
    reason: &Text,
    at: Timestamp,
) -> Result<(), Refusal> {
    let answer_by = WorkingDays::embedded()?.after(day_of(at), ANSWER_DAYS);
    tx.execute(
        "INSERT INTO evidence_requests (citizen_id, case_id, request_id, requirement_id, title_zh, title_en,
                                        reason_zh, reason_en, requested_at, answer_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        &[
            (&record.citizen_id).into(),
            record.case.case_id.to_string().into(),
            EvidenceRequestId::generate().to_string().into(),
            requirement.requirement_id.as_str().into(),
            (&requirement.title.zh).into(),
            (&requirement.title.en).into(),
            (&reason.zh).into(),
            (&reason.en).into(),
            at.into(),
            answer_by.into(),
        ],
    )?;
    Ok(())
}

/// Asks the citizen, by the city itself, for something that no register has. A case can wait for several such
/// answers; they are given one after the other.
pub(super) fn ask_by_city(
    tx: &mut dyn Tx,
    citizen_id: &str,
    case_id: CaseId,
    requirement: &Requirement,
    register: &RegisterId,
    at: Timestamp,
) -> Result<(), Refusal> {
    // The case as it stands now: each request before this one has left an event in it.
    let record = record::find_of(tx, citizen_id, case_id)?.ok_or_else(act::no_such_case)?;
    act::advance(tx, &record, Action::AskByCity, &the_city(), at)?;
    ask(tx, &record, requirement, &no_record(register), at)
}

/// The city, where it acts by itself.
pub(super) fn the_city() -> Text {
    Text::new("市数据共享平台", "City data-sharing platform")
}

fn no_record(register: &RegisterId) -> Text {
    let title = title(register);
    Text::new(
        format!("“{}”里没有查到您的这项记录，所以要请您补一份。没有的话，写一句说明也可以。", title.zh),
        format!(
            "The {} has no such record of you, so please add it. If you have none, say so in a sentence.",
            title.en
        ),
    )
}
