//! The city over a real socket, byte by byte.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod catalogue;
mod changes;
#[path = "../shared/proof.rs"]
mod proof;
mod support;
mod uploads_create;
mod uploads_cut;
mod uploads_finish;
mod uploads_hostile;
