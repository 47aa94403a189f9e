//! Acting for someone (代办): mandates given and received, what was done under them, and the compartment of somebody who
//! is acted for.
//!
//! What is written for somebody stands in a compartment of theirs within the helper's, under a key of its own. It needs no
//! network and no mandate to be read and written on: a mandate that has ended loses nobody a word, only the city takes
//! nothing under it. Giving, accepting and ending one needs the network; where an answer is lost, the next pull tells.

mod act_for;
mod answer;
mod give;
mod list;
mod represented;
#[cfg(test)]
mod tests;

pub use act_for::Represented;
pub use list::{ActView, MandateSide, MandateStanding, MandateView};
pub(crate) use list::{store, store_act};

use crate::people::Compartment;

/// The mandates of an unlocked person.
#[derive(Clone)]
pub struct Mandates {
    compartment: Compartment,
}

impl Mandates {
    pub(crate) fn new(compartment: Compartment) -> Self {
        Self { compartment }
    }
}
