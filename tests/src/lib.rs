//! What whole-product tests stand on: real processes, a network that can be broken, and the journey they walk.
//!
//! | Module | What it is |
//! | --- | --- |
//! | [`binaries`] | builds and finds `city` and `citizen` |
//! | [`proxy`] | a network between them that can be cut at a byte |
//! | [`city_process`] | a running city and its officers |
//! | [`desk`] | a city, and a phone on which somebody has signed in |
//! | [`filling`] | filling in any form |
//! | [`phone`] | an installation of `citizen` and what it answers |
//! | [`journey`] | the main job from login to the senior card, step by step |
//! | [`security`] | the tables of cases in `docs/security.md` |
//! | [`table`] | the closing table |
//!
//! A test believes the city's ledger or the disk, never the phone's word alone.

#![allow(
    clippy::indexing_slicing,
    reason = "JSON values are read by index here, which gives null where nothing is; only tests stand on this crate"
)]

pub mod binaries;
pub mod city_process;
pub mod desk;
pub mod failure;
pub mod filling;
pub mod journey;
pub mod phone;
pub mod proxy;
pub mod security;
pub mod table;

pub use failure::{Failure, Outcome};
