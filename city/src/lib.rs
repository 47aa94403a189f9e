//! The reference city: what the phone talks to.

pub mod cases;
pub mod credentials;
