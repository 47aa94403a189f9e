//! The parts of an SD-JWT VC (RFC 9901): disclosures, their digests, and the compact form.

use citizen_api::jose;
use ring::digest;
use ring::rand::{SecureRandom, SystemRandom};

/// The bytes of a salt: 128 bits, as RFC 9901 §9.3 asks.
const SALT_BYTES: usize = 16;

/// A claim that the holder can show or keep back.
#[derive(Clone, PartialEq, Eq)]
pub struct Disclosure {
    encoded: String,
}

/// The machine gave no random bytes, or a claim cannot be written as JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a disclosure could not be made")]
pub struct DisclosureError;

impl Disclosure {
    /// A disclosure with a salt of its own, so that a digest says nothing about a claim that can be guessed.
    pub fn new(name: &str, value: &str, random: &SystemRandom) -> Result<Self, DisclosureError> {
        let mut salt = [0; SALT_BYTES];
        random.fill(&mut salt).map_err(|_| DisclosureError)?;
        Self::with_salt(&jose::encode(&salt), name, value)
    }

    fn with_salt(salt: &str, name: &str, value: &str) -> Result<Self, DisclosureError> {
        let json = serde_json::to_vec(&[salt, name, value]).map_err(|_| DisclosureError)?;
        Ok(Self { encoded: jose::encode(&json) })
    }

    /// The digest that stands for it in the issuer-signed part: SHA-256 of the encoded text, base64url.
    pub fn digest(&self) -> String {
        jose::encode(digest::digest(&digest::SHA256, self.encoded.as_bytes()).as_ref())
    }
}

/// The digests of the disclosures, sorted: their order must not tell which is which (RFC 9901 §4.2.4.1).
pub fn digests(disclosures: &[Disclosure]) -> Vec<String> {
    let mut digests: Vec<String> = disclosures.iter().map(Disclosure::digest).collect();
    digests.sort();
    digests
}

/// The compact form with every disclosure and without a holder's part: `<issuer-signed>~<disclosure>~…~`.
pub fn compact(issuer_signed: &str, disclosures: &[Disclosure]) -> String {
    let mut text = format!("{issuer_signed}~");
    for disclosure in disclosures {
        text.push_str(&disclosure.encoded);
        text.push('~');
    }
    text
}

#[cfg(test)]
mod tests {
    use citizen_api::jose;
    use ring::rand::SystemRandom;

    use super::{Disclosure, compact, digests};

    // RFC 9901, §4.2.1: the same disclosure in two spellings of JSON, and its digest from §4.2.3.
    #[test]
    fn a_disclosure_is_spelt_and_digested_as_the_specification_shows() {
        let made = Disclosure::with_salt("_26bc4LT-ac6q2KI6cBW5es", "family_name", "Möbius").unwrap();
        assert_eq!(made.encoded, "WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsImZhbWlseV9uYW1lIiwiTcO2Yml1cyJd");
        for (encoded, digest) in [
            (
                "WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0",
                "X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0",
            ),
            (
                "WyIyR0xDNDJzS1F2ZUNmR2ZyeU5STjl3IiwgImdpdmVuX25hbWUiLCAiSm9obiJd",
                "jsu9yVulwQQlhFlM_3JlzMaSFzglhQG0DpfayQwLUK4",
            ),
        ] {
            assert_eq!(Disclosure { encoded: encoded.into() }.digest(), digest);
        }
    }

    #[test]
    fn salts_are_128_bits_and_never_the_same() {
        let random = SystemRandom::new();
        let salt = || {
            let made = Disclosure::new("name", "某人", &random).unwrap();
            let [salt, name, value]: [String; 3] =
                serde_json::from_slice(&jose::decode(&made.encoded).unwrap()).unwrap();
            assert_eq!((name.as_str(), value.as_str()), ("name", "某人"));
            jose::decode(&salt).unwrap()
        };
        let (one, other) = (salt(), salt());
        assert_eq!((one.len(), other.len()), (16, 16));
        assert_ne!(one, other);
    }

    #[test]
    fn the_order_of_digests_says_nothing() {
        let random = SystemRandom::new();
        let made: Vec<Disclosure> =
            ["a", "b", "c", "d"].iter().map(|name| Disclosure::new(name, "1", &random).unwrap()).collect();
        assert!(digests(&made).is_sorted());
        assert_eq!(compact("x.y.z", &made).matches('~').count(), 5);
        assert!(compact("x.y.z", &made).ends_with('~'));
    }
}
