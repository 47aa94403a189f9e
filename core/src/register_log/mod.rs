//! Who asked for this person's data (register log), kept on the phone and checked: each reading has the digest of the
//! one before, so the city cannot change or drop one that this phone has seen.
//!
//! Without a network the last copy is shown with its age. When the process dies, what was fetched stays: a page of
//! readings is one transaction.

mod list;
mod refresh;
#[cfg(test)]
mod tests;

pub use list::RegisterLogView;

use crate::people::Compartment;

/// The register log of an unlocked person.
#[derive(Clone)]
pub struct RegisterLog {
    compartment: Compartment,
}

impl RegisterLog {
    pub(crate) fn new(compartment: Compartment) -> Self {
        Self { compartment }
    }
}
