//! From PIN and vault to the data key.
//!
//! The data key is 32 random bytes. It is sealed under a key made from the PIN (Argon2id) *and* a secret of the vault,
//! so that neither alone opens it. No check value is kept: a wrong PIN shows by its tag. What a try costs stands in
//! the file and is bound in, so that it can grow with the years, and nobody can make it cheaper.

use std::path::Path;

use argon2::{Algorithm, Argon2, Params, Version};
use ring::rand::{SecureRandom, SystemRandom};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::attempts::Attempts;
use super::{KeyVault, Pin};
use crate::Error;
use crate::error::disk;
use crate::people::PersonId;
use crate::store::{hkdf, open_bytes, replace_file, seal_bytes};

/// The least that OWASP recommends for Argon2id: 19 MiB, two passes, one lane.
const COST: Cost = Cost { memory_kib: 19 * 1024, passes: 2, lanes: 1 };

/// The length of the vault's secret.
const SECRET: usize = 32;

/// No file asks for more: one that does was not written here and would only exhaust the phone.
const DEAREST: Cost = Cost { memory_kib: 1024 * 1024, passes: 64, lanes: 4 };

/// What one try at a PIN costs.
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

/// Makes a person's data key and wraps it. Whatever key was in the folder before must have been dealt with.
pub(crate) fn make_key(
    folder: &Path,
    person_id: PersonId,
    pin: &Pin,
    vault: &dyn KeyVault,
) -> Result<Zeroizing<[u8; 32]>, Error> {
    let (data_key, secret, salt) = (random::<32>()?, random::<SECRET>()?, random::<16>()?);
    vault.store(&secret_name(person_id), secret.as_ref())?;
    let wrapping = wrapping_key(pin, salt.as_ref(), COST, secret.as_ref())?;
    let wrapped = seal_bytes(&wrapping, &bind(person_id, COST), data_key.as_ref())?;
    let file = KeyFile { version: 1, cost: COST, salt: salt.to_vec(), wrapped };
    write_json(&folder.join("key.json"), &file)?;
    Ok(data_key)
}

/// Opens a person's data key with the PIN. The try is counted before it is made.
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
    let mut attempts = Attempts::begin(folder)?;
    attempts.count()?;
    let wrapping = wrapping_key(pin, &file.salt, file.cost, &secret)?;
    let opened = open_bytes(&wrapping, &bind(person_id, file.cost), &file.wrapped)
        .map_err(|_| Error::WrongPin { wait: attempts.wait() })?;
    attempts.clear()?;
    let mut data_key = Zeroizing::new([0; 32]);
    if opened.len() != data_key.len() {
        return Err(Error::RecordAltered);
    }
    data_key.iter_mut().zip(opened.iter()).for_each(|(to, from)| *to = *from);
    Ok(data_key)
}

/// Destroys the vault's secret, and with it all that the data key has sealed.
pub(crate) fn erase_key(person_id: PersonId, vault: &dyn KeyVault) -> Result<(), Error> {
    Ok(vault.erase(&secret_name(person_id))?)
}

/// What the wrapped key is bound to.
fn bind(person_id: PersonId, cost: Cost) -> Vec<u8> {
    let cost = [cost.memory_kib, cost.passes, cost.lanes].map(u32::to_be_bytes).concat();
    [person_id.0.as_bytes().as_slice(), &cost].concat()
}

fn wrapping_key(pin: &Pin, salt: &[u8], cost: Cost, secret: &[u8]) -> Result<Zeroizing<[u8; 32]>, Error> {
    let within =
        cost.memory_kib <= DEAREST.memory_kib && cost.passes <= DEAREST.passes && cost.lanes <= DEAREST.lanes;
    if !within || secret.len() != SECRET {
        return Err(Error::RecordAltered);
    }
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

    #[test]
    fn a_key_file_cannot_ask_for_less_or_for_everything_nor_serve_another_person() {
        let folder = tempfile::tempdir().unwrap();
        let vault = SoftwareVault::open(folder.path().join("vault")).unwrap();
        let (person, pin) = (PersonId::generate(), Pin::new("274916"));
        make_key(folder.path(), person, &pin, &vault).unwrap();
        let path = folder.path().join("key.json");
        let written = std::fs::read_to_string(&path).unwrap();
        let open = |person| {
            let opened = open_key(folder.path(), person, &pin, &vault).err();
            let _ = std::fs::remove_file(folder.path().join("tries.json"));
            opened
        };
        for (cost, refused) in [
            (r#""passes":1"#, Error::WrongPin { wait: std::time::Duration::ZERO }),
            (r#""passes":4000000000"#, Error::RecordAltered),
        ] {
            assert!(written.contains(r#""passes":2"#));
            std::fs::write(&path, written.replace(r#""passes":2"#, cost)).unwrap();
            assert_eq!(open(person), Some(refused), "{cost}");
        }
        std::fs::write(&path, &written).unwrap();
        let other = PersonId::generate();
        let secret = vault.load(&format!("person-{person}")).unwrap().unwrap();
        vault.store(&format!("person-{other}"), &secret).unwrap();
        assert!(matches!(open(other), Some(Error::WrongPin { .. })));
        assert_eq!(open(person), None);
    }
}
