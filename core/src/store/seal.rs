//! Sealing records: AES-256-GCM, with the record's place bound in.
//!
//! A sealed record is `version ‖ nonce (12 bytes) ‖ ciphertext ‖ tag (16 bytes)`. The associated data are the person,
//! the table, the row, the column and the revision, each with its length before it, so that a record opened anywhere
//! but in its own place is refused. What is sealed is JSON, deflated where that makes it smaller.

use std::any::Any;
use std::borrow::Cow;
use std::sync::{Arc, Mutex, PoisonError};

use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::decompress_to_vec_with_limit;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::hmac;
use ring::rand::{SecureRandom, SystemRandom};
use serde::Serialize;
use serde::de::DeserializeOwned;
use zeroize::Zeroizing;

use super::clean_stack::wiping_after;
use crate::Error;

/// The format of a sealed record.
const VERSION: u8 = 1;
/// Before the JSON: it stands as it is.
const PLAIN: u8 = 0;
/// Before the JSON: it is deflated.
const DEFLATED: u8 = 1;
/// Smaller records do not get smaller by deflating.
const WORTH_DEFLATING: usize = 256;
/// The most a record may inflate to.
const LIMIT: usize = 16 * 1024 * 1024;

/// Where a record stands.
#[derive(Debug, Clone)]
pub(crate) struct Place<'a> {
    /// The table.
    pub table: &'a str,
    /// The row, by its key.
    pub row: Cow<'a, str>,
    /// The column.
    pub column: &'a str,
    /// The revision that stands in the row beside it.
    pub revision: u64,
}

/// Seals and opens the records of one person. Its keys are wiped when it is dropped.
pub(crate) struct Sealer {
    person: String,
    records: Zeroizing<[u8; 32]>,
    slots: Zeroizing<[u8; 32]>,
    /// What was opened last of what is opened again and again. It goes with the keys.
    opened: Mutex<Option<Opened>>,
}

/// A record that has been opened, with all that it was opened from.
struct Opened {
    bound: Vec<u8>,
    sealed: Vec<u8>,
    value: Arc<dyn Any + Send + Sync>,
}

impl Sealer {
    /// The sealer of a person, from the key of their compartment.
    pub(crate) fn new(person: &str, data_key: &[u8; 32]) -> Result<Self, Error> {
        Ok(Self {
            person: person.to_owned(),
            records: hkdf(data_key, &[b"records"])?,
            slots: hkdf(data_key, &[b"slots"])?,
            opened: Mutex::new(None),
        })
    }

    /// Seals a value for its place.
    pub(crate) fn seal<T: Serialize>(&self, place: &Place<'_>, value: &T) -> Result<Vec<u8>, Error> {
        let json = serde_json::to_vec(value).map_err(|_| Error::internal("a record is not JSON"))?;
        let json = Zeroizing::new(json);
        let mut plain = Zeroizing::new(vec![PLAIN]);
        let deflated = (json.len() > WORTH_DEFLATING).then(|| compress_to_vec(&json, 6));
        match deflated.filter(|deflated| deflated.len() < json.len()) {
            Some(deflated) => {
                *plain = vec![DEFLATED];
                plain.extend(deflated);
            }
            None => plain.extend(json.iter()),
        }
        seal_bytes(&self.records, &self.bind(place), &plain)
    }

    /// Opens what was sealed for this very place.
    pub(crate) fn open<T: DeserializeOwned>(&self, place: &Place<'_>, sealed: &[u8]) -> Result<T, Error> {
        let plain = open_bytes(&self.records, &self.bind(place), sealed)?;
        let json = match plain.split_first() {
            Some((&PLAIN, json)) => Zeroizing::new(json.to_vec()),
            Some((&DEFLATED, packed)) => {
                Zeroizing::new(decompress_to_vec_with_limit(packed, LIMIT).map_err(|_| Error::RecordAltered)?)
            }
            _ => return Err(Error::RecordAltered),
        };
        serde_json::from_slice(&json).map_err(|_| Error::RecordAltered)
    }

