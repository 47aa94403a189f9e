//! From PIN and vault to the data key.
//!
//! The data key is 32 random bytes. It is sealed under a key made from the PIN (Argon2id) *and* a secret of the vault,
//! so that neither alone opens it. No check value is kept: a wrong PIN shows by its tag. What a try costs stands in
//! the file and is bound in, so that it can grow with the years, and nobody can make it cheaper.
//!
//! A new PIN comes with a new secret. The file names the secret it needs, and is replaced as a whole: a process that
//! dies on the way leaves the old PIN or the new one, and what is left over of the other is erased at the next opening.

use std::path::Path;

use ring::rand::{SecureRandom, SystemRandom};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::attempts::Attempts;
use super::boot_clock::BootClock;
use super::cost::Cost;
use super::{KeyVault, Pin};
use crate::Error;
use crate::error::disk;
use crate::people::PersonId;
use crate::store::{hkdf, open_bytes, replace_file, seal_bytes};

/// A key where it stays until it is wiped: moving it leaves no copy.
pub(crate) type BoxedKey = Box<Zeroizing<[u8; 32]>>;

/// The length of the vault's secret.
const SECRET: usize = 32;

/// The file beside a person's store.
const FILE: &str = "key.json";

/// `key.json`: everything that is needed to open the data key but the PIN and the vault's secret.
#[derive(Serialize, Deserialize)]
struct KeyFile {
    version: u32,
    cost: Cost,
    salt: Vec<u8>,
    wrapped: Vec<u8>,
    /// Which of the person's secrets in the vault it was wrapped with: one more with each new PIN.
    #[serde(default)]
    generation: u64,
}

/// Whose key it is, and where what opens it stands.
#[derive(Clone, Copy)]
pub(crate) struct Lock<'a> {
    pub(crate) folder: &'a Path,
    pub(crate) person_id: PersonId,
    pub(crate) vault: &'a dyn KeyVault,
    pub(crate) clock: &'a dyn BootClock,
}

/// Makes a person's data key and wraps it. Whatever key was in the folder before must have been dealt with.
pub(crate) fn make_key(lock: Lock<'_>, pin: &Pin, cost: Cost) -> Result<BoxedKey, Error> {
    let mut data_key = BoxedKey::default();
    SystemRandom::new().fill(data_key.as_mut_slice()).map_err(|_| Error::internal("no random bytes"))?;
    Attempts::make(lock.folder)?;
    wrap(lock, &data_key, pin, cost, 0)?;
    Ok(data_key)
}

/// Opens a person's data key with the PIN. The try is counted before the vault is asked for its secret, without which
/// there is none; after the tenth that failed the secret is erased.
pub(crate) fn open_key(lock: Lock<'_>, pin: &Pin) -> Result<BoxedKey, Error> {
    let file: KeyFile = read_json(&lock.folder.join(FILE))?.ok_or(Error::KeyMissing)?;
    if file.version != 1 {
        return Err(Error::StoreNewer);
    }
    let mut attempts = Attempts::begin(lock.folder, lock.clock)?;
    if attempts.are_used_up() {
        return Err(use_up(lock, file.generation));
    }
    attempts.count()?;
    let secret = match lock.vault.load(&secret_name(lock.person_id, file.generation)) {
        Ok(Some(secret)) => secret,
        none => {
            attempts.take_back()?;
            return Err(none.err().map_or(Error::KeyMissing, Error::from));
        }
    };
    let wrapping = wrapping_key(pin, &file.salt, file.cost, &secret)?;
    let Ok(opened) = open_bytes(&wrapping, &bind(lock.person_id, file.cost), &file.wrapped) else {
        return Err(match attempts.are_used_up() {
            true => use_up(lock, file.generation),
            false => Error::WrongPin { wait: attempts.wait(), tries_left: attempts.tries_left() },
        });
    };
    attempts.clear()?;
    // What a change of the PIN that was cut short has left of the other secret opens nothing that should be opened.
    erase_others(lock, file.generation)?;
    let mut data_key = BoxedKey::default();
    if opened.len() != data_key.len() {
        return Err(Error::RecordAltered);
    }
    data_key.copy_from_slice(&opened);
    Ok(data_key)
}

/// Wraps a data key anew under another PIN: from then on the old one opens nothing.
pub(crate) fn change_pin(lock: Lock<'_>, data_key: &[u8; 32], pin: &Pin, cost: Cost) -> Result<(), Error> {
    let before: Option<KeyFile> = read_json(&lock.folder.join(FILE))?;
    let generation = before.map_or(0, |file| file.generation.saturating_add(1));
    wrap(lock, data_key, pin, cost, generation)?;
    Attempts::make(lock.folder)?;
    erase_others(lock, generation)
}

