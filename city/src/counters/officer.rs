//! Who comes to a counter, and that they were served.

use axum::extract::State;
use citizen_api::changes::Change;
use citizen_api::counter::{Booking, BookingStatus, CounterDay, ExpectedVisit};
use citizen_api::problem::{Problem, ProblemType};
use citizen_api::{BookingId, CounterId};

use super::slots::On;
use super::{book, record};
use crate::http::{City, Json, Officer, Path, Query, Refusal};
use crate::store::Tx;

/// Who comes to a counter on a day.
#[utoipa::path(
    get, path = "/v1/officer/counters/{counter_id}/bookings", tag = "officers",
    params(
        ("counter_id" = CounterId, Path, description = "The counter"),
        ("day" = String, Query, description = "The day, YYYY-MM-DD"),
    ),
    responses(
        (status = 200, description = "The bookings, by time", body = CounterDay),
        (status = 400, description = "Not a day", body = Problem),
        (status = 401, description = "No token", body = Problem),
        (status = 403, description = "Not an officer's token", body = Problem),
    ),
)]
pub(super) async fn day(
    State(city): State<City>,
    _: Officer,
    Path(counter_id): Path<CounterId>,
    Query(On { day }): Query<On>,
) -> Result<Json<CounterDay>, Refusal> {
    let work = move |tx: &mut dyn Tx| -> Result<CounterDay, Refusal> {
        let sql = format!(
            "SELECT {}, who.name FROM bookings AS made JOIN residents AS who ON who.citizen_id = made.citizen_id
             WHERE made.counter_id = $1 AND made.day = $2 AND made.status <> 'cancelled'
             ORDER BY made.at, made.booking_id",
            record::COLUMNS
        );
        let rows = tx.query(&sql, &[counter_id.as_str().into(), day.into()])?;
        let visit =
            |row| Ok(ExpectedVisit { name: crate::store::Row::text(row, 10)?, booking: record::read(row)? });
        Ok(CounterDay { bookings: rows.iter().map(visit).collect::<Result<_, Refusal>>()? })
    };
    city.store.read(work).await.map(Json)
}

/// Notes that somebody was served.
#[utoipa::path(
    post, path = "/v1/officer/bookings/{booking_id}/serve", tag = "officers",
    params(("booking_id" = BookingId, Path, description = "The booking")),
    responses(
        (status = 200, description = "Served, now or before", body = Booking),
        (status = 401, description = "No token", body = Problem),
        (status = 403, description = "Not an officer's token", body = Problem),
        (status = 404, description = "Not there", body = Problem),
        (status = 409, description = "Given back", body = Problem),
    ),
)]
pub(super) async fn serve(
    State(city): State<City>,
    _: Officer,
    Path(booking_id): Path<BookingId>,
) -> Result<Json<Booking>, Refusal> {
    let work = move |tx: &mut dyn Tx| -> Result<Booking, Refusal> {
        let (_, booking) = record::find(tx, booking_id)?.ok_or_else(Refusal::not_found)?;
        match booking.status {
            BookingStatus::Served => return Ok(booking),
            BookingStatus::Booked => {}
            BookingStatus::Cancelled | BookingStatus::Unknown => return Err(given_back()),
        }
        match book::end(tx, booking_id, "served")? {
            Change::Booking(booking) => Ok(booking),
            _ => Err(Refusal::internal()),
        }
    };
    city.store.write(work).await.map(Json)
}

fn given_back() -> Refusal {
    Refusal::new(
        ProblemType::WrongState,
        "这个预约已经取消，不能再登记为办过。",
        "This booking was given back and cannot be noted as served.",
    )
}
