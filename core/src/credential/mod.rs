//! Cards issued to a citizen (证照): SD-JWT VC bound to this phone's key.
//!
//! A card opens, is shown and is checked without a network. What it is shown by is a short-lived code: the
//! holder's phone signs each one anew, so that a photograph of it is worth nothing a minute later. Cards were not
//! written by the person: one that is lost with a phone is fetched again by the next.

mod base45;
mod card;
mod check;
mod deflate;
mod error;
mod fetch;
mod present;
mod qr;
mod sd_jwt;
mod show;
mod verify;

pub use card::{CardSummary, CardView};
pub use error::CardError;
pub use verify::{TrustAnchors, VerifiedCard, verify};

use crate::people::Compartment;

/// Whom a code shown on a screen is shown to: whoever stands in front of it.
const FACE_TO_FACE: &str = "face-to-face";

/// The cards of an unlocked person.
#[derive(Clone)]
pub struct Credentials {
    compartment: Compartment,
}

impl Compartment {
    /// The person's cards.
    pub fn credentials(&self) -> Credentials {
        Credentials { compartment: self.clone() }
    }
}

#[cfg(test)]
mod tests;
