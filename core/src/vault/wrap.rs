//! From PIN and vault to the data key, and the counting of wrong PINs.
//!
//! The data key is 32 random bytes. It is sealed under a key made from the PIN (Argon2id) *and* a secret of the vault,
//! so that neither alone opens it. No check value is kept: a wrong PIN shows by its tag. The number of wrong PINs is on
//! disk before each try, so that ending the process does not win a try.

use std::path::Path;
use std::time::Duration;

use argon2::{Algorithm, Argon2, Params, Version};
use ring::rand::{SecureRandom, SystemRandom};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::{KeyVault, Pin};
use crate::Error;
use crate::error::disk;
use crate::people::PersonId;
use crate::store::{hkdf, now_ms, open_bytes, replace_file, seal_bytes};

/// The least that OWASP recommends for Argon2id: 19 MiB, two passes, one lane.
const COST: Cost = Cost { memory_kib: 19 * 1024, passes: 2, lanes: 1 };

/// How long to wait after so many wrong PINs, in seconds; the last holds for all further ones.
const WAITS: [u64; 8] = [0, 0, 0, 30, 60, 5 * 60, 15 * 60, 60 * 60];

#[derive(Clone, Copy, Serialize, Deserialize)]
struct Cost {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
}

/// `key.json`: everything that is needed to open the data key but the PIN and the vault's secret.
#[derive(Serialize, Deserialize)]
struct KeyFile {
    version: u32,
    cost: Cost,
    salt: Vec<u8>,
    wrapped: Vec<u8>,
}

/// `tries.json`: the wrong PINs since the last right one.
#[derive(Default, Serialize, Deserialize)]
struct Tries {
    failed: usize,
    last_ms: i64,
}

/// Makes a person's data key and wraps it. Whatever key was in the folder before must have been dealt with.
pub(crate) fn make_key(
    folder: &Path,
    person_id: PersonId,
    pin: &Pin,
    vault: &dyn KeyVault,
) -> Result<Zeroizing<[u8; 32]>, Error> {
    let (data_key, secret, salt) = (random::<32>()?, random::<32>()?, random::<16>()?);
    vault.store(&secret_name(person_id), secret.as_ref())?;
    let wrapping = wrapping_key(pin, salt.as_ref(), COST, secret.as_ref())?;
    let wrapped = seal_bytes(&wrapping, person_id.0.as_bytes(), data_key.as_ref())?;
    let file = KeyFile { version: 1, cost: COST, salt: salt.to_vec(), wrapped };
    write_json(&folder.join("key.json"), &file)?;
    Ok(data_key)
}

/// Opens a person's data key with the PIN.
pub(crate) fn open_key(
    folder: &Path,
    person_id: PersonId,
    pin: &Pin,
    vault: &dyn KeyVault,
) -> Result<Zeroizing<[u8; 32]>, Error> {
    let file: KeyFile = read_json(&folder.join("key.json"))?.ok_or(Error::KeyMissing)?;
    let secret = vault.load(&secret_name(person_id))?.ok_or(Error::KeyMissing)?;
    if file.version != 1 {
        return Err(Error::StoreNewer);
    }
    let tries = folder.join("tries.json");
    let failed = count_try(&tries)?;
    let wrapping = wrapping_key(pin, &file.salt, file.cost, &secret)?;
    let opened = open_bytes(&wrapping, person_id.0.as_bytes(), &file.wrapped)
        .map_err(|_| Error::WrongPin { wait: wait_after(failed) })?;
    write_json(&tries, &Tries::default())?;
    let mut data_key = Zeroizing::new([0; 32]);
    if opened.len() != data_key.len() {
        return Err(Error::RecordAltered);
    }
    data_key.iter_mut().zip(opened.iter()).for_each(|(to, from)| *to = *from);
    Ok(data_key)
}

/// Counts a try before it is made, or says how long to wait for the next. A clock that was set back does not
/// lengthen the wait beyond its own length.
/// Gives the number of wrong PINs if this one is wrong too.
fn count_try(path: &Path) -> Result<usize, Error> {
    let tries: Tries = read_json(path)?.unwrap_or_default();
    let wait = wait_after(tries.failed).as_secs();
    let elapsed = now_ms().saturating_sub(tries.last_ms).max(0).unsigned_abs() / 1000;
    if elapsed < wait {
        return Err(Error::PinPaused { wait: Duration::from_secs(wait - elapsed) });
    }
    let failed = tries.failed.saturating_add(1);
    write_json(path, &Tries { failed, last_ms: now_ms() })?;
    Ok(failed)
}

fn wait_after(failed: usize) -> Duration {
    Duration::from_secs(WAITS.get(failed).or(WAITS.last()).copied().unwrap_or_default())
}

fn wrapping_key(pin: &Pin, salt: &[u8], cost: Cost, secret: &[u8]) -> Result<Zeroizing<[u8; 32]>, Error> {
    let params =
        Params::new(cost.memory_kib, cost.passes, cost.lanes, Some(32)).map_err(|_| Error::RecordAltered)?;
    let mut stretched = Zeroizing::new([0_u8; 64]);
    let (from_pin, from_vault) = stretched.split_at_mut(32);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(pin.bytes(), salt, from_pin)
        .map_err(|_| Error::internal("the PIN cannot be stretched"))?;
    from_vault.iter_mut().zip(secret).for_each(|(to, from)| *to = *from);
    hkdf(stretched.as_ref(), &[b"wrap"])
}

fn secret_name(person_id: PersonId) -> String {
    format!("person-{person_id}")
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
mod tests {
    use super::super::{KeyVault, Pin, SoftwareVault};
    use super::{make_key, open_key};
    use crate::Error;
    use crate::people::PersonId;

    #[test]
    fn the_key_needs_pin_and_vault_and_wrong_pins_are_counted_before_they_are_tried() {
        let folder = tempfile::tempdir().unwrap();
        let vault = SoftwareVault::open(folder.path().join("vault")).unwrap();
        let person = PersonId::generate();
        let (right, wrong) = (Pin::new("274916"), Pin::new("274917"));
        let made = make_key(folder.path(), person, &right, &vault).unwrap();
        let open = |pin: &Pin| open_key(folder.path(), person, pin, &vault);
        assert_eq!(open(&right).unwrap(), made);
        for _ in 0..3 {
            assert!(matches!(open(&wrong), Err(Error::WrongPin { .. })));
        }
        // Even the right PIN waits now, and asking does not count as a try.
        for _ in 0..2 {
            assert!(matches!(open(&right), Err(Error::PinPaused { wait }) if wait.as_secs() <= 30));
        }
        std::fs::remove_file(folder.path().join("tries.json")).unwrap();
        assert_eq!(open(&right).unwrap(), made);
        vault.erase(&format!("person-{person}")).unwrap();
        assert_eq!(open(&right).err(), Some(Error::KeyMissing));
    }
}
