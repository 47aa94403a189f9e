//! Accepting, declining and ending a mandate.

use citizen_api::MandateId;
use reqwest::Method;

use super::{MandateView, Mandates};
use crate::Error;

impl Mandates {
    /// Accepts a mandate: from now on the person may act under it. Who has not signed in for long is asked to do so first
    /// ([`Error::SignInAgain`]); the mandate waits meanwhile.
    pub async fn accept(&self, mandate_id: MandateId) -> Result<MandateView, Error> {
        self.settle(mandate_id, "accept").await
    }

    /// Says no to a mandate.
    pub async fn decline(&self, mandate_id: MandateId) -> Result<MandateView, Error> {
        self.settle(mandate_id, "decline").await
    }

    /// Ends a mandate, given or received, at once. What was written under it stays.
    pub async fn revoke(&self, mandate_id: MandateId) -> Result<MandateView, Error> {
        self.settle(mandate_id, "revoke").await
    }

    async fn settle(&self, mandate_id: MandateId, what: &str) -> Result<MandateView, Error> {
        let url = self.compartment.city(&format!("v1/mandates/{mandate_id}/{what}"))?;
        let session = self.compartment.session();
        let reply = session.authorized(|http| http.request(Method::POST, url.clone())).await?;
        self.keep(reply.json()?)
    }
}
