//! Residents that are made up, the same each time: from a seeded generator, with valid ID numbers, rare
//! characters and long names among them.

mod account;
mod bills;
pub(crate) mod chance;
mod demo;
mod names;
mod person;
mod plant;
mod registers;

use crate::clock::SetClockError;
use crate::store::{Store, StoreError, Tx};

/// What an empty city is filled with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Seed {
    /// About 300 residents for demonstrations and tests.
    Demo,
}

/// A seed that could not be sown.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// The civil clock refused the seed's day.
    #[error(transparent)]
    Clock(#[from] SetClockError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The generator made something that is not valid, or a data file is not what it should be.
    #[error("the seed makes {0} that is not valid")]
    Invalid(&'static str),
}

/// Fills a city that has no residents. One that has is left as it is.
pub async fn sow(store: &Store, seed: Seed) -> Result<(), SeedError> {
    store
        .write(move |tx| match (seed, is_empty(tx)?) {
            (Seed::Demo, true) => demo::sow(tx),
            (Seed::Demo, false) => Ok(()),
        })
        .await
}

fn is_empty(tx: &mut dyn Tx) -> Result<bool, StoreError> {
    Ok(tx.query_one("SELECT citizen_id FROM residents LIMIT 1", &[])?.is_none())
}
