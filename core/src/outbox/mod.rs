//! What is still to be sent, and the sending of it.
//!
//! A row is the truth: while it is there, the city is not known to have the thing, and it goes in the one
//! transaction that keeps the city's verified word. "Being sent" is memory only. With the network off, rows wait and
//! say for what. When the process dies, at whatever moment, the row is sent again under the same transaction id with
//! the same bytes, and the city answers as it did the first time.
//!
//! What fails for now waits with a growing, jittered pause and holds up nothing but itself and what depends on it;
//! what the city refuses for good is *blocked*: a person reads why and retries it, or withdraws it, which opens the
//! draft again. One sender works at a time, across processes, by a lock that ends with the process that holds it.
//!
//! Files stay on the phone after they were sent, with the draft they belong to, until the person throws them away:
//! nothing that a person made is removed by anyone else.

mod acknowledge;
mod after_lock;
#[cfg(test)]
mod after_lock_tests;
mod backoff;
mod deliver;
mod hold;
#[cfg(test)]
mod hold_tests;
mod instruct;
mod keep_sending;
mod lease;
mod list;
mod meter;
mod queue;
mod receipt;
mod request;
mod retry;
mod send;
#[cfg(test)]
mod test_city;
#[cfg(test)]
mod tests;
mod verdict;
mod withdraw;

pub(crate) use acknowledge::proofs;
pub(crate) use after_lock::go_on;
pub use hold::NetworkKind;
pub use list::{OutboxItemView, OutboxKind, WaitsFor};
pub(crate) use queue::{QueuedInstruction, holds, instructions, push, remove as forget};
#[cfg(test)]
pub(crate) use queue::{queued_document, refuse};
pub(crate) use request::{QueuedRequest, What, upload_transaction};
pub use send::{Progress, SendReport};

use crate::people::Compartment;

/// The outbox of an unlocked person.
#[derive(Clone)]
pub struct Outbox {
    compartment: Compartment,
}

impl Outbox {
    pub(crate) fn new(compartment: Compartment) -> Self {
        Self { compartment }
    }
}
