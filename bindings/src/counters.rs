//! Counters, and places booked there.

use std::sync::Arc;

use citizen_api::{BookingId, CounterId, ServiceId, TransactionId};
use citizen_core::Compartment;
use citizen_core::counter::{BookingView, CounterView, SlotsView};
use jiff::civil::{Date as Day, Time};

use crate::CitizenError;
use crate::page::{most, page};
use crate::types::counter::NearTo;

/// Counters, and the bookings of an unlocked person.
#[derive(uniffi::Object)]
pub struct Counters(Compartment);

impl Counters {
    pub(crate) fn of(compartment: &Compartment) -> Arc<Self> {
        Arc::new(Self(compartment.clone()))
    }
}

#[uniffi::export(async_runtime = "tokio")]
impl Counters {
    /// The counters that do a service, or all of them, the nearest first. Needs no network.
    pub fn near(
        &self,
        service_id: Option<ServiceId>,
        to: Option<NearTo>,
        limit: u32,
    ) -> Result<Vec<CounterView>, CitizenError> {
        let from = to.map(citizen_core::counter::From::from);
        Ok(self.0.counters().near(service_id.as_ref(), from.as_ref(), most(limit))?)
    }

    /// One counter. Needs no network.
    pub fn show(&self, counter_id: CounterId) -> Result<CounterView, CitizenError> {
        Ok(self.0.counters().show(&counter_id)?)
    }

    /// Asks the city which seats are free on a day.
    pub async fn slots(&self, counter_id: CounterId, day: Day) -> Result<SlotsView, CitizenError> {
        Ok(self.0.counters().slots(&counter_id, day).await?)
    }

    /// Asks for a place at a counter. Works without a network.
    pub fn book(
        &self,
        counter_id: CounterId,
        service_id: ServiceId,
        day: Day,
        at: Time,
    ) -> Result<TransactionId, CitizenError> {
        Ok(self.0.counters().book(&counter_id, &service_id, day, at)?)
    }

    /// Every booking, the newest first: also those that wait for the city.
    pub fn bookings(&self, offset: u32, limit: u32) -> Result<Vec<BookingView>, CitizenError> {
        Ok(page(self.0.counters().bookings()?, offset, limit))
    }

    /// Gives a place back. Works without a network.
    pub fn cancel(&self, booking_id: BookingId) -> Result<TransactionId, CitizenError> {
        Ok(self.0.counters().cancel(booking_id)?)
    }
}
