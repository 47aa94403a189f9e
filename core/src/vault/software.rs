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

    fn key_pair(&self, person_id: PersonId) -> Result<EcdsaKeyPair, VaultError> {
        let name = key_name(person_id);
        let random = SystemRandom::new();
        let pkcs8 = match self.load(&name)? {
            Some(pkcs8) => pkcs8,
            None => {
                let made = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random)
                    .map_err(|_| VaultError::Unavailable)?;
                self.store(&name, made.as_ref())?;
                Zeroizing::new(made.as_ref().to_vec())
            }
        };
        EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &pkcs8, &random)
            .map_err(|_| VaultError::Unavailable)
    }
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
        Jwk::from_point(self.key_pair(person_id)?.public_key().as_ref()).map_err(|_| VaultError::Unavailable)
    }

    fn sign(&self, person_id: PersonId, bytes: &[u8]) -> Result<Vec<u8>, VaultError> {
        let signature = self
            .key_pair(person_id)?
            .sign(&SystemRandom::new(), bytes)
            .map_err(|_| VaultError::Unavailable)?;
        Ok(signature.as_ref().to_vec())
    }

    fn erase(&self, person_id: PersonId) -> Result<(), VaultError> {
        KeyVault::erase(self, &key_name(person_id))
    }
}
