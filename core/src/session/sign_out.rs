//! Signing out.

use citizen_api::identity::CLIENT_ID;
use url::Url;

use super::{Session, stored, tokens};
use crate::Error;

impl Session {
    /// Forgets the session on this device and tells the provider so. Everything the person has here stays; what
    /// waits is sent after signing in again. Without a network the device is signed out all the same, and the
    /// provider's side ends by itself.
    ///
    /// Gives the address at which the browser's own session with the provider is ended, where the provider has such a
    /// thing (OpenID Connect RP-Initiated Logout 1.0): whoever shares the browser would else be signed in again
    /// without a question.
    pub async fn sign_out(&self) -> Result<Option<Url>, Error> {
        let current = self.compartment.write(|tx, sealer| {
            let current = stored::load(tx, sealer)?;
            stored::remove(tx)?;
            Ok(current)
        })?;
        let Some(stored) = current.map(|current| current.stored) else { return Ok(None) };
        if let (Some(endpoint), Some(refresh)) = (&stored.revocation_endpoint, &stored.refresh)
            && tokens::revoke(self.compartment.http(), endpoint, refresh).await.is_err()
        {
            tracing::debug!("the provider was not told of the sign-out");
        }
        Ok(stored.end_session_endpoint.map(|mut address| {
            address.query_pairs_mut().append_pair("client_id", CLIENT_ID);
            address
        }))
    }
}
