//! Booking a place, and giving it back.

use citizen_api::counter::BookingStatus;
use citizen_api::instruction::Told;
use citizen_api::{BookingId, CounterId, ServiceId, Text, TransactionId};
use jiff::civil::{Date, Time};

use super::Counters;
use super::near::does;
use crate::Error;
use crate::instruction::tell;

impl Counters {
    /// Asks for a place at a counter. Works without a network: it waits in the outbox, and is the person's once the
    /// city has said so. Where the seat has gone by then, the outbox says which are still free.
    pub fn book(
        &self,
        counter_id: &CounterId,
        service_id: &ServiceId,
        day: Date,
        at: Time,
    ) -> Result<TransactionId, Error> {
        let counter = self.show(counter_id)?.counter;
        let service = self.compartment.services().show(service_id)?;
        if !does(&counter, &service) || counter.seats == 0 {
            return Err(Error::NotDoneThere);
        }
        let time = at.strftime("%H:%M");
        let title = Text::new(
            format!("预约{} {day} {time}：{}", counter.title.zh, service.title.zh),
            format!("Booking the {}, {day} {time}: {}", counter.title.en, service.title.en),
        );
        let what = Told::Book { counter_id: counter_id.clone(), service_id: service_id.clone(), day, at };
        tell(&self.compartment, &title, what)
    }

    /// Gives a place back, so that somebody else can have it. Works without a network.
    pub fn cancel(&self, booking_id: BookingId) -> Result<TransactionId, Error> {
        let booking = self.booking(booking_id)?.booking;
        if booking.status != BookingStatus::Booked {
            return Err(Error::BookingOver);
        }
        let (day, time) = (booking.day, booking.at.strftime("%H:%M"));
        let title = Text::new(
            format!("取消预约：{} {day} {time}", booking.counter.zh),
            format!("Giving back: {}, {day} {time}", booking.counter.en),
        );
        tell(&self.compartment, &title, Told::CancelBooking { booking_id })
    }
}
