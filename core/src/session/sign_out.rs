//! Signing out.

use super::{Session, stored, tokens};
use crate::Error;

impl Session {
    /// Forgets the session on this device and tells the provider so. Everything the person has here stays; what
    /// waits is sent after signing in again. Without a network the device is signed out all the same, and the
    /// provider's side ends by itself.
    pub async fn sign_out(&self) -> Result<(), Error> {
        let current = self.compartment.write(|tx, sealer| {
            let current = stored::load(tx, sealer)?;
            stored::remove(tx)?;
            Ok(current)
        })?;
        let Some(stored) = current.map(|current| current.stored) else { return Ok(()) };
        if let (Some(endpoint), Some(refresh)) = (&stored.revocation_endpoint, &stored.refresh)
            && tokens::revoke(self.compartment.http(), endpoint, refresh).await.is_err()
        {
            tracing::debug!("the provider was not told of the sign-out");
        }
        Ok(())
    }
}
