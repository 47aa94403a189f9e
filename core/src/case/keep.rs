//! Keeping a case, whichever way it came: with a receipt or through the feed.

use citizen_api::case::Case;
use rusqlite::Transaction;

use crate::Error;
use crate::mirror::{self, Kind};
use crate::store::Sealer;

/// Keeps a case unless a newer copy of it is there. Says whether anything is new.
pub(crate) fn store(tx: &Transaction<'_>, sealer: &Sealer, case: &Case) -> Result<bool, Error> {
    let name = case.case_id.to_string();
    let kept = mirror::get::<Case>(tx, sealer, Kind::Case, &name)?;
    let is_new = kept.as_ref().is_none_or(|kept| kept.document.revision < case.revision);
    // The same revision once more is kept too: it says that this still holds.
    if is_new || kept.is_some_and(|kept| kept.document.revision == case.revision) {
        mirror::put(tx, sealer, Kind::Case, &name, case)?;
    }
    Ok(is_new)
}
