//! The account as it was last told.

use citizen_api::insurance::InsuranceAccount;
use jiff::Timestamp;
use serde::Serialize;

use super::Insurance;
use crate::Error;
use crate::mirror::{self, Kind, ONLY};

/// The account as it is shown. `account.as_of` is how old the posting is, `fetched_at` how old the copy.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct InsuranceView {
    /// The account.
    #[serde(flatten)]
    pub account: InsuranceAccount,
    /// When it was last fetched, by this device's clock.
    pub fetched_at: Timestamp,
}

impl std::fmt::Debug for InsuranceView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("InsuranceView").finish_non_exhaustive()
    }
}

impl Insurance {
    /// The account on this device; none before it was fetched for the first time. Needs no network.
    pub fn show(&self) -> Result<Option<InsuranceView>, Error> {
        let kept = self.compartment.read(|tx, sealer| mirror::get(tx, sealer, Kind::Insurance, ONLY))?;
        Ok(kept.map(|kept| InsuranceView { account: kept.document, fetched_at: kept.fetched_at }))
    }
}
