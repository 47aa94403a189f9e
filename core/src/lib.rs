//! The offline-capable core of the citizen app: everything but the screens.
//!
//! A shell opens a [`CitizenApp`], unlocks a person, and calls the domains that hang on their [`Compartment`]. What a
//! citizen writes is on disk when the call returns; what has to reach the city waits in the outbox and goes by itself.
//!
//! # Layout
//!
//! One folder a domain, one file an operation.
//!
//! | Module | What it is |
//! | --- | --- |
//! | [`app`], [`people`], [`vault`] | the app, whose data it is, and what opens them |
//! | [`session`] | signing in and staying signed in |
//! | [`catalogue`], [`form`], [`draft`], [`attachment`] | what the city offers, and what a person writes and photographs |
//! | [`submission`], [`outbox`], `upload` | freezing, signing, queueing and sending it |
//! | [`grievance`] | saying what could not be done in one trip |
//! | [`sync`], [`case`], [`insurance`], [`delivery`], [`credential`], [`register_log`] | what the city answers |
//! | [`error`] | why something was not done, in words for a person |
//! | `store`, `mirror`, `http`, `jws` | the ground all of it stands on |
//!
//! `ARCHITECTURE.md` says of each what it promises when the network is off and when the process dies.

#[macro_use]
mod hidden;
#[macro_use]
mod ids;

pub mod app;
pub mod attachment;
pub mod case;
pub mod catalogue;
pub mod consent;
pub mod counter;
pub mod credential;
pub mod delivery;
pub mod draft;
pub mod error;
mod export;
pub mod form;
pub mod grievance;
pub mod home;
mod http;
mod instruction;
pub mod insurance;
mod jws;
pub mod mandate;
mod mirror;
pub mod offer;
pub mod outbox;
pub mod people;
pub mod register_log;
pub mod session;
mod store;
pub mod submission;
pub mod sync;
#[cfg(test)]
mod testing;
mod upload;
pub mod vault;
mod words;

/// What the shells run with: memory that is given back is wiped.
#[cfg(test)]
#[global_allocator]
static ALLOCATOR: zeroizing_alloc::ZeroAlloc<std::alloc::System> =
    zeroizing_alloc::ZeroAlloc(std::alloc::System);

pub use app::{CitizenApp, Config, DataKey, Platform};
pub use error::{Error, ErrorKind};
pub use http::TrustedRoots;
pub use people::{Compartment, LeftBehind, PersonId, PersonState, PersonSummary};
pub use vault::{DeviceKeys, KeyVault, Pin, SoftwareVault};
