//! `POST /v1/mandates`: giving somebody a mandate.

use axum::extract::State;
use axum::http::StatusCode;
use citizen_api::mandate::{Mandate, MandateExtent, MandateOffer, MandateScope, MandateStatus, Party};
use citizen_api::problem::{Problem, ProblemType};
use citizen_api::{MandateId, Subject, TransactionId};
use jiff::Timestamp;
use jiff::civil::Date;

use super::acting::subject;
use super::record;
use crate::clock::day_of;
use crate::http::idempotency::{Answer, Keyed, replay_or_run};
use crate::http::{Citizen, City, LatelySignedIn, Refusal};
use crate::store::Tx;

/// No mandate lasts longer: who wants it to is asked again.
const LONGEST_YEARS: i16 = 5;

/// Gives a mandate. It holds once the other side has accepted it.
#[utoipa::path(
    post, path = "/v1/mandates", tag = "mandates", request_body = MandateOffer,
    params(("Idempotency-Key" = TransactionId, Header, description = "A UUID made for this")),
    responses(
        (status = 201, description = "Given", body = Mandate),
        (status = 400, description = "Unreadable, or without a key", body = Problem),
        (status = 401, description = "Not signed in", body = Problem),
        (status = 413, description = "Too large", body = Problem),
        (status = 415, description = "Not JSON", body = Problem),
        (status = 422, description = "Nobody of that number and name, a day or a service is at fault", body = Problem),
    ),
)]
pub(super) async fn give(
    State(city): State<City>,
    LatelySignedIn(citizen): LatelySignedIn,
    keyed: Keyed<MandateOffer>,
) -> Result<Answer, Refusal> {
    let Keyed { key, request_sha256, body } = keyed;
    let at = city.clock.now();
    check_until(body.until, day_of(at))?;
    check_services(&city, &body.scope)?;
    city.store
        .write(move |tx| {
            let owner = citizen.citizen_id.clone();
            replay_or_run(tx, &owner, key, &request_sha256, |tx| {
                let mandate = offer(tx, &citizen, body, at)?;
                record::keep(tx, &mandate)?;
                Ok((StatusCode::CREATED, mandate))
            })
        })
        .await
}

fn offer(tx: &mut dyn Tx, citizen: &Citizen, body: MandateOffer, at: Timestamp) -> Result<Mandate, Refusal> {
    let from = subject(citizen);
    let name = "SELECT name FROM residents WHERE citizen_id = $1";
    let own_name = tx.query_one(name, &[citizen.citizen_id.as_str().into()])?;
    let own_name = own_name.ok_or_else(Refusal::internal)?.text(0)?;
    let found = tx.query_one(
        "SELECT citizen_id, name FROM residents WHERE id_number = $1 AND name = $2 AND citizen_id <> $3",
        &[
            body.to_id_number.trim().to_ascii_uppercase().into(),
            body.to_name.trim().into(),
            citizen.citizen_id.as_str().into(),
        ],
    )?;
    let row = found.ok_or_else(nobody)?;
    Ok(Mandate {
        mandate_id: MandateId::generate(),
        from: Party { subject: from, name: own_name },
        to: Party { subject: Subject(row.text(0)?), name: row.text(1)? },
        scope: body.scope,
        until: body.until,
        status: MandateStatus::Offered,
        revision: 1,
        given_at: at,
    })
}

fn check_until(until: Date, today: Date) -> Result<(), Refusal> {
    let latest = today.saturating_add(jiff::Span::new().years(LONGEST_YEARS));
    if (today..=latest).contains(&until) {
        return Ok(());
    }
    Err(Refusal::new(
        ProblemType::InvalidAnswer,
        format!("委托的截止日期要在今天到 {LONGEST_YEARS} 年之内，请改一下。"),
        format!("A mandate ends between today and {LONGEST_YEARS} years from now. Please change the day."),
    )
    .at("/until"))
}

fn check_services(city: &City, scope: &MandateScope) -> Result<(), Refusal> {
    let known = |service| city.catalogue.service(service).is_some();
    let all_known = match &scope.extent {
        MandateExtent::Services { services } => services.iter().all(known),
        MandateExtent::OneCase { service_id, .. } => known(service_id),
    };
    if all_known {
        return Ok(());
    }
    Err(Refusal::new(
        ProblemType::InvalidAnswer,
        "委托里写的事项，目录里没有。请更新事项目录后再选一次。",
        "The catalogue has no service that the mandate names. Please update the catalogue and choose again.",
    )
    .at("/scope"))
}

/// What is said of a number and a name that are not one person's: not which of the two is wrong.
fn nobody() -> Refusal {
    Refusal::new(
        ProblemType::InvalidAnswer,
        "身份证号和姓名对不上，没有委托。请和对方核对后再填一次。",
        "The ID number and the name are not of one other person; nothing was given. Please check both with them and try again.",
    )
    .at("/to_id_number")
}
