//! What a person tells the city to do with what is theirs already (交办): decline an offer, send a parcel elsewhere, book
//! a place at a counter.
//!
//! Signed and queued like a filing, so it needs neither a network nor a session and is carried out once. What a person
//! says last about a thing is what counts: an earlier word that was never sent is taken out, and one that may be on
//! its way goes first. The domains that a thing belongs to say it; a shell sees it in their views and in the outbox.

mod tell;
#[cfg(test)]
mod tests;
mod waiting;

pub(crate) use tell::tell;
pub(crate) use waiting::{Waiting, waiting};
