//! Signing in over a real socket, and what a person who is signed in sees.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod pages;
#[path = "../shared/proof.rs"]
mod proof;
mod pushed;
mod registers;
mod serve;
mod step_up;
mod tokens;
mod walk;
