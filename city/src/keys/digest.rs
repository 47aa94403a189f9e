//! Digests and random names.

use citizen_api::jose;
use ring::rand::SecureRandom;

use super::KeyError;

/// SHA-256, base64url without padding.
pub fn sha256(bytes: &[u8]) -> String {
    jose::encode(ring::digest::digest(&ring::digest::SHA256, bytes).as_ref())
}

/// SHA-256, in hexadecimal digits: as databases write it.
pub fn sha256_hex(bytes: &[u8]) -> String {
    let digest = ring::digest::digest(&ring::digest::SHA256, bytes);
    digest.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The left half of SHA-256, base64url without padding, by which an ID token names the access token it comes with.
pub(crate) fn half_sha256(bytes: &[u8]) -> String {
    let whole = ring::digest::digest(&ring::digest::SHA256, bytes);
    jose::encode(whole.as_ref().split_at(16).0)
}

/// 256 random bits, base64url without padding: tokens, codes and the names of sign-in walks.
pub fn random_token() -> Result<String, KeyError> {
    let mut bytes = [0; 32];
    ring::rand::SystemRandom::new().fill(&mut bytes).map_err(|_| KeyError::Random)?;
    Ok(jose::encode(&bytes))
}
