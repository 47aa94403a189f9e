//! Proofs of possession (DPoP, RFC 9449): who sends a token must hold the key that it is bound to.
//!
//! A proof is a small document, signed by the phone's key, for one request: its method, its address, its token. It is
//! fresh by its time or, where that is not near this machine's, by a nonce that the city gave (`keys/nonces.rs`); and it serves once.
//!
//! | Step | File |
//! | --- | --- |
//! | what a proof must be | `proof` |
//! | each proof once | `seen` |

mod proof;
mod seen;

pub(crate) use proof::{Asked, Fault, Proof, only};
pub(crate) use seen::remember;

/// The header that holds a proof.
pub(crate) const DPOP: &str = "dpop";

/// The header by which the city says what nonce it wants.
pub(crate) const DPOP_NONCE: &str = "dpop-nonce";

#[cfg(test)]
mod tests;
