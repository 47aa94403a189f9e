//! What a person sees first: what needs them, what is happening, what they have. Read at once, since each reading of its
//! own would be another crossing for a shell.
//!
//! All of it is on this device: the network being off changes nothing but its age, and nothing is stored.

mod show;
#[cfg(test)]
mod tests;

pub use show::{Balance, HomeView};
