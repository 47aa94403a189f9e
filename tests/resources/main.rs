//! A resource server that holds: what the city answers to proofs that are not right, and to everybody but the one who
//! may, on every route that its own description names.
//!
//! Real processes and real requests. The tables are printed, and are kept in `docs/security.md`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod matrix;
mod passes;
#[path = "../../city/tests/shared/proof.rs"]
mod proof;
mod proofs;
mod registrations;
mod token_proofs;
mod town;
