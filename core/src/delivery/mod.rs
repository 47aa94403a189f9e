//! Parcels on their way to the door, as the city last told it.

mod keep;
mod redirect;
mod show;

pub(crate) use keep::store;
pub(crate) use redirect::tidied;
pub use show::{DeliveryView, Redirecting};

use crate::people::Compartment;

/// The parcels of an unlocked person. All of it works without a network.
#[derive(Clone)]
pub struct Deliveries {
    compartment: Compartment,
}

impl Deliveries {
    /// The parcels of that person.
    pub(crate) fn new(compartment: Compartment) -> Self {
        Self { compartment }
    }
}
