//! Answering a grievance: `POST /v1/officer/grievances/{case_id}/answer`.

use axum::extract::State;
use citizen_api::CaseId;
use citizen_api::case::Case;
use citizen_api::grievance::AnswerGrievance;
use citizen_api::problem::Problem;

use crate::cases::act;
use crate::cases::officer::request::in_both_languages;
use crate::cases::officer::{Done, on_case};
use crate::cases::workflow::Action;
use crate::http::{City, Json, Officer, Path, Refusal};

/// Answers a grievance. The answer is final: one that does not help is complained about at the desk above.
#[utoipa::path(
    post, path = "/v1/officer/grievances/{case_id}/answer", tag = "officers", request_body = AnswerGrievance,
    params(("case_id" = CaseId, Path, description = "The grievance's case")),
    responses(
        (status = 200, description = "Answered, now or before with the same words", body = Case),
        (status = 400, description = "Unreadable", body = Problem),
        (status = 401, description = "No token", body = Problem),
        (status = 403, description = "Not an officer's token", body = Problem),
        (status = 404, description = "Not there", body = Problem),
        (status = 409, description = "No grievance, or answered with other words", body = Problem),
        (status = 422, description = "Not in both languages", body = Problem),
    ),
)]
pub(super) async fn answer(
    State(city): State<City>,
    _: Officer,
    Path(case_id): Path<CaseId>,
    Json(body): Json<AnswerGrievance>,
) -> Result<Json<Case>, Refusal> {
    in_both_languages(&body.text, "/text")?;
    let at = city.clock.now();
    on_case(&city, case_id, move |tx, record| {
        let grievance = record.case.grievance.as_ref().ok_or_else(act::wrong_state)?;
        let said = grievance.answer.as_ref();
        if said.is_some_and(|said| said.text == body.text && said.put_right == body.put_right) {
            return Ok(Done::Before);
        }
        act::advance(tx, record, Action::Reply, &grievance.desk, at)?;
        tx.execute(
            "UPDATE grievances SET answer_zh = $3, answer_en = $4, put_right = $5, answered_by_zh = $6,
                                   answered_by_en = $7, answered_at = $8
             WHERE citizen_id = $1 AND case_id = $2",
            &[
                record.citizen_id.as_str().into(),
                case_id.to_string().into(),
                (&body.text.zh).into(),
                (&body.text.en).into(),
                body.put_right.into(),
                (&grievance.desk.zh).into(),
                (&grievance.desk.en).into(),
                at.into(),
            ],
        )?;
        Ok(Done::Now)
    })
    .await
    .map(Json)
}
