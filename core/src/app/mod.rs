//! The one object that a shell opens, and what all people on a phone share.

mod after_lock;
mod background;
mod citizen_app;
mod device;
mod erase;
mod idle;
mod lock;
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
#[cfg(target_os = "linux")]
mod killed_tests;
#[cfg(test)]
mod lock_tests;
#[cfg(test)]
mod memory_tests;
#[cfg(test)]
mod states_tests;
