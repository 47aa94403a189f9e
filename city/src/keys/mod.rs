//! The city's keys: signing and verifying ES256, digests, and secrets that nobody can guess.

mod digest;
mod folder;
mod nonces;
mod sign;
mod verify;

pub(crate) use digest::half_sha256;
pub use digest::{random_token, sha256, sha256_hex};
pub use folder::{KeyError, Keys, read_or_make_secret};
pub(crate) use nonces::Nonces;
pub use sign::SigningKey;
pub use verify::{InvalidSignature, thumbprint, verify};
