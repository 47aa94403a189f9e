//! `citizen counter`: the nearest counters, free seats, and places booked there.

use citizen_api::{BookingId, CounterId, Language, ServiceId};
use citizen_core::Compartment;
use citizen_core::counter::{BookingView, CounterView, From, Pending, SlotsView};
use clap::{Args, Subcommand};
use jiff::civil::{Date, Time};
use serde_json::{Value, json};

use super::send::told;
use super::services::pull_once;
use crate::failure::{Failure, Thing};
use crate::output::words::{self, Either};
use crate::output::{Page, Report, Side, date};
use crate::prefix::{self, Named, short};
use crate::shell::Shell;

/// How many counters are listed where nothing else is said.
const FEW: usize = 5;

#[derive(Subcommand)]
pub(crate) enum Command {
    /// 最近的窗口：按地址或位置找，没有网络也行 ‖ The nearest counters, by address or position; works without a network
    Near(Near),
    /// 一个窗口：在哪里、几点开门、电话 ‖ One counter: where it is, when it is open, its telephone
    Show {
        /// 哪个窗口，例如 town-futian ‖ Which counter, such as town-futian
        #[arg(value_name = "COUNTER")]
        counter: String,
    },
    /// 一天的空位（要网络） ‖ The free seats of a day (needs a network)
    Slots {
        /// 哪个窗口，例如 town-futian ‖ Which counter, such as town-futian
        #[arg(value_name = "COUNTER")]
        counter: String,
        /// 哪天，例如 2026-09-21 ‖ Which day, such as 2026-09-21
        #[arg(value_name = "DAY")]
        day: Date,
    },
    /// 预约：没有网络时先等着，约上了才算数 ‖ Book a place: without a network the wish waits, and counts once the city has said so
    Book {
        /// 哪个窗口，例如 town-futian ‖ Which counter, such as town-futian
        #[arg(value_name = "COUNTER")]
        counter: String,
        /// 办什么，例如 medical-reimbursement ‖ What for, such as medical-reimbursement
        #[arg(value_name = "SERVICE")]
        service: String,
        /// 哪天，例如 2026-09-21 ‖ Which day, such as 2026-09-21
        #[arg(value_name = "DAY")]
        day: Date,
        /// 几点，例如 09:30 ‖ At what time, such as 09:30
        #[arg(value_name = "TIME")]
        time: Time,
    },
    /// 我的预约 ‖ My bookings
    Bookings,
    /// 取消预约，位子让给别人。没有网络也行 ‖ Give a place back to others; works without a network
    Cancel {
        /// 哪个预约（编号的开头或末尾） ‖ Which booking (the beginning or end of its name)
        #[arg(value_name = "BOOKING")]
        booking: String,
    },
}

#[derive(Args)]
pub(crate) struct Near {
    /// 只要能办这件事的 ‖ Only those that do this service
    #[arg(long, value_name = "SERVICE")]
    service: Option<String>,
    /// 从哪里找：地址，写到镇街或村就行 ‖ From where: an address; its town or village is enough
    #[arg(long, value_name = "ADDRESS", conflicts_with = "at")]
    address: Option<String>,
    /// 从哪里找：纬度,经度，例如 29.306,120.075 ‖ From where: latitude,longitude, such as 29.306,120.075
    #[arg(long, value_name = "LAT,LON", value_parser = position, allow_hyphen_values = true)]
    at: Option<(i32, i32)>,
}

/// A position in millionths of degrees.
fn position(typed: &str) -> Result<(i32, i32), String> {
    let wrong = || "29.306,120.075".to_owned();
    let (latitude, longitude) = typed.split_once(',').ok_or_else(wrong)?;
    let millionths = |text: &str, most: f64| {
        let degrees: f64 = text.trim().parse().map_err(|_| wrong())?;
        if !degrees.is_finite() || degrees.abs() > most {
            return Err(wrong());
        }
        #[expect(clippy::cast_possible_truncation, reason = "at most 180 million")]
        let millionths = (degrees * 1_000_000.0).round() as i32;
        Ok(millionths)
    };
    Ok((millionths(latitude, 90.0)?, millionths(longitude, 180.0)?))
}

pub(crate) async fn run(shell: &Shell, command: &Command) -> Result<Report, Failure> {
    pull_once(&shell.app).await?;
    let compartment = shell.unlocked()?;
    let language = shell.language();
    match command {
        Command::Near(near) => nearest(shell, &compartment, near),
        Command::Show { counter } => {
            let view = compartment.counters().show(&CounterId::from(counter.as_str()))?;
            Ok(Report::done(json!(view), page(&view, language)))
        }
        Command::Slots { counter, day } => {
            let view = compartment.counters().slots(&CounterId::from(counter.as_str()), *day).await?;
            Ok(Report::done(json!(view), free(&view, language)))
        }
        Command::Book { counter, service, day, time } => {
            let (counter, service) = (CounterId::from(counter.as_str()), ServiceId::from(service.as_str()));
            let transaction_id = compartment.counters().book(&counter, &service, *day, *time)?;
            let done = language.either(
                "约上了。到时带身份证去；不去请取消，位子让给别人。",
                "Booked. Bring your ID card; if you cannot come, give the place back.",
            );
            told(shell, &compartment, transaction_id, done).await
        }
        Command::Bookings => bookings(shell, &compartment),
        Command::Cancel { booking } => {
            let names = compartment.counters().bookings()?;
            let names = names.iter().filter(|view| view.fetched_at.is_some());
            let booking_id: BookingId =
                prefix::find(Thing::Booking, booking, names.map(|view| Named::of(view.booking.booking_id)))?;
            let transaction_id = compartment.counters().cancel(booking_id)?;
            let done = language.either("已取消，位子让出来了。", "Given back.");
            told(shell, &compartment, transaction_id, done).await
        }
    }
}

