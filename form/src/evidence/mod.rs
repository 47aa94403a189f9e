//! Evidence: by which route each requirement is met for a person, and what that leaves for them to do.

mod outlook;
mod resolve;
#[cfg(test)]
mod testing;

pub use outlook::{EvidenceSummary, Outlook, outlook, summarise};
pub use resolve::{Registers, Resolution, resolve};
