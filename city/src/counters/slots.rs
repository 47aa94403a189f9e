//! How many seats are free: `GET /v1/counters/{counter_id}/slots`.

use axum::extract::State;
use citizen_api::CounterId;
use citizen_api::counter::{Counter, SLOT_MINUTES, Slot, Slots};
use citizen_api::problem::Problem;
use jiff::civil::{Date, Time};
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;

use super::data;
use crate::cases::working_days::WorkingDays;
use crate::clock::CHINA;
use crate::http::{City, Json, Path, Query, Refusal};
use crate::store::Tx;

/// Which day a question about a counter is for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct On {
    pub(super) day: Date,
}

/// The seats of a day.
#[utoipa::path(
    get, path = "/v1/counters/{counter_id}/slots", tag = "counters",
    params(
        ("counter_id" = CounterId, Path, description = "The counter"),
        ("day" = String, Query, description = "The day, YYYY-MM-DD"),
    ),
    responses(
        (status = 200, description = "The half hours of that day", body = Slots),
        (status = 400, description = "Not a day", body = Problem),
        (status = 404, description = "No such counter", body = Problem),
    ),
)]
pub(super) async fn slots(
    State(city): State<City>,
    Path(counter_id): Path<CounterId>,
    Query(On { day }): Query<On>,
) -> Result<Json<Slots>, Refusal> {
    let counter = data::find(&counter_id).ok_or_else(Refusal::not_found)?;
    let at = city.clock.now();
    let slots = city.store.read(move |tx| on(tx, counter, day, at)).await?;
    Ok(Json(Slots { day, slots }))
}

/// The half hours of a counter on a day that have not begun, each with its free seats.
pub(super) fn on(tx: &mut dyn Tx, counter: &Counter, day: Date, at: Timestamp) -> Result<Vec<Slot>, Refusal> {
    let rows = tx.query(
        "SELECT at, COUNT(*) FROM seats WHERE counter_id = $1 AND day = $2 GROUP BY at",
        &[counter.counter_id.as_str().into(), day.into()],
    )?;
    let mut taken = Vec::new();
    for row in &rows {
        taken.push((row.parse::<Time>(0)?, row.number::<u32>(1)?));
    }
    let open = times(counter, day, at)?;
    Ok(open
        .into_iter()
        .map(|at| {
            let taken = taken.iter().find(|(time, _)| *time == at).map_or(0, |(_, taken)| *taken);
            Slot { at, free: counter.seats.saturating_sub(taken) }
        })
        .collect())
}

/// When the half hours of a counter begin that can still be booked on a day.
pub(super) fn times(counter: &Counter, day: Date, at: Timestamp) -> Result<Vec<Time>, Refusal> {
    let now = CHINA.to_datetime(at);
    if counter.seats == 0 || day < now.date() || WorkingDays::embedded()?.is_holiday(day) {
        return Ok(Vec::new());
    }
    let weekday = u8::try_from(day.weekday().to_monday_one_offset()).unwrap_or_default();
    let step = SignedDuration::from_mins(SLOT_MINUTES);
    let mut times = Vec::new();
    for hours in counter.hours.iter().filter(|hours| hours.weekdays.contains(&weekday)) {
        let mut time = hours.from;
        while let Ok(end) = time.checked_add(step)
            && end <= hours.to
        {
            if day > now.date() || time > now.time() {
                times.push(time);
            }
            time = end;
        }
    }
    Ok(times)
}
