//! Taking a case on, finishing the review, granting and refusing.

use axum::extract::State;
use citizen_api::CaseId;
use citizen_api::case::{Case, CaseStatus, CheckStatus};
use citizen_api::catalogue::DeliveryChoice;
use citizen_api::officer::Refuse;
use citizen_api::problem::{Problem, ProblemType};
use jiff::Timestamp;

use super::{Done, on_case};
use crate::cases::record::CaseRecord;
use crate::cases::workflow::Action;
use crate::cases::{act, claims, file, met};
use crate::courier;
use crate::http::{City, Json, Officer, Path, Refusal};
use crate::store::Tx;

/// Takes a case on.
#[utoipa::path(
    post, path = "/v1/officer/cases/{case_id}/accept", tag = "officers",
    params(("case_id" = CaseId, Path, description = "The case")),
    responses(
        (status = 200, description = "Taken on, now or before", body = Case),
        (status = 401, description = "No token", body = Problem),
        (status = 403, description = "Not an officer's token", body = Problem),
        (status = 404, description = "Not there", body = Problem),
        (status = 409, description = "Not in a state that allows this", body = Problem),
    ),
)]
pub async fn accept(
    State(city): State<City>,
    officer: Officer,
    Path(case_id): Path<CaseId>,
) -> Result<Json<Case>, Refusal> {
    let at = city.clock.now();
    on_case(&city, case_id, move |tx, record| {
        if record.case.status == CaseStatus::Accepted {
            return Ok(Done::Before);
        }
        act::advance(tx, record, Action::Accept, &officer.department, at)?;
        Ok(Done::Now)
    })
    .await
    .map(Json)
}

/// Finishes the review.
#[utoipa::path(
    post, path = "/v1/officer/cases/{case_id}/finish", tag = "officers",
    params(("case_id" = CaseId, Path, description = "The case")),
    responses(
        (status = 200, description = "Reviewed, now or before", body = Case),
        (status = 401, description = "No token", body = Problem),
        (status = 403, description = "Not an officer's token", body = Problem),
        (status = 404, description = "Not there", body = Problem),
        (status = 409, description = "Not in a state that allows this, or a check waits", body = Problem),
    ),
)]
pub async fn finish(
    State(city): State<City>,
    officer: Officer,
    Path(case_id): Path<CaseId>,
) -> Result<Json<Case>, Refusal> {
    let at = city.clock.now();
    on_case(&city, case_id, move |tx, record| {
        if record.case.status == CaseStatus::Reviewed {
            return Ok(Done::Before);
        }
        refuse_waiting(&record.case)?;
        act::advance(tx, record, Action::Finish, &officer.department, at)?;
        Ok(Done::Now)
    })
    .await
    .map(Json)
}

/// A review is not finished while another department or a register still owes its answer.
fn refuse_waiting(case: &Case) -> Result<(), Refusal> {
    if let Some(check) = case.checks.iter().find(|check| check.status == CheckStatus::Waiting) {
        let (title, department) = (&check.title, &check.department);
        return Err(Refusal::new(
            ProblemType::WrongState,
            format!("“{}”还在等{}核查，不能结束审核。等它答复后再办。", title.zh, department.zh),
            format!(
                "“{}” is still being checked by the {}. Finish the review once it has answered.",
                title.en, department.en
            ),
        ));
    }
    if let Some(waiting) = case.deferred.first() {
        let (title, register) = (&waiting.title, &waiting.register);
        return Err(Refusal::new(
            ProblemType::WrongState,
            format!("“{}”要等“{}”恢复后补查，不能结束审核。也可以请本人补交。", title.zh, register.zh),
            format!(
                "“{}” is looked up once the {} is back. Finish the review then, or ask the citizen for it.",
                title.en, register.en
            ),
        ));
    }
    Ok(())
}

