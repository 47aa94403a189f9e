//! Asking the citizen for evidence: `POST /v1/officer/cases/{case_id}/request`.
//!
//! What the law or the catalogue has cancelled cannot be asked for. Whoever tries is refused, and the try is
//! kept for those who supervise the offices.

use axum::extract::State;
use citizen_api::case::Case;
use citizen_api::evidence::Requirement;
use citizen_api::officer::RequestEvidence;
use citizen_api::problem::{Problem, ProblemType};
use citizen_api::{CaseId, EvidenceRequestId};
use jiff::Timestamp;

use crate::cases::record::{self, CaseRecord};
use crate::cases::workflow::Action;
use crate::cases::working_days::WorkingDays;
use crate::cases::{act, services};
use crate::clock::day_of;
use crate::http::{City, Json, Officer, Path, Refusal};
use crate::store::{StoreError, Tx};

/// The working days that a citizen has for an answer.
const ANSWER_DAYS: u32 = 10;

/// What became of a request.
enum Outcome {
    Case(Box<Case>),
    /// Refused, and written down: the transaction is kept.
    Forbidden(Refusal),
}

/// Asks the citizen for one of the service's requirements.
#[utoipa::path(
    post, path = "/v1/officer/cases/{case_id}/request", tag = "officers", request_body = RequestEvidence,
    params(("case_id" = CaseId, Path, description = "The case")),
    responses(
        (status = 200, description = "Asked, or the same is being asked already", body = Case),
        (status = 400, description = "Unreadable", body = Problem),
        (status = 401, description = "No token", body = Problem),
        (status = 403, description = "Not an officer's token", body = Problem),
        (status = 404, description = "Not there", body = Problem),
        (status = 409, description = "Not in a state that allows this", body = Problem),
        (status = 422, description = "Cancelled evidence, or none that this service knows", body = Problem),
    ),
)]
pub async fn request(
    State(city): State<City>,
    officer: Officer,
    Path(case_id): Path<CaseId>,
    Json(body): Json<RequestEvidence>,
) -> Result<Json<Case>, Refusal> {
    if body.reason.zh.trim().is_empty() || body.reason.en.trim().is_empty() {
        return Err(words_missing("/reason"));
    }
    let at = city.clock.now();
    let outcome = city.store.write(move |tx| carry_out(tx, &officer, case_id, &body, at)).await?;
    match outcome {
        Outcome::Case(case) => Ok(Json(*case)),
        Outcome::Forbidden(refusal) => Err(refusal),
    }
}

fn carry_out(
    tx: &mut dyn Tx,
    officer: &Officer,
    case_id: CaseId,
    body: &RequestEvidence,
    at: Timestamp,
) -> Result<Outcome, Refusal> {
    let record = record::find(tx, case_id)?.ok_or_else(act::no_such_case)?;
    let case = &record.case;
    let service = services::version_of(tx, &case.service_id, case.service_version)?;
    let requirement = service
        .as_ref()
        .and_then(|service| {
            service.requirements.iter().find(|known| known.requirement_id == body.requirement_id)
        })
        .ok_or_else(unknown_requirement)?;
    if requirement.cancelled().is_some() {
        keep_forbidden(tx, officer, case_id, requirement, at)?;
        return Ok(Outcome::Forbidden(cancelled(requirement)));
    }
    if requirement.provided().is_none() {
        return Err(not_from_the_citizen(requirement));
    }
    if case.open_request().is_some_and(|open| open.requirement_id == body.requirement_id) {
        return Ok(Outcome::Case(Box::new(record.case)));
    }
    act::advance(tx, &record, Action::Request, &officer.department, at)?;
    ask(tx, &record, requirement, body, at)?;
    act::publish(tx, &record.citizen_id, case_id).map(|case| Outcome::Case(Box::new(case)))
}

fn ask(
    tx: &mut dyn Tx,
    record: &CaseRecord,
    requirement: &Requirement,
    body: &RequestEvidence,
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
            (&body.reason.zh).into(),
            (&body.reason.en).into(),
            at.into(),
            answer_by.into(),
        ],
    )?;
    Ok(())
}

fn keep_forbidden(
    tx: &mut dyn Tx,
    officer: &Officer,
    case_id: CaseId,
    requirement: &Requirement,
    at: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO forbidden_requests (request_id, case_id, requirement_id, department, officer,
                                         requested_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
        &[
            EvidenceRequestId::generate().to_string().into(),
            case_id.to_string().into(),
            requirement.requirement_id.as_str().into(),
            (&officer.department.zh).into(),
            (&officer.name.zh).into(),
            at.into(),
        ],
    )?;
    Ok(())
}

fn cancelled(requirement: &Requirement) -> Refusal {
    let (title, ground) = (&requirement.title, requirement.cancelled().cloned().unwrap_or_default());
    Refusal::new(
        ProblemType::EvidenceCancelled,
        format!("“{}”已经取消,谁都不能再要。这次索要已经记录,供监督检查。依据:{}", title.zh, ground.zh),
        format!(
            "“{}” has been cancelled and nobody may ask for it. This attempt was recorded for supervision. Ground: {}",
            title.en, ground.en
        ),
    )
    .at("/requirement_id")
}

fn unknown_requirement() -> Refusal {
    Refusal::new(
        ProblemType::InvalidAnswer,
        "这个事项没有这项材料。请从事项的材料清单里选。",
        "This service has no such requirement. Please choose one from its list.",
    )
    .at("/requirement_id")
}

fn not_from_the_citizen(requirement: &Requirement) -> Refusal {
    Refusal::new(
        ProblemType::InvalidAnswer,
        format!("“{}”由部门核查或承诺代替,不向个人收。", requirement.title.zh),
        format!(
            "“{}” is met by the departments or by a declaration; it is not taken from the citizen.",
            requirement.title.en
        ),
    )
    .at("/requirement_id")
}

pub(super) fn words_missing(pointer: &str) -> Refusal {
    Refusal::new(
        ProblemType::InvalidAnswer,
        "请用中文和英文各写一句理由,办事人要看得懂。",
        "Please give the reason in Chinese and in English, so that the person can understand it.",
    )
    .at(pointer)
}
