//! Where the keys and secrets lie: files that only their owner can read.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};

use super::{Nonces, SigningKey};

/// A key or a secret that cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The file cannot be read or written.
    #[error("{path}: {reason}")]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: std::io::Error,
    },
    /// The file holds no key.
    #[error("{path} holds no P-256 key")]
    NotAKey {
        /// The file.
        path: PathBuf,
    },
    /// The system gave no randomness, or the library refused to sign.
    #[error("the system gave no random numbers")]
    Random,
    /// What shall be signed cannot be written as JSON.
    #[error("a document cannot be written as JSON")]
    Unwritable,
}

/// The city's own keys. Two of them, so that an ID token can never pass for a receipt or a card.
#[derive(Clone)]
pub struct Keys {
    /// Signs ID tokens.
    pub identity: SigningKey,
    /// Signs receipts, cards and status lists.
    pub issuer: SigningKey,
    /// Makes the nonces that phones prove a request fresh with.
    pub(crate) nonces: Nonces,
}

impl Keys {
    /// Reads the keys in a folder, making those that are missing.
    pub fn open(folder: &Path) -> Result<Self, KeyError> {
        let io = |reason| KeyError::Io { path: folder.to_owned(), reason };
        std::fs::create_dir_all(folder).map_err(io)?;
        Ok(Self {
            identity: open_key(&folder.join("identity.p8"))?,
            issuer: open_key(&folder.join("issuer.p8"))?,
            nonces: Nonces::new(&read_or_make_secret(&folder.join("nonces.secret"), || {
                Ok(super::random_token()?.into_bytes())
            })?),
        })
    }
}

fn open_key(path: &Path) -> Result<SigningKey, KeyError> {
    let document = read_or_make_secret(path, || {
        EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new())
            .map(|document| document.as_ref().to_vec())
            .map_err(|_| KeyError::Random)
    })?;
    SigningKey::from_pkcs8(&document).ok_or_else(|| KeyError::NotAKey { path: path.to_owned() })
}

/// Reads a file that only its owner can read, making it first where it is not there. It is either whole or
/// not there, whatever dies in between.
pub fn read_or_make_secret(
    path: &Path,
    make: impl FnOnce() -> Result<Vec<u8>, KeyError>,
) -> Result<Vec<u8>, KeyError> {
    let io = |reason| KeyError::Io { path: path.to_owned(), reason };
    match std::fs::read(path) {
        Err(reason) if reason.kind() == ErrorKind::NotFound => {}
        read => return read.map_err(io),
    }
    let secret = make()?;
    write_secret(path, &secret).map_err(io)?;
    Ok(secret)
}

fn write_secret(path: &Path, secret: &[u8]) -> std::io::Result<()> {
    let unfinished = path.with_extension("unfinished");
    let mut file =
        OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&unfinished)?;
    file.write_all(secret)?;
    file.sync_all()?;
    std::fs::rename(&unfinished, path)?;
    path.parent().map_or(Ok(()), |folder| File::open(folder)?.sync_all())
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::Keys;

    #[test]
    fn keys_stay_the_same_and_are_their_owners_alone() {
        let folder = tempfile::tempdir().unwrap();
        let made = Keys::open(folder.path()).unwrap();
        let read = Keys::open(folder.path()).unwrap();
        assert_eq!(made.issuer.public(), read.issuer.public());
        assert_ne!(made.issuer.public(), made.identity.public());
        for file in std::fs::read_dir(folder.path()).unwrap() {
            assert_eq!(file.unwrap().metadata().unwrap().permissions().mode() & 0o777, 0o600);
        }
    }
}
