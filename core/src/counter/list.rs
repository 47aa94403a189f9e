//! Bookings, listed and one by one.

use citizen_api::counter::{Booking, BookingStatus};
use citizen_api::instruction::Told;
use citizen_api::{BookingId, Text};
use jiff::Timestamp;
use serde::Serialize;

use super::Counters;
use super::pull::counters;
use crate::Error;
use crate::instruction::{Waiting, waiting};
use crate::mirror::{self, Kept, Kind};

/// A booking as it is shown.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct BookingView {
    /// The booking. One that the city does not know yet has revision 0.
    #[serde(flatten)]
    pub booking: Booking,
    /// What waits for the city; none where it has said what stands here.
    pub pending: Option<Pending>,
    /// When this was last heard of, by this device's clock; none where the city does not know it yet.
    pub fetched_at: Option<Timestamp>,
}

/// What waits for the city.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "pending", rename_all = "snake_case")]
pub enum Pending {
    /// The place is asked for, and not the person's yet.
    Booking,
    /// The place is not to be had.
    Refused {
        /// Why, and what is still free.
        reason: Text,
    },
    /// It is given back, which the city does not know yet.
    Cancelling,
}

hidden_debug!(BookingView, Pending);

impl Counters {
    /// Every booking, the newest first: also those that wait for the city.
    pub fn bookings(&self) -> Result<Vec<BookingView>, Error> {
        let known = self.compartment.device().database.read(counters).unwrap_or_default();
        let (waiting, kept) = self.compartment.read(|tx, sealer| {
            Ok((waiting(tx, sealer)?, mirror::all::<Booking>(tx, sealer, Kind::Booking)?))
        })?;
        let mut views = Vec::new();
        for said in waiting.iter().rev() {
            let Told::Book { counter_id, service_id, day, at } = &said.what else { continue };
            let counter = known.iter().find(|counter| counter.counter_id == *counter_id);
            let service = self.compartment.services().view(service_id).map(|view| view.summary.title);
            let own = || Text::new(counter_id.as_str(), counter_id.as_str());
            let booking = Booking {
                booking_id: BookingId(said.transaction_id.0),
                counter_id: counter_id.clone(),
                counter: counter.map_or_else(own, |counter| counter.title.clone()),
                address: counter.map(|counter| counter.address.clone()).unwrap_or_default(),
                service_id: service_id.clone(),
                service: service.unwrap_or_else(|_| Text::new(service_id.as_str(), service_id.as_str())),
                day: *day,
                at: *at,
                status: BookingStatus::Booked,
                revision: 0,
            };
            let refused =
                said.problem.as_ref().map(|problem| Pending::Refused { reason: problem.title.clone() });
            let pending = Some(refused.unwrap_or(Pending::Booking));
            views.push(BookingView { booking, pending, fetched_at: None });
        }
        views.extend(kept.into_iter().map(|kept| view(kept, &waiting)));
        Ok(views)
    }

    /// One booking that the city knows.
    pub fn booking(&self, booking_id: BookingId) -> Result<BookingView, Error> {
        let name = booking_id.to_string();
        self.compartment.read(|tx, sealer| {
            let waiting = waiting(tx, sealer)?;
            let kept = mirror::get(tx, sealer, Kind::Booking, &name)?.ok_or(Error::UnknownBooking)?;
            Ok(view(kept, &waiting))
        })
    }
}

fn view(kept: Kept<Booking>, waiting: &[Waiting]) -> BookingView {
    let Kept { document: booking, fetched_at } = kept;
    let cancelling = waiting.iter().any(|said| {
        said.problem.is_none()
            && matches!(said.what, Told::CancelBooking { booking_id } if booking_id == booking.booking_id)
    });
    BookingView { pending: cancelling.then_some(Pending::Cancelling), booking, fetched_at: Some(fetched_at) }
}
