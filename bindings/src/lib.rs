//! The core for Kotlin and Swift: one-field newtypes and one-line methods, and no logic.
//!
//! Everything that a shell sees is here, under the names that the core gives it; the core itself knows nothing of
//! UniFFI. Plain data is mirrored (`#[uniffi::remote]`), so that a field that is added to the core and forgotten here
//! does not compile. Lists come in pages. Nothing that a shell awaits owns the sending: a [`Background`] runs on the
//! core's own runtime, until it is stopped.
//!
//! With the network off and when the process dies, each call keeps what the core promises of it.

mod app;
mod background;
mod cards;
mod cases;
mod counters;
mod drafts;
mod error;
mod grievances;
mod mandates;
mod offers;
mod outbox;
mod page;
mod parcels;
mod person;
mod platform;
mod qr;
mod register_log;
mod services;
mod types;

pub use app::{CitizenApp, LoginAttempt, words_of_amount};
pub use background::{Background, Follower};
pub use cards::Cards;
pub use cases::Cases;
pub use counters::Counters;
pub use drafts::{AttachCancel, Drafts};
pub use error::CitizenError;
pub use grievances::Grievances;
pub use mandates::Mandates;
pub use offers::Offers;
pub use outbox::Outbox;
pub use parcels::Parcels;
pub use person::Person;
pub use platform::{DeviceKeys, KeyVault, PlatformError, SoftwareVault, TrustedRoots};
pub use qr::{Code, code_of};
pub use register_log::RegisterLog;
pub use services::Services;

uniffi::setup_scaffolding!();

/// Memory that is given back is wiped, so that what a person locked is not left in it.
#[global_allocator]
static ALLOCATOR: zeroizing_alloc::ZeroAlloc<std::alloc::System> =
    zeroizing_alloc::ZeroAlloc(std::alloc::System);
