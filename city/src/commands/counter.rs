//! `city counter`: who comes to a counter.

use citizen_api::counter::{Booking, CounterDay};
use citizen_api::{BookingId, CounterId, Text};
use clap::Subcommand;
use jiff::civil::Date;

use super::client::Desk;
use super::{Failure, case_words};

/// See who comes to a counter, and note that they were served.
#[derive(clap::Args)]
pub(super) struct Counter {
    #[command(subcommand)]
    act: Act,
}

#[derive(Subcommand)]
enum Act {
    /// List who has booked for a day.
    Day {
        /// The counter.
        counter: CounterId,
        /// The day, YYYY-MM-DD.
        day: Date,
    },
    /// Note that somebody was served.
    Serve {
        /// The booking.
        booking: BookingId,
    },
}

impl Counter {
    pub(super) async fn run(self, desk: &Desk) -> Result<(), Failure> {
        match self.act {
            Act::Day { counter, day } => {
                let path = format!("/v1/officer/counters/{counter}/bookings?day={day}");
                let visits: CounterDay = desk.get(&path).await?;
                desk.show(&visits, |visits| {
                    let none = Text::new("那天没有人预约。", "Nobody has booked for that day.");
                    let line = |visit: &citizen_api::counter::ExpectedVisit| {
                        let Booking { booking_id, service, at, .. } = &visit.booking;
                        let (time, name) = (at.strftime("%H:%M"), &visit.name);
                        Text::new(
                            format!("{time}  {booking_id}  {name}  {}", service.zh),
                            format!("{time}  {booking_id}  {name}  {}", service.en),
                        )
                    };
                    case_words::list(visits.bookings.iter().map(line), none)
                })
            }
            Act::Serve { booking } => {
                let served: Booking = desk.act(&format!("/v1/officer/bookings/{booking}/serve")).await?;
                desk.show(&served, |_| Text::new("已登记办过。", "Noted as served."))
            }
        }
    }
}