fn nearest(shell: &Shell, compartment: &Compartment, near: &Near) -> Result<Report, Failure> {
    let service = near.service.as_deref().map(ServiceId::from);
    let from = match (near.at, &near.address) {
        (Some((latitude, longitude)), _) => Some(From::Position { latitude, longitude }),
        (None, Some(address)) => Some(From::Address(address.clone())),
        (None, None) => None,
    };
    let found = compartment.counters().near(service.as_ref(), from.as_ref(), FEW)?;
    let language = shell.language();
    let mut page = Page::new();
    if found.is_empty() {
        page.line(language.either(
            "没有办这件事的窗口：全程在手机上办。",
            "No counter does this: it is done on the phone.",
        ));
    }
    for view in &found {
        let counter = &view.counter;
        let far = view.metres.map(|metres| distance(metres, language)).unwrap_or_default();
        let level = words::counter_level(counter.level, language);
        page.line(&format!("{} · {level}{far}  {}", counter.title.get(language), counter.counter_id));
        page.item(counter.address.get(language));
    }
    Ok(Report::done(json!({ "counters": found }), page))
}

fn distance(metres: u64, language: Language) -> String {
    let (whole, tenth) = (metres / 1000, metres % 1000 / 100);
    match language {
        Language::Zh => format!(" · {whole}.{tenth} 公里"),
        Language::En => format!(" · {whole}.{tenth} km"),
    }
}

fn page(view: &CounterView, language: Language) -> Page {
    let counter = &view.counter;
    let mut page = Page::new();
    page.line(counter.title.get(language));
    let hours: Vec<String> = counter.hours.iter().map(|hours| open(hours, language)).collect();
    page.facts(&[
        (language.either("地址", "Where"), counter.address.get(language).to_owned()),
        (language.either("电话", "Telephone"), counter.phone.clone()),
        (language.either("开门", "Open"), hours.join("\n")),
    ]);
    page
}

/// When a counter is open, in words.
fn open(hours: &citizen_api::counter::Hours, language: Language) -> String {
    const DAYS: [(&str, &str); 7] = [
        ("一", "Mon"),
        ("二", "Tue"),
        ("三", "Wed"),
        ("四", "Thu"),
        ("五", "Fri"),
        ("六", "Sat"),
        ("日", "Sun"),
    ];
    let names = hours.weekdays.iter().filter_map(|day| DAYS.get(usize::from(*day).checked_sub(1)?));
    let (from, to) = (hours.from.strftime("%H:%M"), hours.to.strftime("%H:%M"));
    match language {
        Language::Zh => {
            let days: Vec<&str> = names.map(|(zh, _)| *zh).collect();
            format!("周{} {from}–{to}", days.join("、"))
        }
        Language::En => {
            let days: Vec<&str> = names.map(|(_, en)| *en).collect();
            format!("{} {from}–{to}", days.join(", "))
        }
    }
}

fn free(view: &SlotsView, language: Language) -> Page {
    let mut page = Page::new();
    page.line(&date(view.slots.day, language));
    if view.slots.slots.is_empty() {
        page.item(
            language.either("那天不开门，或者已经过了。", "It is closed that day, or the day is over."),
        );
    }
    let rows: Vec<Vec<String>> = view
        .slots
        .slots
        .iter()
        .map(|slot| {
            let free = match (slot.free, language) {
                (0, Language::Zh) => "约满".to_owned(),
                (0, Language::En) => "full".to_owned(),
                (free, Language::Zh) => format!("还有 {free} 个"),
                (free, Language::En) => format!("{free} free"),
            };
            vec![slot.at.strftime("%H:%M").to_string(), free]
        })
        .collect();
    page.table(&[Side::Left, Side::Left], &rows);
    page
}

fn bookings(shell: &Shell, compartment: &Compartment) -> Result<Report, Failure> {
    let found = compartment.counters().bookings()?;
    let language = shell.language();
    let mut page = Page::new();
    if found.is_empty() {
        page.line(language.either("还没有预约。", "Nothing is booked."));
    }
    for view in &found {
        let booking = &view.booking;
        let (day, time) = (date(booking.day, language), booking.at.strftime("%H:%M"));
        let state = state(view, language);
        page.line(&format!("{}  {day} {time} · {state}", short(booking.booking_id)));
        page.item(&format!("{} · {}", booking.counter.get(language), booking.service.get(language)));
        if let Some(Pending::Refused { reason }) = &view.pending {
            page.item(reason.get(language));
        }
    }
    let documents: Vec<Value> = found.iter().map(|view| json!(view)).collect();
    Ok(Report::done(json!({ "bookings": documents }), page))
}

fn state(view: &BookingView, language: Language) -> &'static str {
    match &view.pending {
        Some(Pending::Booking) => language.either("还没发出，不算约上", "not sent yet, so not yours yet"),
        Some(Pending::Refused { .. }) => language.either("没约上", "not to be had"),
        Some(Pending::Cancelling) => language.either("取消，还没发出", "given back, not sent yet"),
        None => words::booking(view.booking.status, language),
    }
}

#[cfg(test)]
mod tests {
    use super::position;

    #[test]
    fn a_position_is_two_numbers_on_the_earth() {
        assert_eq!(position("29.306,120.075"), Ok((29_306_000, 120_075_000)));
        assert_eq!(position("-1, -2.5"), Ok((-1_000_000, -2_500_000)));
        for wrong in ["", "29", "a,b", "91,0", "0,181", "NaN,0"] {
            assert!(position(wrong).is_err(), "{wrong}");
        }
    }
}
