//! Agreeing, and taking it back.

use jiff::Timestamp;

use super::{Purpose, PurposeView, records};
use crate::people::{Compartment, PersonId};
use crate::{CitizenApp, Error};

/// A purpose, and how it stands with somebody's consent to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsentState {
    /// What is said of the purpose now.
    pub purpose: PurposeView,
    /// Whether that is agreed to.
    pub given: bool,
    /// When it was agreed to last, in whatever version.
    pub given_at: Option<Timestamp>,
    /// Which version that was.
    pub given_version: Option<u32>,
    /// When that was taken back.
    pub withdrawn_at: Option<Timestamp>,
}

/// Consents are given by a person, or, before anyone is known, by whoever holds the phone (none): with the sign-in they
/// become that person's.
impl CitizenApp {
    /// Every purpose, with how it stands.
    pub fn consents(&self, person: Option<PersonId>) -> Result<Vec<ConsentState>, Error> {
        self.device().database.read(|tx| {
            let state = |purpose: Purpose| {
                let last = records::last(tx, person, purpose)?;
                Ok(ConsentState {
                    purpose: purpose.view(),
                    given: records::is_given(tx, person, purpose)?,
                    given_at: last.as_ref().map(|record| record.given_at),
                    given_version: last.as_ref().map(|record| record.version),
                    withdrawn_at: last.and_then(|record| record.withdrawn_at),
                })
            };
            Purpose::ALL.into_iter().map(state).collect()
        })
    }

    /// Agrees to a purpose as it is worded now.
    pub fn give_consent(&self, person: Option<PersonId>, purpose: Purpose) -> Result<(), Error> {
        let device = self.device();
        device.database.write(|tx| records::give(tx, person, purpose))?;
        self.set_gate()
    }

    /// Takes it back: from now on nothing is sent for it. What was written stays, and waits.
    pub fn withdraw_consent(&self, person: Option<PersonId>, purpose: Purpose) -> Result<(), Error> {
        let device = self.device();
        device.database.write(|tx| records::withdraw(tx, person, purpose))?;
        if let (Some(person_id), Purpose::City) = (person, purpose) {
            self.end_uploads(person_id);
        }
        self.set_gate()
    }

    /// The gate stands open for as long as anybody here agrees.
    pub(crate) fn set_gate(&self) -> Result<(), Error> {
        let device = self.device();
        device.gate.set(device.database.read(records::is_anybodys)?);
        Ok(())
    }
}

impl Compartment {
    /// Whether the person agrees to a purpose.
    pub(crate) fn agrees_to(&self, purpose: Purpose) -> Result<bool, Error> {
        let person_id = Some(self.person_id());
        self.device().database.read(|tx| records::is_given(tx, person_id, purpose))
    }

    /// Refuses to send anything in the name of a person who does not agree to it.
    pub(crate) fn may_send(&self) -> Result<(), Error> {
        if self.agrees_to(Purpose::City)? { Ok(()) } else { Err(Error::ConsentNeeded) }
    }
}
