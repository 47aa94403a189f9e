//! Checks between departments (部门核查): what a department is asked instead of the citizen, and what it answers.

use axum::extract::State;
use citizen_api::case::{Case, CheckStatus, EvidenceCheck};
use citizen_api::officer_evidence::{CheckEntry, CheckList, WithReason};
use citizen_api::problem::{Problem, ProblemType};
use citizen_api::{CaseId, RequirementId, Text};
use jiff::Timestamp;
use serde::Deserialize;

use super::request::in_both_languages;
use super::{Done, on_case};
use crate::cases::act;
use crate::cases::record::CaseRecord;
use crate::http::{City, Json, Officer, Path, Query, Refusal};
use crate::store::{Row, StoreError, Tx, Value};
use crate::words::{read_text, read_word, word};

/// Which checks.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Filter {
    status: Option<CheckStatus>,
}

/// What departments are asked, oldest first, at most 500. Nobody is asked any more about a case that was refused.
#[utoipa::path(
    get, path = "/v1/officer/checks", tag = "officers",
    params(("status" = Option<CheckStatus>, Query, description = "Only checks in this status")),
    responses(
        (status = 200, description = "The checks", body = CheckList),
        (status = 400, description = "Not a status", body = Problem),
    ),
)]
pub(super) async fn checks(
    State(city): State<City>,
    _: Officer,
    Query(filter): Query<Filter>,
) -> Result<Json<CheckList>, Refusal> {
    if filter.status == Some(CheckStatus::Unknown) {
        return Err(Refusal::malformed());
    }
    let work = move |tx: &mut dyn Tx| -> Result<CheckList, StoreError> {
        let status = filter.status.map(|status| word(&status)).transpose()?.unwrap_or(Value::Null);
        let rows = tx.query(
            "SELECT asked.case_id, asked.requirement_id, asked.title_zh, asked.title_en, asked.department_zh,
                    asked.department_en, asked.status, asked.asked_at
             FROM evidence_checks AS asked
             JOIN cases AS made ON made.citizen_id = asked.citizen_id AND made.case_id = asked.case_id
             WHERE ($1 IS NULL OR asked.status = $1)
               AND (asked.status <> 'waiting' OR made.status <> 'refused')
             ORDER BY asked.asked_at, asked.case_id, asked.requirement_id LIMIT 500",
            &[status],
        )?;
        Ok(CheckList { checks: rows.iter().map(entry).collect::<Result<_, _>>()? })
    };
    Ok(Json(city.store.read(work).await?))
}

fn entry(row: &Row) -> Result<CheckEntry, StoreError> {
    Ok(CheckEntry {
        case_id: row.parse(0)?,
        requirement_id: row.text(1)?.as_str().into(),
        title: read_text(row, 2)?,
        department: read_text(row, 4)?,
        status: read_word(row, 6)?,
        asked_at: row.parse(7)?,
    })
}

/// The department confirms what the citizen says.
#[utoipa::path(
    post, path = "/v1/officer/cases/{case_id}/checks/{requirement_id}/confirm", tag = "officers",
    params(
        ("case_id" = CaseId, Path, description = "The case"),
        ("requirement_id" = RequirementId, Path, description = "What is checked"),
    ),
    responses(
        (status = 200, description = "Confirmed, now or before", body = Case),
        (status = 404, description = "No such case or check", body = Problem),
        (status = 409, description = "Answered otherwise before", body = Problem),
    ),
)]
pub(super) async fn confirm(
    State(city): State<City>,
    _: Officer,
    Path((case_id, requirement_id)): Path<(CaseId, RequirementId)>,
) -> Result<Json<Case>, Refusal> {
    let at = city.clock.now();
    let work = move |tx: &mut dyn Tx, record: &CaseRecord| {
        answer(tx, record, &requirement_id, CheckStatus::Confirmed, None, at)
    };
    on_case(&city, case_id, work).await.map(Json)
}

/// The department contradicts, and says what it found.
#[utoipa::path(
    post, path = "/v1/officer/cases/{case_id}/checks/{requirement_id}/contradict", tag = "officers",
    request_body = WithReason,
    params(
        ("case_id" = CaseId, Path, description = "The case"),
        ("requirement_id" = RequirementId, Path, description = "What is checked"),
    ),
    responses(
        (status = 200, description = "Contradicted, now or before with the same words", body = Case),
        (status = 400, description = "Unreadable", body = Problem),
        (status = 404, description = "No such case or check", body = Problem),
        (status = 409, description = "Answered otherwise before", body = Problem),
        (status = 422, description = "Without a reason", body = Problem),
    ),
)]
pub(super) async fn contradict(
    State(city): State<City>,
    _: Officer,
    Path((case_id, requirement_id)): Path<(CaseId, RequirementId)>,
    Json(body): Json<WithReason>,
) -> Result<Json<Case>, Refusal> {
    in_both_languages(&body.reason, "/reason")?;
    let at = city.clock.now();
    let work = move |tx: &mut dyn Tx, record: &CaseRecord| {
        answer(tx, record, &requirement_id, CheckStatus::Contradicted, Some(body.reason), at)
    };
    on_case(&city, case_id, work).await.map(Json)
}

/// Keeps a department's answer. The same answer again is answered as done; another one is refused, because the office
/// may have acted on the first.
fn answer(
    tx: &mut dyn Tx,
    record: &CaseRecord,
    requirement_id: &RequirementId,
    status: CheckStatus,
    reason: Option<Text>,
    at: Timestamp,
) -> Result<Done, Refusal> {
    let check = record.case.checks.iter().find(|check| check.requirement_id == *requirement_id);
    match check.ok_or_else(no_such_check)? {
        EvidenceCheck { status: CheckStatus::Waiting, .. } => {}
        check if check.status == status && check.reason == reason => return Ok(Done::Before),
        _ => return Err(answered_before()),
    }
    let reason = reason.unwrap_or_default();
    tx.execute(
        "UPDATE evidence_checks SET status = $4, reason_zh = $5, reason_en = $6, answered_at = $7
         WHERE citizen_id = $1 AND case_id = $2 AND requirement_id = $3",
        &[
            (&record.citizen_id).into(),
            record.case.case_id.to_string().into(),
            requirement_id.as_str().into(),
            word(&status)?,
            reason.zh.into(),
            reason.en.into(),
            at.into(),
        ],
    )?;
    act::touch(tx, &record.citizen_id, record.case.case_id)?;
    Ok(Done::Now)
}

fn no_such_check() -> Refusal {
    Refusal::new(
        ProblemType::NotFound,
        "这个办件没有这项核查。请用 city check list 看一看有哪些。",
        "The case has no such check. See which there are with city check list.",
    )
}

fn answered_before() -> Refusal {
    Refusal::new(
        ProblemType::WrongState,
        "这项核查已经答复过，不能改成另一种。需要时请在审核里说明。",
        "The check was answered otherwise before and keeps that answer. Say what is new in the review.",
    )
}
