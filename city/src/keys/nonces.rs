//! Nonces that the city recognises without having kept them: a moment, and its HMAC under a key of the city's.

use citizen_api::jose::{decode, encode};
use ring::hmac::{HMAC_SHA256, Key, sign, verify};

/// How long a nonce is good, in seconds.
const LIFETIME: i64 = 5 * 60;

/// Makes and judges nonces. Every node of a city has the same key, so any takes what another gave.
#[derive(Debug, Clone)]
pub(crate) struct Nonces(Key);

impl Nonces {
    /// Nonces under a secret.
    pub(crate) fn new(secret: &[u8]) -> Self {
        Self(Key::new(HMAC_SHA256, secret))
    }

    /// A nonce for whoever asks now, by the machine's clock.
    pub(crate) fn give(&self, now: i64) -> String {
        let moment = now.to_be_bytes();
        encode(&[&moment, sign(&self.0, &moment).as_ref()].concat())
    }

    /// Whether the city gave that nonce a short while ago.
    pub(crate) fn knows(&self, nonce: &str, now: i64) -> bool {
        let Ok(bytes) = decode(nonce) else { return false };
        let Some((moment, tag)) = bytes.split_first_chunk::<8>() else { return false };
        let given = i64::from_be_bytes(*moment);
        verify(&self.0, moment, tag).is_ok() && (0..LIFETIME).contains(&now.saturating_sub(given))
    }
}

#[cfg(test)]
mod tests {
    use citizen_api::jose::{decode, encode};

    use super::{LIFETIME, Nonces};

    #[test]
    fn a_nonce_is_known_for_a_while_and_cannot_be_made_up() {
        let (ours, other) = (Nonces::new(b"ours"), Nonces::new(b"other"));
        let nonce = ours.give(1000);
        assert!(ours.knows(&nonce, 1000) && ours.knows(&nonce, 1000 + LIFETIME - 1));
        assert!(!ours.knows(&nonce, 999), "from the future");
        assert!(!ours.knows(&nonce, 1000 + LIFETIME), "too old");
        assert!(!ours.knows(&other.give(1000), 1000));
        let mut later = decode(&nonce).unwrap();
        later[7] ^= 1;
        assert!(!ours.knows(&encode(&later), 1001));
        for text in ["", "AAAA", "!"] {
            assert!(!ours.knows(text, 1000), "{text}");
        }
    }
}
