//! Cases (办件): what became of what was filed, as the city last told it.

mod keep;
mod list;
mod show;

pub(crate) use keep::store;
pub use list::CaseSummary;
pub use show::CaseView;

use crate::people::Compartment;

/// The cases of an unlocked person. All of it works without a network.
#[derive(Clone)]
pub struct Cases {
    compartment: Compartment,
}

impl Cases {
    /// The cases of that person.
    pub(crate) fn new(compartment: Compartment) -> Self {
        Self { compartment }
    }
}
