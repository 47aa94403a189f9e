//! What is searched and listed of all services, packed into one run of bytes that is stored as it is and read
//! as it is: opening a catalogue reads no document.
//!
//! Phrases stand in one buffer, none twice: titles, then keywords (together the *names*), then the sentences of
//! summaries and the departments. Beside them stand lists of the names that have each sound, and each pair of
//! first letters. Numbers take as many bytes as the largest of their part needs. Every one in it is looked at as one that may be wrong, so bytes that were altered can find nonsense and break nothing.

mod build;
mod grams;
mod heard;
mod layout;
mod numbers;
mod read;
mod work;

pub(super) use build::{Source, pack};
pub(super) use grams::Grams;
pub(super) use heard::Names;
pub(super) use numbers::Numbers;
pub(super) use read::Packed;
pub(super) use work::note_read;
#[cfg(test)]
pub(super) use work::read_bytes;

/// Which service, by its position among all in the order of their Chinese titles.
pub(super) type Position = u32;
/// Which phrase, by its position among all.
pub(super) type Phrase = u32;

/// A service holds something that this version cannot show.
pub(super) const NEEDS_NEWER_APP: u8 = 1;
/// A service is often filled in where there is no network.
pub(super) const OFTEN_OFFLINE: u8 = 2;
/// The ID is enough for people whom the registers know.
pub(super) const ONLY_THE_ID: u8 = 4;

#[cfg(test)]
mod tests;
