//! Servers before every clause of the protocols that the phone speaks with them.
//!
//! A clause is tried at the reference city and at a server by others alike, so that the cases are tried too: one that
//! no server passes, or that a server passes which breaks the clause, is a wrong case. What the other server does not
//! keep stands in [`tus::tusd_lacks`] with the reason, and is expected to fail.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod city;
mod hostile;
mod patience;
#[path = "../../city/tests/shared/proof.rs"]
mod proof;
mod server;
mod tus;
mod tusd;
mod wire;
