//! The one object that a shell opens, and what all people on a phone share.

mod background;
mod citizen_app;
mod device;
mod login;
mod pin;
mod public;
mod remember;

pub use background::{Background, Follower};
pub use citizen_app::CitizenApp;
pub(crate) use device::Device;
pub use device::{Config, Platform};
pub use remember::DataKey;

#[cfg(test)]
mod states_tests;
