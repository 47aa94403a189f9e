//! Booking a place, and giving it back.

use citizen_api::changes::Change;
use citizen_api::counter::{BOOK_AHEAD_DAYS, BookingStatus, Counter};
use citizen_api::problem::ProblemType;
use citizen_api::{BookingId, CounterId, ServiceId, Text, TransactionId};
use jiff::civil::{Date, Time};
use jiff::{Span, Timestamp};

use super::{data, record, slots};
use crate::cases::services;
use crate::clock::day_of;
use crate::http::Refusal;
use crate::store::Tx;

/// How many places a person can hold at the same time.
const MOST: i64 = 5;

/// What is booked.
pub(crate) struct Place<'a> {
    pub(crate) counter_id: &'a CounterId,
    pub(crate) service_id: &'a ServiceId,
    pub(crate) day: Date,
    pub(crate) time: Time,
}

/// Books a place. The instruction's transaction is the booking's name, so what is sent again is the same booking.
pub(crate) fn book(
    tx: &mut dyn Tx,
    citizen_id: &str,
    key: TransactionId,
    place: &Place<'_>,
    at: Timestamp,
) -> Result<Change, Refusal> {
    let counter = data::find(place.counter_id).ok_or_else(|| Refusal::not_found().at("/what/counter_id"))?;
    let service = service(tx, counter, place.service_id)?;
    check_time(counter, place, at)?;
    check_few(tx, citizen_id, day_of(at))?;
    let booking_id = BookingId(key.0);
    tx.execute(
        "INSERT INTO bookings (citizen_id, booking_id, counter_id, service_id, service_zh, service_en, day, at,
                               booked_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        &[
            citizen_id.into(),
            booking_id.to_string().into(),
            counter.counter_id.as_str().into(),
            place.service_id.as_str().into(),
            service.zh.into(),
            service.en.into(),
            place.day.into(),
            place.time.to_string().into(),
            at.into(),
        ],
    )?;
    if !take_seat(tx, counter, place, booking_id)? {
        return Err(taken(tx, counter, place, at)?);
    }
    record::publish(tx, booking_id)
}

/// Takes the first free seat; says whether there was one. That a seat is a row which can be there once is what keeps
/// two people from having the same, whoever else books at this moment.
fn take_seat(
    tx: &mut dyn Tx,
    counter: &Counter,
    place: &Place<'_>,
    booking_id: BookingId,
) -> Result<bool, Refusal> {
    for seat in 1..=counter.seats {
        let sat = tx.execute(
            "INSERT INTO seats (counter_id, day, at, seat, booking_id) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (counter_id, day, at, seat) DO NOTHING",
            &[
                counter.counter_id.as_str().into(),
                place.day.into(),
                place.time.to_string().into(),
                seat.into(),
                booking_id.to_string().into(),
            ],
        )?;
        if sat > 0 {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Gives a place back: its seat is free again.
pub(crate) fn cancel(tx: &mut dyn Tx, citizen_id: &str, booking_id: BookingId) -> Result<Change, Refusal> {
    let own = record::find(tx, booking_id)?.filter(|(owner, _)| owner == citizen_id);
    let (_, booking) = own.ok_or_else(Refusal::not_found)?;
    if booking.status != BookingStatus::Booked {
        return Err(over());
    }
    end(tx, booking_id, "cancelled")
}

/// Ends a booking and frees its seat.
pub(super) fn end(tx: &mut dyn Tx, booking_id: BookingId, status: &str) -> Result<Change, Refusal> {
    let name = booking_id.to_string();
    tx.execute("DELETE FROM seats WHERE booking_id = $1", &[name.as_str().into()])?;
    tx.execute(
        "UPDATE bookings SET status = $2, revision = revision + 1 WHERE booking_id = $1",
        &[name.into(), status.into()],
    )?;
    record::publish(tx, booking_id)
}

/// What people call the service, where this counter does it.
fn service(tx: &mut dyn Tx, counter: &Counter, service_id: &ServiceId) -> Result<Text, Refusal> {
    let service =
        services::present(tx, service_id)?.ok_or_else(|| Refusal::not_found().at("/what/service_id"))?;
    if service.counters.contains(&counter.level) || counter.also.contains(service_id) {
        return Ok(service.title);
    }
    Err(Refusal::new(
        ProblemType::InvalidAnswer,
        format!("{}不办“{}”。请选一个能办的窗口。", counter.title.zh, service.title.zh),
        format!("The {} does not do “{}”. Choose a counter that does.", counter.title.en, service.title.en),
    )
    .at("/what/service_id"))
}

fn check_time(counter: &Counter, place: &Place<'_>, at: Timestamp) -> Result<(), Refusal> {
    let last = day_of(at).saturating_add(Span::new().days(BOOK_AHEAD_DAYS));
    if place.day <= last && slots::times(counter, place.day, at)?.contains(&place.time) {
        return Ok(());
    }
    Err(Refusal::new(
        ProblemType::InvalidAnswer,
        format!("这个时间不能约：已经过了、窗口不开门，或者超过 {BOOK_AHEAD_DAYS} 天。请另选一个时间。"),
        format!(
            "That time cannot be booked: it has passed, the counter is closed, or it is more than {BOOK_AHEAD_DAYS} \
             days ahead. Choose another."
        ),
    )
    .at("/what/at"))
}

/// One person cannot hold the places of many.
fn check_few(tx: &mut dyn Tx, citizen_id: &str, today: Date) -> Result<(), Refusal> {
    let held = tx.query_one(
        "SELECT COUNT(*) FROM bookings WHERE citizen_id = $1 AND status = 'booked' AND day >= $2",
        &[citizen_id.into(), today.into()],
    )?;
    if held.map_or(Ok(0), |row| row.integer(0))? < MOST {
        return Ok(());
    }
    Err(Refusal::new(
        ProblemType::WrongState,
        format!("您已经约了 {MOST} 个时间。请先取消一个不去的，再约新的。"),
        format!("You hold {MOST} bookings already. Give one back that you do not need, then book."),
    ))
}

/// What is said where every seat is taken: which times are still free that day.
fn taken(tx: &mut dyn Tx, counter: &Counter, place: &Place<'_>, at: Timestamp) -> Result<Refusal, Refusal> {
    let free: Vec<String> = slots::on(tx, counter, place.day, at)?
        .into_iter()
        .filter(|slot| slot.free > 0)
        .map(|slot| slot.at.strftime("%H:%M").to_string())
        .take(4)
        .collect();
    let (day, time) = (place.day, place.time.strftime("%H:%M"));
    let (zh, en) = match free.is_empty() {
        true => (
            "那天已经约满，请换一天或换一个窗口。".to_owned(),
            "That day is full: choose another day or counter.".to_owned(),
        ),
        false => {
            (format!("那天还有：{}。", free.join("、")), format!("Still free that day: {}.", free.join(", ")))
        }
    };
    Ok(Refusal::new(
        ProblemType::SlotTaken,
        format!("{day} {time} 刚被约满，没有约上。{zh}"),
        format!("{day} {time} has just been taken and was not booked. {en}"),
    )
    .at("/what/at"))
}

fn over() -> Refusal {
    Refusal::new(
        ProblemType::WrongState,
        "这个预约已经取消或者办过了。",
        "This booking was given back, or you have been served.",
    )
    .at("/what/booking_id")
}
