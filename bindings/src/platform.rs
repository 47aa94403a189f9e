//! What the platform's hardware does, as a shell provides it.

use std::path::PathBuf;
use std::sync::Arc;

use citizen_api::jose::Jwk;
use citizen_core::PersonId;
use citizen_core::vault::{self, VaultError};
use zeroize::Zeroizing;

/// The platform did not do it. What it says of itself is not passed on: it may hold traces of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum PlatformError {
    /// The vault or the key did not answer.
    #[error("the platform did not answer")]
    Unavailable,
    /// The device was started and not unlocked since: until then its hardware opens nothing.
    #[error("the device was not unlocked since it was started")]
    NotYetUnlocked,
    /// The hardware has made the key void, as after another finger was enrolled.
    #[error("the key was made void")]
    Invalidated,
}

impl From<uniffi::UnexpectedUniFFICallbackError> for PlatformError {
    fn from(_: uniffi::UnexpectedUniFFICallbackError) -> Self {
        // Its text holds the shell's stack trace.
        Self::Unavailable
    }
}

impl From<PlatformError> for VaultError {
    fn from(error: PlatformError) -> Self {
        match error {
            PlatformError::Unavailable => Self::Unavailable,
            PlatformError::NotYetUnlocked => Self::NotYetUnlocked,
            PlatformError::Invalidated => Self::Invalidated,
        }
    }
}

impl From<VaultError> for PlatformError {
    fn from(error: VaultError) -> Self {
        match error {
            VaultError::Unavailable => Self::Unavailable,
            VaultError::NotYetUnlocked => Self::NotYetUnlocked,
            VaultError::Invalidated => Self::Invalidated,
        }
    }
}

/// Keeps small secrets that only this app on this device can read.
#[uniffi::export(rust, foreign)]
pub trait KeyVault: Send + Sync {
    /// The secret of that name; none where there is none.
    fn load(&self, name: String) -> Result<Option<Vec<u8>>, PlatformError>;
    /// Keeps a secret. It is durable when this returns.
    fn store(&self, name: String, secret: Vec<u8>) -> Result<(), PlatformError>;
    /// Forgets a secret. Forgetting one that is not there is no error.
    fn erase(&self, name: String) -> Result<(), PlatformError>;
}

/// Signs with a P-256 key for each person; the key never leaves the platform.
#[uniffi::export(rust, foreign)]
pub trait DeviceKeys: Send + Sync {
    /// The person's public key as an uncompressed point of 65 bytes; the key is made where there is none.
    fn public_point(&self, person_id: PersonId) -> Result<Vec<u8>, PlatformError>;
    /// Signs with ES256: `r` and `s` in 64 bytes.
    fn sign(&self, person_id: PersonId, bytes: Vec<u8>) -> Result<Vec<u8>, PlatformError>;
    /// Destroys the person's key.
    fn erase_key(&self, person_id: PersonId) -> Result<(), PlatformError>;
}

/// Names the certificates that the platform trusts to speak for servers.
#[uniffi::export(rust, foreign)]
pub trait TrustedRoots: Send + Sync {
    /// Each in DER. It is called with the first request, on any thread.
    fn certificates(&self) -> Vec<Vec<u8>>;
}

/// The shell's roots, as the core knows them.
pub(crate) struct ShellRoots(pub(crate) Arc<dyn TrustedRoots>);

impl citizen_core::TrustedRoots for ShellRoots {
    fn certificates(&self) -> Vec<Vec<u8>> {
        self.0.certificates()
    }
}

/// The shell's vault, as the core knows one.
pub(crate) struct ShellVault(pub(crate) Arc<dyn KeyVault>);

impl vault::KeyVault for ShellVault {
    fn load(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, VaultError> {
        Ok(self.0.load(name.to_owned())?.map(Zeroizing::new))
    }

    fn store(&self, name: &str, secret: &[u8]) -> Result<(), VaultError> {
        Ok(self.0.store(name.to_owned(), secret.to_vec())?)
    }

    fn erase(&self, name: &str) -> Result<(), VaultError> {
        Ok(self.0.erase(name.to_owned())?)
    }
}

/// The shell's keys, as the core knows them.
pub(crate) struct ShellKeys(pub(crate) Arc<dyn DeviceKeys>);

impl vault::DeviceKeys for ShellKeys {
    fn public(&self, person_id: PersonId) -> Result<Jwk, VaultError> {
        Jwk::from_point(&self.0.public_point(person_id)?).map_err(|_| VaultError::Unavailable)
    }

    fn sign(&self, person_id: PersonId, bytes: &[u8]) -> Result<Vec<u8>, VaultError> {
        Ok(self.0.sign(person_id, bytes.to_vec())?)
    }

    fn erase(&self, person_id: PersonId) -> Result<(), VaultError> {
        Ok(self.0.erase_key(person_id)?)
    }
}

/// A vault in files: for tests and emulators, where there is no hardware. It says that it is software.
#[derive(uniffi::Object)]
pub struct SoftwareVault(vault::SoftwareVault);

#[uniffi::export]
impl SoftwareVault {
    /// The vault in a folder, which is made where there is none.
    #[uniffi::constructor]
    pub fn open(folder: String) -> Result<Self, PlatformError> {
        Ok(Self(vault::SoftwareVault::open(PathBuf::from(folder))?))
    }
}

#[uniffi::export]
impl KeyVault for SoftwareVault {
    fn load(&self, name: String) -> Result<Option<Vec<u8>>, PlatformError> {
        Ok(vault::KeyVault::load(&self.0, &name)?.map(|secret| secret.to_vec()))
    }

    fn store(&self, name: String, secret: Vec<u8>) -> Result<(), PlatformError> {
        Ok(vault::KeyVault::store(&self.0, &name, &secret)?)
    }

    fn erase(&self, name: String) -> Result<(), PlatformError> {
        Ok(vault::KeyVault::erase(&self.0, &name)?)
    }
}

#[uniffi::export]
impl DeviceKeys for SoftwareVault {
    fn public_point(&self, person_id: PersonId) -> Result<Vec<u8>, PlatformError> {
        let key = vault::DeviceKeys::public(&self.0, person_id)?;
        key.point().map_err(|_| PlatformError::Unavailable)
    }

    fn sign(&self, person_id: PersonId, bytes: Vec<u8>) -> Result<Vec<u8>, PlatformError> {
        Ok(vault::DeviceKeys::sign(&self.0, person_id, &bytes)?)
    }

    fn erase_key(&self, person_id: PersonId) -> Result<(), PlatformError> {
        Ok(vault::DeviceKeys::erase(&self.0, person_id)?)
    }
}
