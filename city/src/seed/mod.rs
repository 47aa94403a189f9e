//! Residents that are made up, the same each time.

use jiff::civil::{Date, date};

use crate::clock::{SetClockError, store_day};
use crate::store::{Store, StoreError, Tx};

/// The day that the demonstration begins on.
const DEMO_DAY: Date = date(2026, 9, 14);

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
}

/// Fills a city that has no residents. One that has is left as it is.
pub async fn sow(store: &Store, seed: Seed) -> Result<(), SeedError> {
    store
        .write(move |tx| match (seed, is_empty(tx)?) {
            (Seed::Demo, true) => sow_demo(tx),
            (Seed::Demo, false) => Ok(()),
        })
        .await
}

fn is_empty(tx: &mut dyn Tx) -> Result<bool, StoreError> {
    Ok(tx.query_one("SELECT citizen_id FROM residents LIMIT 1", &[])?.is_none())
}

fn sow_demo(tx: &mut dyn Tx) -> Result<(), SeedError> {
    store_day(tx, DEMO_DAY)?;
    Ok(())
}