/// Grants what was asked for, and sends the result where the citizen chose the courier.
#[utoipa::path(
    post, path = "/v1/officer/cases/{case_id}/grant", tag = "officers",
    params(("case_id" = CaseId, Path, description = "The case")),
    responses(
        (status = 200, description = "Granted, now or before", body = Case),
        (status = 401, description = "No token", body = Problem),
        (status = 403, description = "Not an officer's token", body = Problem),
        (status = 404, description = "Not there", body = Problem),
        (status = 409, description = "Not in a state that allows this", body = Problem),
    ),
)]
pub async fn grant(
    State(city): State<City>,
    officer: Officer,
    Path(case_id): Path<CaseId>,
) -> Result<Json<Case>, Refusal> {
    let at = city.clock.now();
    on_case(&city, case_id, move |tx, record| {
        if record.case.status == CaseStatus::Granted {
            return Ok(Done::Before);
        }
        act::advance(tx, record, Action::Grant, &officer.department, at)?;
        send_result(tx, record, at)?;
        Ok(Done::Now)
    })
    .await
    .map(Json)
}

/// Opens a parcel with the result, where the citizen chose the courier.
fn send_result(tx: &mut dyn Tx, record: &CaseRecord, at: Timestamp) -> Result<(), Refusal> {
    let (citizen_id, case) = (&record.citizen_id, &record.case);
    let submission = file::submission_of(tx, citizen_id, case.transaction_id)?;
    if submission.delivery != Some(DeliveryChoice::Courier) {
        return Ok(());
    }
    let delivery_id =
        courier::open::open(tx, citizen_id, &case.title, &submission.deliver_to.unwrap_or_default(), at)?;
    tx.execute(
        "UPDATE cases SET delivery_id = $3 WHERE citizen_id = $1 AND case_id = $2",
        &[citizen_id.into(), case.case_id.to_string().into(), delivery_id.to_string().into()],
    )?;
    Ok(())
}

/// Refuses a case, with reasons. What it had claimed can be claimed again.
#[utoipa::path(
    post, path = "/v1/officer/cases/{case_id}/refuse", tag = "officers", request_body = Refuse,
    params(("case_id" = CaseId, Path, description = "The case")),
    responses(
        (status = 200, description = "Refused, now or before with the same reasons", body = Case),
        (status = 400, description = "Unreadable", body = Problem),
        (status = 401, description = "No token", body = Problem),
        (status = 403, description = "Not an officer's token", body = Problem),
        (status = 404, description = "Not there", body = Problem),
        (status = 409, description = "Not in a state that allows this", body = Problem),
        (status = 422, description = "Without a reason or a ground", body = Problem),
    ),
)]
pub async fn refuse(
    State(city): State<City>,
    officer: Officer,
    Path(case_id): Path<CaseId>,
    Json(body): Json<Refuse>,
) -> Result<Json<Case>, Refusal> {
    check_words(&body)?;
    let at = city.clock.now();
    on_case(&city, case_id, move |tx, record| {
        let said = record.case.refusal.as_ref();
        if said.is_some_and(|said| said.reason == body.reason && said.legal_ground == body.legal_ground) {
            return Ok(Done::Before);
        }
        act::advance(tx, record, Action::Refuse, &officer.department, at)?;
        keep(tx, &record.citizen_id, case_id, &body)?;
        claims::release(tx, case_id)?;
        met::give_up(tx, &record.citizen_id, case_id)?;
        Ok(Done::Now)
    })
    .await
    .map(Json)
}

fn check_words(body: &Refuse) -> Result<(), Refusal> {
    for (text, pointer) in [(&body.reason, "/reason"), (&body.legal_ground, "/legal_ground")] {
        super::request::in_both_languages(text, pointer)?;
    }
    Ok(())
}

fn keep(tx: &mut dyn Tx, citizen_id: &str, case_id: CaseId, body: &Refuse) -> Result<(), Refusal> {
    tx.execute(
        "INSERT INTO refusals (citizen_id, case_id, reason_zh, reason_en, ground_zh, ground_en)
         VALUES ($1, $2, $3, $4, $5, $6)",
        &[
            citizen_id.into(),
            case_id.to_string().into(),
            (&body.reason.zh).into(),
            (&body.reason.en).into(),
            (&body.legal_ground.zh).into(),
            (&body.legal_ground.en).into(),
        ],
    )?;
    Ok(())
}
