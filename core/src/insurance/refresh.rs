//! Asking the city for the account, and keeping what it says.

use citizen_api::insurance::InsuranceAccount;
use rusqlite::Transaction;

use super::{Insurance, InsuranceView};
use crate::Error;
use crate::mirror::{self, Kind, ONLY};
use crate::store::Sealer;

impl Insurance {
    /// Asks the city for the account as it stands. The copy on this device is replaced only by an answer.
    pub async fn refresh(&self) -> Result<InsuranceView, Error> {
        let account: InsuranceAccount = self.compartment.session().get_json("v1/insurance").await?;
        self.compartment.write(|tx, sealer| store(tx, sealer, &account))?;
        self.show()?.ok_or(Error::Internal { reason: "insurance-not-kept" })
    }
}

/// Keeps the account unless a copy that was posted later is there. Says whether anything is new.
pub(crate) fn store(
    tx: &Transaction<'_>,
    sealer: &Sealer,
    account: &InsuranceAccount,
) -> Result<bool, Error> {
    let kept = mirror::get::<InsuranceAccount>(tx, sealer, Kind::Insurance, ONLY)?;
    if kept.as_ref().is_some_and(|kept| kept.document.as_of > account.as_of) {
        return Ok(false);
    }
    mirror::put(tx, sealer, Kind::Insurance, ONLY, account)?;
    Ok(kept.is_none_or(|kept| kept.document != *account))
}
