//! Giving a mandate, and learning of all.

use citizen_api::TransactionId;
use citizen_api::mandate::{Mandate, MandateList, MandateOffer};
use citizen_api::submission::IDEMPOTENCY_KEY;
use reqwest::Method;

use super::list::{store, view};
use super::{MandateView, Mandates};
use crate::Error;

impl Mandates {
    /// Gives somebody a mandate. It holds once they have accepted it. Where the answer is lost, look at the list before
    /// giving another.
    pub async fn give(&self, offer: &MandateOffer) -> Result<MandateView, Error> {
        let (url, key) = (self.compartment.city("v1/mandates")?, TransactionId::generate().to_string());
        let session = self.compartment.session();
        let reply = session.authorized(|http| {
            Ok(http.request(Method::POST, url.clone())?.header(IDEMPOTENCY_KEY, &key).json(offer))
        });
        let mandate: Mandate = reply.await?.json()?;
        self.keep(mandate)
    }

    /// Asks the city for every mandate of the person.
    pub async fn refresh(&self) -> Result<Vec<MandateView>, Error> {
        let MandateList { mandates } = self.compartment.session().get_json("v1/mandates").await?;
        self.compartment.write(|tx, sealer| {
            mandates.iter().try_for_each(|mandate| store(tx, sealer, mandate).map(|_| ()))
        })?;
        self.list()
    }

    pub(super) fn keep(&self, mandate: Mandate) -> Result<MandateView, Error> {
        self.compartment.write(|tx, sealer| store(tx, sealer, &mandate))?;
        Ok(view(mandate, &self.compartment.subject()?))
    }
}
