//! What the platform's hardware does for the core: keep secrets, and sign with a key that never leaves it.
//!
//! Android's Keystore and Apple's Keychain and Secure Enclave implement these traits in the shells. The software
//! versions here are for the terminal and for tests, and say that they are software. A secret in the vault opens
//! nothing by itself: a person's data key needs it *and* the PIN.

mod attempts;
mod pin;
mod software;
mod wrap;

use citizen_api::jose::Jwk;
use zeroize::Zeroizing;

pub use pin::Pin;
pub use software::SoftwareVault;
pub(crate) use wrap::{erase_key, make_key, open_key, random};

use crate::people::PersonId;

/// The platform's vault did not do it. What it says of itself is not passed on: it may hold traces of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the vault did not answer")]
pub struct VaultError;

impl From<VaultError> for crate::Error {
    fn from(_: VaultError) -> Self {
        Self::VaultUnavailable
    }
}

/// Keeps small secrets that only this app on this device can read.
pub trait KeyVault: Send + Sync {
    /// The secret of that name; none where there is none.
    fn load(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, VaultError>;

    /// Keeps a secret. It is durable when this returns.
    fn store(&self, name: &str, secret: &[u8]) -> Result<(), VaultError>;

    /// Forgets a secret. Forgetting one that is not there is no error.
    fn erase(&self, name: &str) -> Result<(), VaultError>;
}

/// Signs with a P-256 key for each person; the key never leaves the platform.
pub trait DeviceKeys: Send + Sync {
    /// The person's public key; the key is made where there is none.
    fn public(&self, person_id: PersonId) -> Result<Jwk, VaultError>;

    /// Signs with ES256: `r` and `s` in 64 bytes.
    fn sign(&self, person_id: PersonId, bytes: &[u8]) -> Result<Vec<u8>, VaultError>;

    /// Destroys the person's key.
    fn erase(&self, person_id: PersonId) -> Result<(), VaultError>;
}
