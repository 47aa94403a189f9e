//! How old what is shown is.

use jiff::Timestamp;
use serde::Serialize;

use super::Sync;
use super::pull::Position;
use crate::Error;
use crate::mirror::{self, Kind, ONLY};

/// How far this device has kept up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct SyncStatus {
    /// When the changes were last read, by this device's clock; none before the first time.
    pub last_pulled_at: Option<Timestamp>,
    /// When the insurance account was last fetched.
    pub insurance_fetched_at: Option<Timestamp>,
}

impl Sync {
    /// How far this device has kept up. Needs no network.
    pub fn status(&self) -> Result<SyncStatus, Error> {
        let position =
            self.compartment.read(|tx, sealer| mirror::get::<Position>(tx, sealer, Kind::Position, ONLY))?;
        let insurance = self.compartment.insurance().show()?;
        Ok(SyncStatus {
            last_pulled_at: position.map(|kept| kept.fetched_at),
            insurance_fetched_at: insurance.map(|view| view.fetched_at),
        })
    }
}
