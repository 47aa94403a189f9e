//! The cards on this phone, opened without a network.

use citizen_api::CredentialId;
use citizen_api::credential::CredentialOffer;

use super::Credentials;
use super::card::{CardSummary, CardView, stored, view};
use crate::Error;
use crate::catalogue;
use crate::mirror::{self, Kind};

impl Credentials {
    /// Every card of the person, newest first.
    pub fn list(&self) -> Result<Vec<CardSummary>, Error> {
        self.compartment.read(|tx, sealer| {
            let offers = mirror::all::<CredentialOffer>(tx, sealer, Kind::CredentialOffer)?;
            let summary = |offer: CredentialOffer| {
                Ok(CardSummary {
                    credential_id: offer.credential_id,
                    title: offer.title.clone(),
                    ready: stored(tx, sealer, offer.credential_id)?.is_some(),
                    offer,
                })
            };
            offers.into_iter().map(|kept| summary(kept.document)).collect()
        })
    }

    /// One card. It must have been fetched.
    pub fn show(&self, credential_id: CredentialId) -> Result<CardView, Error> {
        let name = credential_id.to_string();
        let keys = self.compartment.device().database.read(catalogue::city_keys)?;
        self.compartment.read(|tx, sealer| {
            let offer: CredentialOffer =
                mirror::get(tx, sealer, Kind::CredentialOffer, &name)?.ok_or(Error::UnknownCard)?.document;
            let card = stored(tx, sealer, credential_id)?.ok_or(Error::UnknownCard)?;
            let delivery = match offer.delivery_id {
                Some(delivery_id) => mirror::get(tx, sealer, Kind::Delivery, &delivery_id.to_string())?,
                None => None,
            };
            Ok(view(offer, card.claims(&keys)?, delivery.map(|kept| kept.document))?)
        })
    }
}
