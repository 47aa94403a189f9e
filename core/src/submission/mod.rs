//! From a draft to something that is sent: frozen, signed with the device key, handed to the outbox.
//!
//! Needs no network and no session: filing is a promise of the phone, kept by the outbox. One transaction freezes
//! the draft and writes every row that must be sent; when the process dies there is all of it or none. The
//! transaction id is made here, before the network is touched, and bound to the signed bytes for ever.

mod answer;
mod case_of;
mod freeze;
mod submit;
#[cfg(test)]
mod tests;

use crate::people::Compartment;

/// Filing, for an unlocked person.
#[derive(Clone)]
pub struct Submissions {
    compartment: Compartment,
}

impl Submissions {
    pub(crate) fn new(compartment: Compartment) -> Self {
        Self { compartment }
    }
}