    /// Opens what was sealed for this very place, or gives what it opened last, where that was the same bytes in the same
    /// place: no two records are sealed alike, so it cannot be another one.
    pub(crate) fn open_again<T>(&self, place: &Place<'_>, sealed: &[u8]) -> Result<Arc<T>, Error>
    where
        T: DeserializeOwned + Send + Sync + 'static,
    {
        let bound = self.bind(place);
        let mut opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        let same = opened.as_ref().filter(|opened| opened.bound == bound && opened.sealed == sealed);
        if let Some(value) = same.and_then(|opened| Arc::clone(&opened.value).downcast().ok()) {
            return Ok(value);
        }
        let value = Arc::new(self.open::<T>(place, sealed)?);
        *opened = Some(Opened { bound, sealed: sealed.to_vec(), value: value.clone() });
        Ok(value)
    }

    /// A name for something whose own name is personal: it tells nothing without the key, and is the same each time.
    pub(crate) fn slot(&self, table: &str, parts: &[&str]) -> [u8; 16] {
        let key = hmac::Key::new(hmac::HMAC_SHA256, self.slots.as_ref());
        let mut context = hmac::Context::with_key(&key);
        for part in std::iter::once(&table).chain(parts) {
            context.update(&(part.len() as u64).to_be_bytes());
            context.update(part.as_bytes());
        }
        let mut slot = [0; 16];
        slot.iter_mut().zip(context.sign().as_ref()).for_each(|(to, from)| *to = *from);
        slot
    }

    fn bind(&self, place: &Place<'_>) -> Vec<u8> {
        let mut bound = Vec::new();
        for part in [self.person.as_str(), place.table, &place.row, place.column] {
            bound.extend((part.len() as u64).to_be_bytes());
            bound.extend(part.as_bytes());
        }
        bound.extend(place.revision.to_be_bytes());
        bound
    }
}

/// Seals bytes under a key, with `bound` bound in.
pub(crate) fn seal_bytes(key: &[u8; 32], bound: &[u8], plain: &[u8]) -> Result<Vec<u8>, Error> {
    let mut nonce = [0; NONCE_LEN];
    SystemRandom::new().fill(&mut nonce).map_err(|_| Error::internal("no random bytes"))?;
    let mut sealed = Vec::with_capacity(1 + NONCE_LEN + plain.len() + AES_256_GCM.tag_len());
    sealed.push(VERSION);
    sealed.extend(nonce);
    let mut text = plain.to_vec();
    wiping_after(|| {
        aead_key(key)?
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(bound), &mut text)
            .map_err(|_| Error::internal("a record is too large to seal"))
    })?;
    sealed.extend(text);
    Ok(sealed)
}

/// Opens bytes, or refuses them where key, bound data or a single bit differ.
pub(crate) fn open_bytes(key: &[u8; 32], bound: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Error> {
    let Some((&VERSION, rest)) = sealed.split_first() else { return Err(Error::RecordAltered) };
    let (nonce, text) = rest.split_at_checked(NONCE_LEN).ok_or(Error::RecordAltered)?;
    let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| Error::RecordAltered)?;
    let mut text = Zeroizing::new(text.to_vec());
    let length = wiping_after(|| {
        let opened = aead_key(key)?.open_in_place(nonce, Aad::from(bound), &mut text);
        opened.map(|text| text.len()).map_err(|_| Error::RecordAltered)
    })?;
    text.truncate(length);
    Ok(text)
}

/// ring's key is built for each use and dropped: it cannot be wiped, the bytes it is made from can.
pub(super) fn aead_key(key: &[u8; 32]) -> Result<LessSafeKey, Error> {
    let key = UnboundKey::new(&AES_256_GCM, key).map_err(|_| Error::internal("a key is too short"))?;
    Ok(LessSafeKey::new(key))
}

