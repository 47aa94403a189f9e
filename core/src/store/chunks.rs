//! The sealing of a file's chunks, and the key it hangs on.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use citizen_api::AttachmentId;
use ring::aead::{Aad, NONCE_LEN, Nonce};
use zeroize::Zeroizing;

use super::clean_stack::wiping_after;
use super::seal::{aead_key, hkdf};
use crate::Error;

/// The length of a file's salt.
pub(super) const SALT: usize = 16;
/// The length of a chunk's tag.
pub(super) const TAG: usize = 16;

/// The key that every file's own is derived from. Wiped once, it is gone from every clone.
#[derive(Clone)]
pub(super) struct RootKey(Arc<Mutex<Option<Zeroizing<[u8; 32]>>>>);

impl RootKey {
    pub(super) fn new(key: Zeroizing<[u8; 32]>) -> Self {
        Self(Arc::new(Mutex::new(Some(key))))
    }

    pub(super) fn wipe(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    fn derive(&self, purpose: &[&[u8]]) -> Result<Zeroizing<[u8; 32]>, Error> {
        let key = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        hkdf(key.as_ref().ok_or(Error::Locked)?.as_ref(), purpose)
    }
}

/// Seals and opens the chunks of one file. It holds no key but that of a file that goes on after the person has locked: any
/// other is derived for each chunk and wiped after it, so that none is in memory then.
pub(super) struct Chunks(FileKey);

/// Where a file's key is had from.
enum FileKey {
    /// From the key of all files, for as long as that is there.
    Derived { root: RootKey, attachment_id: AttachmentId, salt: [u8; SALT] },
    /// It is the one key that was kept. It opens no other file.
    Kept(Arc<Zeroizing<[u8; 32]>>),
}

impl Chunks {
    /// The chunks of a file; the person must be unlocked.
    pub(super) fn new(root: &RootKey, attachment_id: AttachmentId, salt: [u8; SALT]) -> Result<Self, Error> {
        let chunks = Self(FileKey::Derived { root: root.clone(), attachment_id, salt });
        chunks.key()?;
        Ok(chunks)
    }

    /// The chunks of the same file when everything else is locked.
    pub(super) fn kept(&self) -> Result<Self, Error> {
        Ok(Self(FileKey::Kept(match &self.0 {
            FileKey::Kept(key) => Arc::clone(key),
            FileKey::Derived { .. } => Arc::new(self.key()?),
        })))
    }

    /// Seals a chunk in place.
    pub(super) fn seal(&self, number: u64, last: bool, chunk: &mut Vec<u8>) -> io::Result<()> {
        wiping_after(|| {
            aead_key(&*self.key().map_err(locked)?)
                .map_err(io::Error::other)?
                .seal_in_place_append_tag(nonce(number, last), Aad::empty(), chunk)
                .map_err(|_| io::Error::other("a chunk cannot be sealed"))
        })
    }

    /// Opens a chunk in place, or refuses it where it is not this one of this file.
    pub(super) fn open(&self, number: u64, last: bool, chunk: &mut Zeroizing<Vec<u8>>) -> io::Result<()> {
        let altered = |_| io::Error::new(io::ErrorKind::InvalidData, Error::RecordAltered);
        let length = wiping_after(|| {
            let key = aead_key(&*self.key().map_err(locked)?).map_err(io::Error::other)?;
            Ok::<_, io::Error>(
                key.open_in_place(nonce(number, last), Aad::empty(), chunk).map_err(altered)?.len(),
            )
        })?;
        chunk.truncate(length);
        Ok(())
    }

    fn key(&self) -> Result<Zeroizing<[u8; 32]>, Error> {
        match &self.0 {
            FileKey::Derived { root, attachment_id, salt } => {
                root.derive(&[attachment_id.0.as_bytes(), salt])
            }
            FileKey::Kept(key) => Ok(Zeroizing::clone(key)),
        }
    }
}

fn locked(error: Error) -> io::Error {
    io::Error::new(io::ErrorKind::PermissionDenied, error)
}

/// A file's key is used for no other file, so a number is never used twice with it.
fn nonce(number: u64, last: bool) -> Nonce {
    let mut nonce = [0; NONCE_LEN];
    let parts = number.to_be_bytes().into_iter().chain([u8::from(last)]);
    nonce.iter_mut().zip(parts).for_each(|(to, from)| *to = from);
    Nonce::assume_unique_for_key(nonce)
}
