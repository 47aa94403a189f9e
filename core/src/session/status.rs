//! Whether the person is signed in.

use jiff::Timestamp;
use serde::Serialize;

use super::{Session, StepUp, stored};
use crate::Error;

/// How a person stands with the city.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum SessionStatus {
    /// Requests go out in the person's name.
    SignedIn {
        /// Until when the access token holds, by this device's clock; it is renewed without the person.
        until: Timestamp,
    },
    /// The session has ended: what is filed now will be sent after signing in again.
    Expired,
    /// The person signed out.
    SignedOut,
}

impl Session {
    /// How the person stands with the city, as far as this device knows. Needs no network.
    pub fn status(&self) -> Result<SessionStatus, Error> {
        let current = self.compartment.read(stored::load)?;
        Ok(match current {
            None => SessionStatus::SignedOut,
            Some(current) if current.stored.ended => SessionStatus::Expired,
            Some(current) => SessionStatus::SignedIn { until: current.stored.access_until },
        })
    }

    /// What the city asked of the next sign-in.
    pub(crate) fn wanted(&self) -> Result<StepUp, Error> {
        let current = self.compartment.read(stored::load)?;
        Ok(current.and_then(|current| current.stored.step_up).unwrap_or_default())
    }
}
