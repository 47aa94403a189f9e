//! How it stands with a person's data, as far as it can be told while they are locked.

use std::path::Path;
use std::time::Duration;

use citizen_api::{Language, Text};

use crate::Error;
use crate::store::{Database, PERSON};
use crate::vault::{KeyState, Lock, look};

/// How it stands with a person's data on this phone. Each state says by [`PersonState::sentence`] what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PersonState {
    /// They are open in this process.
    Open,
    /// The PIN opens them.
    Locked {
        /// How many tries there are before the key is destroyed.
        tries_left: usize,
    },
    /// A wrong PIN was given so often that none is tried for a while.
    Paused {
        /// How long still.
        wait: Duration,
        /// How many tries there are before the key is destroyed.
        tries_left: usize,
    },
    /// The PIN was wrong ten times. The files are kept; nothing opens them here.
    PinUsedUp(LeftBehind),
    /// The key is not on this phone, as after a backup was restored. The files are kept; nothing opens them here.
    KeyMissing(LeftBehind),
    /// The phone was started and not unlocked since.
    DeviceNotYetUnlocked,
}

/// What stands in files that do not open here: only what was never at the city exists nowhere else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LeftBehind {
    /// Drafts that were never filed.
    pub drafts: usize,
    /// Filings and answers that were not sent.
    pub unsent: usize,
}

impl PersonState {
    /// What is the matter and what to do, in both languages; empty while all is well.
    pub fn sentence(&self) -> Text {
        let of = |error: Error| Text::new(error.sentence(Language::Zh), error.sentence(Language::En));
        match self {
            Self::Open => Text::default(),
            Self::Locked { .. } => of(Error::Locked),
            Self::Paused { wait, .. } => of(Error::PinPaused { wait: *wait }),
            Self::PinUsedUp(left) => left.after(&of(Error::PinUsedUp)),
            Self::KeyMissing(left) => left.after(&of(Error::KeyMissing)),
            Self::DeviceNotYetUnlocked => of(Error::DeviceNotYetUnlocked),
        }
    }
}

impl LeftBehind {
    /// The sentence with what cannot be read behind it.
    fn after(self, sentence: &Text) -> Text {
        let Self { drafts, unsent } = self;
        if drafts + unsent == 0 {
            return Text::new(
                format!("{}没有还没交到城市的内容。", sentence.zh),
                format!("{} Nothing in it was still to be sent.", sentence.en),
            );
        }
        Text::new(
            format!("{}在这里打不开的有：草稿 {drafts} 份，还没发出的 {unsent} 项。", sentence.zh),
            format!(
                "{} What cannot be opened here: {drafts} of your drafts, and {unsent} not yet sent.",
                sentence.en
            ),
        )
    }
}

/// Looks at a person's files and key.
pub(crate) fn state(lock: Lock<'_>) -> Result<PersonState, Error> {
    match look(lock) {
        Ok(KeyState::Here { wait, tries_left }) if wait.is_zero() => Ok(PersonState::Locked { tries_left }),
        Ok(KeyState::Here { wait, tries_left }) => Ok(PersonState::Paused { wait, tries_left }),
        Ok(KeyState::UsedUp) => Ok(PersonState::PinUsedUp(left_behind(lock.folder)?)),
        Ok(KeyState::Missing) => Ok(PersonState::KeyMissing(left_behind(lock.folder)?)),
        Err(Error::DeviceNotYetUnlocked) => Ok(PersonState::DeviceNotYetUnlocked),
        Err(error) => Err(error),
    }
}

/// Counts what was not at the city. That much stands in the clear.
fn left_behind(folder: &Path) -> Result<LeftBehind, Error> {
    let store = folder.join(super::compartment::STORE);
    if !store.is_file() {
        return Ok(LeftBehind::default());
    }
    Database::open(&store, PERSON)?.read(|tx| {
        let count = |sql: &str| tx.query_row(sql, [], |row| row.get(0));
        Ok(LeftBehind {
            drafts: count("SELECT count(*) FROM drafts WHERE state = 'open'")?,
            unsent: count("SELECT count(*) FROM outbox WHERE kind <> 'upload'")?,
        })
    })
}
