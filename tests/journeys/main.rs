//! Whole-product journeys over real processes. Each believes the city's ledger and the disk.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

mod bad_input;
mod canaries;
mod catalogue;
mod debug;
mod family;
mod grievance;
mod kills;
mod locked;
mod main_job;
mod new_form;
mod proof_free;
mod session;
mod sweep;
mod town;