/// A key of its own for each purpose (HKDF-SHA-256, RFC 5869).
pub(crate) fn hkdf(secret: &[u8], purpose: &[&[u8]]) -> Result<Zeroizing<[u8; 32]>, Error> {
    let mut key = Zeroizing::new([0; 32]);
    wiping_after(|| {
        ring::hkdf::Salt::new(ring::hkdf::HKDF_SHA256, b"citizen-core")
            .extract(secret)
            .expand(purpose, ring::hkdf::HKDF_SHA256)
            .and_then(|expanded| expanded.fill(key.as_mut()))
            .map_err(|_| Error::internal("a key cannot be derived"))
    })?;
    Ok(key)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{Place, Sealer};
    use crate::Error;

    fn place(row: &str, revision: u64) -> Place<'_> {
        Place { table: "answers", row: row.into(), column: "sealed", revision }
    }

    #[test]
    fn a_record_opens_in_its_own_place_only() {
        let sealer = Sealer::new("p1", &[7; 32]).unwrap();
        let value = "你好".repeat(200);
        let sealed = sealer.seal(&place("a", 3), &value).unwrap();
        assert!(sealed.len() < value.len(), "long records are deflated");
        assert_eq!(sealer.open::<String>(&place("a", 3), &sealed).unwrap(), value);
        let elsewhere = [
            place("b", 3),
            place("a", 2),
            Place { table: "drafts", ..place("a", 3) },
            Place { column: "other", ..place("a", 3) },
        ];
        for other in elsewhere {
            assert_eq!(sealer.open::<String>(&other, &sealed), Err(Error::RecordAltered), "{other:?}");
        }
        for other in [Sealer::new("p2", &[7; 32]).unwrap(), Sealer::new("p1", &[8; 32]).unwrap()] {
            assert_eq!(other.open::<String>(&place("a", 3), &sealed), Err(Error::RecordAltered));
        }
    }

    #[test]
    fn what_is_opened_again_is_what_stands_there() {
        let sealer = Sealer::new("p1", &[7; 32]).unwrap();
        let [first, second] = ["first", "second"].map(|text| sealer.seal(&place("a", 1), &text).unwrap());
        let open = |place: Place<'_>, sealed: &[u8]| sealer.open_again::<String>(&place, sealed);
        let once = open(place("a", 1), &first).unwrap();
        assert!(Arc::ptr_eq(&once, &open(place("a", 1), &first).unwrap()), "it is not opened anew");
        for elsewhere in [place("b", 1), place("a", 2)] {
            assert_eq!(open(elsewhere, &first), Err(Error::RecordAltered));
        }
        let mut changed = first.clone();
        changed[20] ^= 1;
        assert_eq!(open(place("a", 1), &changed), Err(Error::RecordAltered));
        assert_eq!(*open(place("a", 1), &second).unwrap(), "second");
        assert_eq!(*open(place("a", 1), &first).unwrap(), "first");
        assert_eq!(sealer.open_again::<u64>(&place("a", 1), &first), Err(Error::RecordAltered));
    }

    #[test]
    fn no_bit_of_a_record_can_change_and_none_be_cut_or_added() {
        let sealer = Sealer::new("p1", &[7; 32]).unwrap();
        let sealed = sealer.seal(&place("a", 1), &"secret").unwrap();
        for byte in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[byte] ^= 1;
            assert!(sealer.open::<String>(&place("a", 1), &changed).is_err(), "byte {byte}");
            assert!(sealer.open::<String>(&place("a", 1), &sealed[..byte]).is_err(), "cut at {byte}");
        }
        let longer = [sealed.as_slice(), &[0]].concat();
        assert!(sealer.open::<String>(&place("a", 1), &longer).is_err());
    }

    #[test]
    fn a_slot_is_stable_and_tells_parts_apart() {
        let sealer = Sealer::new("p1", &[7; 32]).unwrap();
        assert_eq!(sealer.slot("t", &["ab", "c"]), sealer.slot("t", &["ab", "c"]));
        assert_ne!(sealer.slot("t", &["ab", "c"]), sealer.slot("t", &["a", "bc"]));
    }
}
