//! Asking the citizen for evidence: `POST /v1/officer/cases/{case_id}/request`.
//!
//! What the law or the catalogue has cancelled, and what a declaration, another department or a register stands for in
//! this very case, cannot be asked for. Whoever tries is refused, and the try is kept for those who supervise the
//! offices. Only names of requirements are taken, so that no free text asks for something else.

use axum::extract::State;
use citizen_api::case::{Case, CheckStatus};
use citizen_api::evidence::Requirement;
use citizen_api::officer::RequestEvidence;
use citizen_api::problem::{Problem, ProblemType};
use citizen_api::{CaseId, Text};
use jiff::Timestamp;

use super::forbidden::{self, MetOtherwise};
use crate::cases::met::{self, Way};
use crate::cases::record::{self, CaseRecord};
use crate::cases::workflow::Action;
use crate::cases::{act, ask, services};
use crate::http::{City, Json, Officer, Path, Refusal};
use crate::store::{StoreError, Tx};

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
    in_both_languages(&body.reason, "/reason")?;
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
    if let Some(met) = met_otherwise(tx, &record, requirement)? {
        forbidden::keep(tx, officer, case_id, requirement, &met, at)?;
        return Ok(Outcome::Forbidden(forbidden::refusal(requirement, &met)));
    }
    if requirement.provided().is_none() {
        return Err(not_from_the_citizen(requirement));
    }
    let mut open = case.requests.iter().filter(|request| request.answered_by.is_none());
    if open.any(|open| open.requirement_id == body.requirement_id) {
        return Ok(Outcome::Case(Box::new(record.case)));
    }
    act::advance(tx, &record, Action::Request, &officer.department, at)?;
    ask::ask(tx, &record, requirement, &body.reason, at)?;
    close_lookup(tx, &record, requirement, at)?;
    act::publish(tx, &record.citizen_id, case_id).map(|case| Outcome::Case(Box::new(case)))
}

/// By which way a requirement of this case is met without the citizen; none where the citizen can be asked: because
/// no register has it, or a check was contradicted.
fn met_otherwise(
    tx: &mut dyn Tx,
    record: &CaseRecord,
    requirement: &Requirement,
) -> Result<Option<MetOtherwise>, StoreError> {
    if let Some(ground) = requirement.cancelled() {
        return Ok(Some(MetOtherwise { way: "cancelled", ground: ground.clone() }));
    }
    let case = &record.case;
    let way = met::way_of(tx, &record.citizen_id, case.case_id, &requirement.requirement_id)?;
    let check = case.checks.iter().find(|check| check.requirement_id == requirement.requirement_id);
    Ok(match (way.as_deref(), check) {
        (Some("checked"), Some(check)) if check.status != CheckStatus::Contradicted => {
            Some(MetOtherwise::checked(&check.department))
        }
        (Some("declared"), _) => Some(MetOtherwise::declared()),
        (Some("shared"), _) => Some(MetOtherwise::shared()),
        _ => None,
    })
}

/// An officer may ask for what a register that is down would have shown. Then nothing is looked up any more.
fn close_lookup(
    tx: &mut dyn Tx,
    record: &CaseRecord,
    requirement: &Requirement,
    at: Timestamp,
) -> Result<(), StoreError> {
    let case = &record.case;
    let waits = case.deferred.iter().any(|waiting| waiting.requirement_id == requirement.requirement_id);
    match requirement.shared().next().filter(|_| waits) {
        Some(register) => {
            let way = Way::Asked { register: register.clone() };
            met::change(tx, &record.citizen_id, case.case_id, requirement, &way, at)
        }
        None => Ok(()),
    }
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
        format!("“{}”由部门核查或承诺代替，不向个人收。", requirement.title.zh),
        format!(
            "“{}” is met by the departments or by a declaration; it is not taken from the citizen.",
            requirement.title.en
        ),
    )
    .at("/requirement_id")
}

/// Refuses a reason that a citizen could not read in one of the languages.
pub(crate) fn in_both_languages(reason: &Text, pointer: &str) -> Result<(), Refusal> {
    if reason.zh.trim().is_empty() || reason.en.trim().is_empty() {
        Err(words_missing(pointer))
    } else {
        Ok(())
    }
}

fn words_missing(pointer: &str) -> Refusal {
    Refusal::new(
        ProblemType::InvalidAnswer,
        "请用中文和英文各写一句理由，办事人要看得懂。",
        "Please give the reason in Chinese and in English, so that the person can understand it.",
    )
    .at(pointer)
}
