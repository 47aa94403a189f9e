//! Accepting, declining and ending a mandate. Each is done once; doing it again changes nothing.

use axum::extract::State;
use citizen_api::MandateId;
use citizen_api::mandate::{Mandate, MandateStatus};
use citizen_api::problem::{Problem, ProblemType};

use super::record;
use crate::http::{Citizen, City, Json, LatelySignedIn, Path, Refusal};

/// Accepts a mandate that was given to the person, who then answers for what they do under it: so they have to have signed
/// in lately, as who gives one has. Saying no and ending one is possible always.
#[utoipa::path(
    post, path = "/v1/mandates/{mandate_id}/accept", tag = "mandates",
    params(("mandate_id" = MandateId, Path, description = "The mandate")),
    responses(
        (status = 200, description = "Accepted", body = Mandate),
        (status = 401, description = "Not signed in, or too long ago", body = Problem),
        (status = 404, description = "Not there, or not given to this person", body = Problem),
        (status = 409, description = "It was answered otherwise, or ended", body = Problem),
    ),
)]
pub(super) async fn accept(
    State(city): State<City>,
    LatelySignedIn(citizen): LatelySignedIn,
    Path(mandate_id): Path<MandateId>,
) -> Result<Json<Mandate>, Refusal> {
    let theirs = move |mandate: &Mandate| mandate.to.subject.as_str() == citizen.citizen_id;
    settle(city, mandate_id, theirs, &[MandateStatus::Offered], MandateStatus::Accepted).await
}

/// Says no to a mandate that was given to the person.
#[utoipa::path(
    post, path = "/v1/mandates/{mandate_id}/decline", tag = "mandates",
    params(("mandate_id" = MandateId, Path, description = "The mandate")),
    responses(
        (status = 200, description = "Declined", body = Mandate),
        (status = 401, description = "Not signed in", body = Problem),
        (status = 404, description = "Not there, or not given to this person", body = Problem),
        (status = 409, description = "It was answered otherwise, or ended", body = Problem),
    ),
)]
pub(super) async fn decline(
    State(city): State<City>,
    citizen: Citizen,
    Path(mandate_id): Path<MandateId>,
) -> Result<Json<Mandate>, Refusal> {
    let theirs = move |mandate: &Mandate| mandate.to.subject.as_str() == citizen.citizen_id;
    settle(city, mandate_id, theirs, &[MandateStatus::Offered], MandateStatus::Declined).await
}

/// Ends a mandate, at once: by the one who gave it, or by the one who has it.
#[utoipa::path(
    post, path = "/v1/mandates/{mandate_id}/revoke", tag = "mandates",
    params(("mandate_id" = MandateId, Path, description = "The mandate")),
    responses(
        (status = 200, description = "Ended", body = Mandate),
        (status = 401, description = "Not signed in", body = Problem),
        (status = 404, description = "Not there, or neither given by nor to this person", body = Problem),
        (status = 409, description = "It was declined", body = Problem),
    ),
)]
pub(super) async fn revoke(
    State(city): State<City>,
    citizen: Citizen,
    Path(mandate_id): Path<MandateId>,
) -> Result<Json<Mandate>, Refusal> {
    let theirs = move |mandate: &Mandate| {
        [&mandate.from, &mandate.to].iter().any(|party| party.subject.as_str() == citizen.citizen_id)
    };
    const BEFORE: [MandateStatus; 2] = [MandateStatus::Offered, MandateStatus::Accepted];
    settle(city, mandate_id, theirs, &BEFORE, MandateStatus::Revoked).await
}

async fn settle(
    city: City,
    mandate_id: MandateId,
    theirs: impl Fn(&Mandate) -> bool + Send + 'static,
    before: &'static [MandateStatus],
    after: MandateStatus,
) -> Result<Json<Mandate>, Refusal> {
    city.store
        .write(move |tx| {
            let found = record::find(tx, mandate_id)?.filter(theirs);
            let mandate = found.ok_or_else(Refusal::not_found)?;
            if mandate.status == after {
                return Ok(Json(mandate));
            }
            if !before.contains(&mandate.status) {
                return Err(settled());
            }
            let mandate = Mandate { status: after, revision: mandate.revision + 1, ..mandate };
            record::keep(tx, &mandate)?;
            Ok(Json(mandate))
        })
        .await
}

fn settled() -> Refusal {
    Refusal::new(
        ProblemType::WrongState,
        "这份委托已经有了结果，不能这样改。请看一看它现在的情况，需要的话重新委托。",
        "This mandate was settled otherwise and cannot be changed this way. Please look at where it stands; a new one can be given.",
    )
}
