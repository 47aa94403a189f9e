//! Counters on four levels (四级窗口) and places booked there.
//!
//! The list of counters is public and comes with the catalogue, so the nearest one that does a service is found without
//! a network: by position or by an address. A place is booked through the outbox: without a network the wish waits,
//! and where the seat has gone by then, the outbox says so with the times that are still free. Nobody is told that a
//! place is theirs before the city has said it.

mod book;
mod keep;
mod list;
mod near;
mod pull;
mod slots;
#[cfg(test)]
mod tests;

pub(crate) use keep::store;
pub use list::{BookingView, Pending};
pub use near::{CounterView, From};
pub(crate) use pull::pull_old;
pub use slots::SlotsView;

use crate::people::Compartment;

/// Counters, and the bookings of an unlocked person.
#[derive(Clone)]
pub struct Counters {
    compartment: Compartment,
}

impl Counters {
    pub(crate) fn new(compartment: Compartment) -> Self {
        Self { compartment }
    }
}
