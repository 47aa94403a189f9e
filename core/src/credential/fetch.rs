//! Fetching the cards that the city has made: each is bound to the key of this phone.

use citizen_api::CredentialId;
use citizen_api::credential::{CredentialOffer, IssueProof, IssueRequest, IssuedCredential};
use citizen_api::jose::typ;
use jiff::Timestamp;
use reqwest::Method;

use super::card::{StoredCard, stored};
use super::{CardError, Credentials, sd_jwt};
use crate::Error;
use crate::catalogue;
use crate::jws;
use crate::mirror::{self, Kind};

impl Credentials {
    /// Fetches every card that holds and is not on this phone yet, and gives how many were. Can be repeated at any
    /// time: the city issues an equivalent card to the same key.
    pub(crate) async fn fetch_missing(&self) -> Result<usize, Error> {
        let missing = self.compartment.read(|tx, sealer| {
            let mut missing = Vec::new();
            for kept in mirror::all::<CredentialOffer>(tx, sealer, Kind::CredentialOffer)? {
                let offer = kept.document;
                if offer.valid && stored(tx, sealer, offer.credential_id)?.is_none() {
                    missing.push(offer.credential_id);
                }
            }
            Ok(missing)
        })?;
        for credential_id in &missing {
            self.fetch(*credential_id).await?;
        }
        Ok(missing.len())
    }

    async fn fetch(&self, credential_id: CredentialId) -> Result<(), Error> {
        let anchors = self.compartment.device().database.read(catalogue::anchors)?;
        let issuer = anchors.issuers.first().ok_or(Error::Card(CardError::UnknownIssuer))?;
        let claims =
            IssueProof { aud: issuer.issuer.clone(), credential_id, iat: Timestamp::now().as_second() };
        let device_id = self.compartment.device_id()?;
        let proof = jws::sign(typ::ISSUE_PROOF, Some(device_id.as_str()), &claims, |bytes| {
            self.compartment.sign(bytes)
        })?;
        let url = self.compartment.city(&format!("v1/credentials/{credential_id}/issue"))?;
        let request = IssueRequest { proof };
        let reply = self
            .compartment
            .session()
            .authorized(|http| Ok(http.request(Method::POST, url.clone())?.json(&request)))
            .await?;
        let IssuedCredential { credential } = reply.json()?;
        match self.check_bound_to_this_phone(&credential, issuer) {
            // The city may have begun to sign with another key since its keys were fetched.
            Err(Error::Card(CardError::UnknownIssuer)) => {
                catalogue::pull_anchors(self.compartment.device()).await?;
                let anchors = self.compartment.device().database.read(catalogue::anchors)?;
                let issuer = anchors.issuers.first().ok_or(Error::Card(CardError::UnknownIssuer))?;
                self.check_bound_to_this_phone(&credential, issuer)?;
            }
            checked => checked?,
        }
        let card = StoredCard { credential };
        self.compartment
            .write(|tx, sealer| mirror::put(tx, sealer, Kind::Card, &credential_id.to_string(), &card))
    }

    /// A card that another key would have to show is of no use here, and one of another issuer is not the city's.
    fn check_bound_to_this_phone(
        &self,
        credential: &str,
        issuer: &citizen_api::credential::IssuerMetadata,
    ) -> Result<(), Error> {
        let card = sd_jwt::parse(credential)?;
        let claims = card.verify_issuer(&issuer.jwks)?;
        card.disclosed(&claims)?;
        let (ours, bound) = (self.compartment.public_key()?, claims.cnf.jwk);
        if (ours.x, ours.y) == (bound.x, bound.y) { Ok(()) } else { Err(CardError::NotShownByHolder.into()) }
    }
}
