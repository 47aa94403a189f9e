//! What a person has agreed to: purposes, each in a version, with the day it was given and taken back.
//!
//! Nothing leaves the device before somebody has agreed to talking with the city at all: every request passes a gate that
//! is shut until then, and again once nobody here agrees any more. What is agreed to stands on this device only. Needs no
//! network; a record that returned is on disk.

mod give;
mod purpose;
mod records;

pub use give::ConsentState;
pub use purpose::{Purpose, PurposeView};
pub(crate) use records::{adopt, forget, is_anybodys, is_given};

#[cfg(test)]
mod tests;
