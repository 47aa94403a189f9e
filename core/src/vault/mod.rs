//! What the platform's hardware does for the core: keep secrets, and sign with a key that never leaves it.
//!
//! Android's Keystore and Apple's Keychain and Secure Enclave implement these traits in the shells. The software
//! versions here are for the terminal and for tests, and say that they are software. A secret in the vault opens
//! nothing by itself: a person's data key needs it *and* the PIN.

mod attempts;
mod boot_clock;
mod cost;
mod one_key;
mod pin;
mod software;
mod wrap;

use citizen_api::jose::Jwk;
use zeroize::Zeroizing;

pub use boot_clock::{BootClock, SystemBootClock};
pub use cost::PinCost;
pub(crate) use cost::{Cost, LEAST, measure};
pub(crate) use one_key::OneKey;
pub use pin::Pin;
pub use software::SoftwareVault;
pub(crate) use wrap::{KeyState, Lock, change_pin, erase_key, look, make_key, open_key, random};

use crate::people::PersonId;

/// The platform's vault did not do it. What it says of itself is not passed on: it may hold traces of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// It did not answer.
    #[error("the vault did not answer")]
    Unavailable,
    /// The device was started and not unlocked since: until then its hardware opens nothing.
    #[error("the device was not unlocked since it was started")]
    NotYetUnlocked,
    /// The hardware has made the key void, as after another finger was enrolled.
    #[error("the key was made void")]
    Invalidated,
}

impl From<VaultError> for crate::Error {
    fn from(error: VaultError) -> Self {
        match error {
            VaultError::Unavailable => Self::VaultUnavailable,
            VaultError::NotYetUnlocked => Self::DeviceNotYetUnlocked,
            VaultError::Invalidated => Self::KeyInvalidated,
        }
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