/// Whether the key to a person's data is here, as far as can be told without the PIN.
pub(crate) fn look(lock: Lock<'_>) -> Result<KeyState, Error> {
    let Some(file) = read_json::<KeyFile>(&lock.folder.join(FILE))? else { return Ok(KeyState::Missing) };
    let attempts = Attempts::begin(lock.folder, lock.clock)?;
    if attempts.are_used_up() {
        return Ok(KeyState::UsedUp);
    }
    match lock.vault.load(&secret_name(lock.person_id, file.generation))? {
        None => Ok(KeyState::Missing),
        Some(_) => Ok(KeyState::Here { wait: attempts.left(), tries_left: attempts.tries_left() }),
    }
}

/// How it stands with the key to a person's data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum KeyState {
    /// The PIN opens it, after a wait.
    Here { wait: std::time::Duration, tries_left: usize },
    /// The PIN was wrong ten times.
    UsedUp,
    /// The vault has no secret for it, as after a backup was restored.
    Missing,
}

/// Destroys the vault's secrets, and with them all that the data key has sealed.
pub(crate) fn erase_key(lock: Lock<'_>) -> Result<(), Error> {
    let file: Option<KeyFile> = read_json(&lock.folder.join(FILE)).ok().flatten();
    let generation = file.map_or(0, |file| file.generation);
    lock.vault.erase(&secret_name(lock.person_id, generation))?;
    erase_others(lock, generation)
}

/// Erases the secret behind a PIN that was wrong ten times. Where the vault does not do it now it is done at the next
/// try, which is not made either.
fn use_up(lock: Lock<'_>, generation: u64) -> Error {
    let erased = lock.vault.erase(&secret_name(lock.person_id, generation));
    erased.map_or_else(Error::from, |()| Error::PinUsedUp)
}

fn wrap(lock: Lock<'_>, data_key: &[u8; 32], pin: &Pin, cost: Cost, generation: u64) -> Result<(), Error> {
    let (secret, salt) = (random::<SECRET>()?, random::<16>()?);
    lock.vault.store(&secret_name(lock.person_id, generation), secret.as_ref())?;
    let wrapping = wrapping_key(pin, salt.as_ref(), cost, secret.as_ref())?;
    let wrapped = seal_bytes(&wrapping, &bind(lock.person_id, cost), data_key.as_ref())?;
    write_json(
        &lock.folder.join(FILE),
        &KeyFile { version: 1, cost, salt: salt.to_vec(), wrapped, generation },
    )
}

/// Erases the secrets before and after the one that counts.
fn erase_others(lock: Lock<'_>, generation: u64) -> Result<(), Error> {
    let others = [generation.checked_sub(1), generation.checked_add(1)];
    others
        .into_iter()
        .flatten()
        .try_for_each(|other| Ok(lock.vault.erase(&secret_name(lock.person_id, other))?))
}

/// What the wrapped key is bound to.
fn bind(person_id: PersonId, cost: Cost) -> Vec<u8> {
    [person_id.0.as_bytes().as_slice(), &cost.bound()].concat()
}

fn wrapping_key(pin: &Pin, salt: &[u8], cost: Cost, secret: &[u8]) -> Result<Zeroizing<[u8; 32]>, Error> {
    if !cost.is_sane() || secret.len() != SECRET {
        return Err(Error::RecordAltered);
    }
    let mut stretched = Zeroizing::new([0_u8; 64]);
    let (from_pin, from_vault) = stretched.split_at_mut(32);
    cost.stretch(pin.bytes(), salt, from_pin)?;
    from_vault.iter_mut().zip(secret).for_each(|(to, from)| *to = *from);
    hkdf(stretched.as_ref(), &[b"wrap"])
}

fn secret_name(person_id: PersonId, generation: u64) -> String {
    match generation {
        0 => format!("person-{person_id}"),
        later => format!("person-{person_id}.{later}"),
    }
}

/// Random bytes.
pub(crate) fn random<const N: usize>() -> Result<Zeroizing<[u8; N]>, Error> {
    let mut bytes = Zeroizing::new([0; N]);
    SystemRandom::new().fill(bytes.as_mut()).map_err(|_| Error::internal("no random bytes"))?;
    Ok(bytes)
}

fn write_json(path: &Path, value: &impl Serialize) -> Result<(), Error> {
    let json = serde_json::to_vec(value).map_err(|_| Error::internal("a key file is not JSON"))?;
    replace_file(path, &json)
}

fn read_json<T: serde::de::DeserializeOwned>(path: &Path) -> Result<Option<T>, Error> {
    match std::fs::read(path) {
        Ok(json) => serde_json::from_slice(&json).map(Some).map_err(|_| Error::RecordAltered),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(disk(error)),
    }
}

#[cfg(test)]
mod tests;
