//! A vault in files, for the terminal and for tests. It is software: whoever can read the folder can read it.

use std::fs;
use std::path::PathBuf;

use citizen_api::jose::Jwk;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use zeroize::Zeroizing;

use super::{DeviceKeys, KeyVault, VaultError};
use crate::people::PersonId;
use crate::store::{create_folder, replace_file};

/// Files of mode 0600 in one folder.
#[derive(Debug, Clone)]
pub struct SoftwareVault {
    folder: PathBuf,
}

impl SoftwareVault {
    /// The vault in a folder, which is made where there is none.
    pub fn open(folder: PathBuf) -> Result<Self, VaultError> {
        create_folder(&folder).map_err(|_| VaultError::Unavailable)?;
        Ok(Self { folder })
    }

    fn key(&self, person_id: PersonId) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        let name = key_name(person_id);
        if let Some(key) = self.load(&name)? {
            return Ok(key);
        }
        let made = new_key()?;
        self.store(&name, &made)?;
        Ok(made)
    }
}

/// A P-256 key (PKCS#8) that nobody had before.
pub(super) fn new_key() -> Result<Zeroizing<Vec<u8>>, VaultError> {
    EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new())
        .map(|made| Zeroizing::new(made.as_ref().to_vec()))
        .map_err(|_| VaultError::Unavailable)
}

fn pair(key: &[u8]) -> Result<EcdsaKeyPair, VaultError> {
    EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, key, &SystemRandom::new())
        .map_err(|_| VaultError::Unavailable)
}

/// The public half of a key.
pub(super) fn jwk(key: &[u8]) -> Result<Jwk, VaultError> {
    Jwk::from_point(pair(key)?.public_key().as_ref()).map_err(|_| VaultError::Unavailable)
}

/// Signs with a key.
pub(super) fn sign(key: &[u8], bytes: &[u8]) -> Result<Vec<u8>, VaultError> {
    let signature = pair(key)?.sign(&SystemRandom::new(), bytes).map_err(|_| VaultError::Unavailable)?;
    Ok(signature.as_ref().to_vec())
}

fn key_name(person_id: PersonId) -> String {
    format!("device-key-{person_id}")
}

impl KeyVault for SoftwareVault {
    fn load(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, VaultError> {
        match fs::read(self.folder.join(name)) {
            Ok(secret) => Ok(Some(Zeroizing::new(secret))),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(_) => Err(VaultError::Unavailable),
        }
    }

    fn store(&self, name: &str, secret: &[u8]) -> Result<(), VaultError> {
        replace_file(&self.folder.join(name), secret).map_err(|_| VaultError::Unavailable)
    }

    fn erase(&self, name: &str) -> Result<(), VaultError> {
        match fs::remove_file(self.folder.join(name)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(VaultError::Unavailable),
            _ => Ok(()),
        }
    }
}

impl DeviceKeys for SoftwareVault {
    fn public(&self, person_id: PersonId) -> Result<Jwk, VaultError> {
        jwk(&self.key(person_id)?)
    }

    fn sign(&self, person_id: PersonId, bytes: &[u8]) -> Result<Vec<u8>, VaultError> {
        sign(&self.key(person_id)?, bytes)
    }

    fn erase(&self, person_id: PersonId) -> Result<(), VaultError> {
        KeyVault::erase(self, &key_name(person_id))
    }
}
