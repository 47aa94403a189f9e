//! A key that is made for one thing, lives in memory only, and opens nothing else.

use citizen_api::jose::Jwk;
use zeroize::Zeroizing;

use super::software::{jwk, new_key, sign};
use super::{DeviceKeys, VaultError};
use crate::people::PersonId;

/// A P-256 key in memory. It is the same whoever's is asked for, and is wiped when it is dropped.
pub(crate) struct OneKey(Zeroizing<Vec<u8>>);

impl OneKey {
    /// A key that nobody had before.
    pub(crate) fn make() -> Result<Self, VaultError> {
        new_key().map(Self)
    }
}

impl DeviceKeys for OneKey {
    fn public(&self, _: PersonId) -> Result<Jwk, VaultError> {
        jwk(&self.0)
    }

    fn sign(&self, _: PersonId, bytes: &[u8]) -> Result<Vec<u8>, VaultError> {
        sign(&self.0, bytes)
    }

    fn erase(&self, _: PersonId) -> Result<(), VaultError> {
        Ok(())
    }
}
