//! What could not be done in one trip (跑一次没办成): said from anywhere, also without a network, and answered by a
//! named desk within a legal time.
//!
//! A grievance is a draft like any other: of the service that the city has for it, with what it is about frozen into
//! it. So every word is on disk when the call returns, it is filed through the outbox once, and becomes a case that
//! says which desk answers it and by when.

mod begin;
mod list;
#[cfg(test)]
mod tests;

pub use begin::Concerning;

use crate::people::Compartment;

/// The grievances of an unlocked person.
#[derive(Clone)]
pub struct Grievances {
    compartment: Compartment,
}

impl Grievances {
    pub(crate) fn new(compartment: Compartment) -> Self {
        Self { compartment }
    }
}
