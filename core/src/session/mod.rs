//! Signing in and staying signed in: OpenID Connect for native apps (RFC 8252), against any provider that
//! describes itself by discovery.
//!
//! A session is not a person. It ends, is refused or is lost without touching what the person has on this
//! phone: then [`SessionStatus::Expired`] means "will be sent after you sign in", and everything else goes on.
//! No part of a login is stored before the whole of it has been checked.

mod authorized;
mod begin;
mod enroll;
mod fault;
mod id_token;
mod keys;
mod on_behalf;
mod provider;
mod push;
mod redeem;
mod redirected;
mod sign_out;
mod status;
mod stored;
mod tokens;

pub use begin::LoginAttempt;
pub(crate) use begin::{Wish, begin};
pub(crate) use enroll::ask_who;
pub use fault::SignInFault;
use redeem::Tokens;
pub(crate) use redeem::{SignedIn, redeem};
pub use status::SessionStatus;

use citizen_api::MandateId;

pub use crate::http::StepUp;
use crate::people::Compartment;

/// The session of an unlocked person.
#[derive(Clone)]
pub struct Session {
    compartment: Compartment,
    /// Whom it is used for, where that is somebody else.
    represented: Option<Compartment>,
    /// Under which mandate, where it is a certain one.
    mandate: Option<MandateId>,
}

impl Session {
    /// The session of that person.
    /// Who is acted for has none of their own: it is the helper's.
    pub(crate) fn new(compartment: Compartment) -> Self {
        match compartment.helper().cloned() {
            None => Self { compartment, represented: None, mandate: None },
            Some(helper) => Self { compartment: helper, represented: Some(compartment), mandate: None },
        }
    }
}

#[cfg(test)]
pub(crate) use provider::tests::document as tests_document;
#[cfg(test)]
mod tests;
