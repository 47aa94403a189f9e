//! What the city has found for a person before they asked (无感智办): why them, by which data, what happens next, and
//! what they say to it.
//!
//! All of it is read without a network, from what the feed brought. What the person says is queued like a filing:
//! that they do not want it, or that the data is wrong.

mod keep;
mod list;
mod say;
#[cfg(test)]
mod tests;

pub(crate) use keep::store;
pub use list::{OfferView, Said, SaidWhat};

use crate::people::Compartment;

/// What was found for an unlocked person.
#[derive(Clone)]
pub struct Offers {
    compartment: Compartment,
}

impl Offers {
    pub(crate) fn new(compartment: Compartment) -> Self {
        Self { compartment }
    }
}
