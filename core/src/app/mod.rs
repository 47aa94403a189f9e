//! The one object that a shell opens, and what all people on a phone share.

mod citizen_app;
mod device;
mod login;
mod public;

pub use citizen_app::CitizenApp;
pub(crate) use device::Device;
pub use device::{Config, Platform};
