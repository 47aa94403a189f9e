//! Cards issued to a citizen (证照): SD-JWT VC bound to this phone's key.
//!
//! A card opens, is shown and is checked without a network. What it is shown by is a short-lived code: the
//! holder's phone signs each one anew, so that a photograph of it is worth nothing a minute later.

mod base45;
mod deflate;
mod error;
mod qr;
mod sd_jwt;
mod verify;

pub use error::CardError;
pub use verify::{TrustAnchors, VerifiedCard, verify};

/// Whom a code shown on a screen is shown to: whoever stands in front of it.
const FACE_TO_FACE: &str = "face-to-face";

#[cfg(test)]
mod tests;
