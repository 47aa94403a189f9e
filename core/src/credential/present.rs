//! Showing a card to whoever stands in front of the screen.

use citizen_api::CredentialId;
use citizen_api::credential::disclosed;
use citizen_api::jose;
use jiff::Timestamp;

use super::card::stored;
use super::{Credentials, FACE_TO_FACE, qr, sd_jwt};
use crate::Error;

/// What a face-to-face check needs to know, and nothing else of the card.
const SHOWN: [&str; 3] = [disclosed::NAME, disclosed::BIRTH_DATE, disclosed::CARD_NUMBER];

impl Credentials {
    /// The text of a QR code that shows the card for a minute. Each call signs a new one. Needs no network.
    pub fn present(&self, credential_id: CredentialId) -> Result<String, Error> {
        let card = self.compartment.read(|tx, sealer| stored(tx, sealer, credential_id))?;
        let card = card.ok_or(Error::UnknownCard)?;
        let nonce = jose::encode(crate::vault::random::<8>()?.as_ref());
        let shown_to = (FACE_TO_FACE, nonce.as_str(), Timestamp::now().as_second());
        let presentation = sd_jwt::present(&sd_jwt::parse(&card.credential)?, &SHOWN, shown_to, |bytes| {
            self.compartment.sign(bytes)
        })?;
        qr::pack(&presentation).map_err(|_| Error::internal("a card does not fit into a code"))
    }
}
