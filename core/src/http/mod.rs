//! The HTTP edge: the only place that talks to the network, and the only place that judges an answer.
//!
//! Everything above this module sees a [`Reply`] that the city meant, or one [`Error`](crate::Error) that
//! says whether trying again can help. No redirect is followed and no proxy is taken from the
//! environment: what the city did not say itself counts as nonsense, and nothing is changed by it.

mod classify;
mod client;
mod clients;
mod clock;
mod gate;
mod proof;
mod step_up;
mod stream;
#[cfg(test)]
pub(crate) mod test_server;

pub(crate) use classify::classify;
pub(crate) use client::{Http, Reply};
pub use clients::TrustedRoots;
pub(crate) use gate::Gate;
pub(crate) use proof::{BoundKey, Credentials};
pub use step_up::StepUp;
pub(crate) use stream::EventStream;
