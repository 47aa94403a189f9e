//! `GET` and `PUT /v1/officer/clock`: the day that the city has.

use axum::extract::State;
use citizen_api::officer::CivilDay;
use citizen_api::problem::{Problem, ProblemType};

use super::SetClockError;
use crate::grievances::climb_all;
use crate::http::{City, Json, Officer, Refusal};

/// The day that the city has.
#[utoipa::path(
    get,
    path = "/v1/officer/clock",
    tag = "officers",
    responses((status = 200, body = CivilDay), (status = 403, body = Problem))
)]
pub(super) async fn read_day(State(city): State<City>, _officer: Officer) -> Json<CivilDay> {
    Json(CivilDay { date: city.clock.today() })
}

/// Moves the city on to a day. Never back.
#[utoipa::path(
    put,
    path = "/v1/officer/clock",
    tag = "officers",
    request_body = CivilDay,
    responses((status = 200, body = CivilDay), (status = 403, body = Problem), (status = 409, body = Problem))
)]
pub(super) async fn set_day(
    State(city): State<City>,
    _officer: Officer,
    Json(day): Json<CivilDay>,
) -> Result<Json<CivilDay>, Refusal> {
    city.clock.set(&city.store, day.date).await?;
    climb_all(&city).await?;
    Ok(Json(CivilDay { date: city.clock.today() }))
}

impl From<SetClockError> for Refusal {
    fn from(error: SetClockError) -> Self {
        match error {
            SetClockError::Backwards { today } => Self::new(
                ProblemType::WrongState,
                format!("今天已是 {today}，日期不能往回拨。请给今天或以后的日期。"),
                format!("It is {today} already, and days do not run back. Give today or a later day."),
            )
            .at("/date"),
            SetClockError::OutOfRange => Self::new(
                ProblemType::MalformedRequest,
                "这一天太远，设不了。请给近一些的日期。",
                "That day is too far away. Give a nearer one.",
            )
            .at("/date"),
            SetClockError::Store(error) => error.into(),
        }
    }
}
