//! Checking someone else's card on this phone.

use jiff::Timestamp;

use super::{CardError, VerifiedCard, verify};
use crate::app::CitizenApp;
use crate::{Error, catalogue};

impl CitizenApp {
    /// Checks the text of a card's code against what was pulled before. Needs no network and no login. A card that
    /// cannot be judged for want of a key or a list makes the next pull of the catalogue fetch them.
    pub fn verify_card(&self, text: &str) -> Result<VerifiedCard, Error> {
        let database = &self.device().database;
        let anchors = database.read(catalogue::anchors)?;
        let verified = verify(text, &anchors, Timestamp::now());
        if let Err(CardError::UnknownIssuer | CardError::StatusUnknown) = verified
            && database.write(catalogue::doubt_anchors).is_err()
        {
            // What is said of the card is the same; the anchors come with the pull of the next day.
            tracing::debug!("it could not be noted that the anchors are in doubt");
        }
        Ok(verified?)
    }
}
