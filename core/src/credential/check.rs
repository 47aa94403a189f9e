//! Checking someone else's card on this phone.

use jiff::Timestamp;

use super::{VerifiedCard, verify};
use crate::app::CitizenApp;
use crate::{Error, catalogue};

impl CitizenApp {
    /// Checks the text of a card's code against what was pulled before. Needs no network and no login.
    pub fn verify_card(&self, text: &str) -> Result<VerifiedCard, Error> {
        let anchors = self.device().database.read(catalogue::anchors)?;
        Ok(verify(text, &anchors, Timestamp::now())?)
    }
}
