//! What the city told us, kept to be shown without a network: cases, parcels, the insurance account, who the
//! person is, which cards are offered.
//!
//! Each document is sealed and carries when it was fetched. Nothing here was written by the person, so all of
//! it can be fetched again.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Transaction, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::Error;
use crate::store::{Place, Sealer, now_ms, timestamp};

/// What kind of document is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A case, by its id.
    Case,
    /// A parcel, by its id.
    Delivery,
    /// The insurance account; one.
    Insurance,
    /// A card that can be fetched, by its id.
    CredentialOffer,
    /// A card itself, bound to this phone's key, by its id.
    Card,
    /// A mandate, by its id.
    Mandate,
    /// Something done under a mandate, by its id.
    MandateAct,
    /// Something that the city has found for the person, by its id.
    Offer,
    /// A place booked at a counter, by its id.
    Booking,
    /// Who the person is; one.
    Profile,
    /// One reading of this person's records, by its place.
    RegisterRead,
    /// How many readings the city has; one.
    RegisterLog,
    /// How far the feed of changes has been read; one.
    Position,
}

/// The name of a document of which there is one.
pub(crate) const ONLY: &str = "only";

/// A kept document.
pub(crate) struct Kept<T> {
    pub(crate) document: T,
    /// When it was last fetched, by this device's clock.
    pub(crate) fetched_at: Timestamp,
}

impl Kind {
    fn as_str(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Delivery => "delivery",
            Self::Insurance => "insurance",
            Self::CredentialOffer => "credential_offer",
            Self::Card => "card",
            Self::Mandate => "mandate",
            Self::MandateAct => "mandate_act",
            Self::Offer => "offer",
            Self::Booking => "booking",
            Self::Profile => "profile",
            Self::RegisterRead => "register_read",
            Self::RegisterLog => "register_log",
            Self::Position => "position",
        }
    }
}

/// Keeps a document in the place of the one of that name.
pub(crate) fn put<T: Serialize>(
    tx: &Transaction<'_>,
    sealer: &Sealer,
    kind: Kind,
    name: &str,
    document: &T,
) -> Result<(), Error> {
    let last: Option<u64> = tx
        .query_row(
            "SELECT revision FROM mirror WHERE kind = ?1 AND name = ?2",
            [kind.as_str(), name],
            |row| row.get(0),
        )
        .optional()?;
    let revision = last.unwrap_or_default() + 1;
    let sealed = sealer.seal(&place(kind, name, revision), document)?;
    tx.execute(
        "INSERT INTO mirror (kind, name, revision, fetched_at, sealed) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (kind, name) DO UPDATE
         SET revision = excluded.revision, fetched_at = excluded.fetched_at, sealed = excluded.sealed",
        params![kind.as_str(), name, revision, now_ms(), sealed],
    )?;
    Ok(())
}

/// Keeps a document unless one of the same or a later revision is there. Says whether it is new.
pub(crate) fn put_newer<T: Serialize + DeserializeOwned>(
    tx: &Transaction<'_>,
    sealer: &Sealer,
    kind: Kind,
    name: &str,
    document: &T,
    revision: impl Fn(&T) -> u64,
) -> Result<bool, Error> {
    let kept = get::<T>(tx, sealer, kind, name)?;
    let is_new = kept.is_none_or(|kept| revision(&kept.document) < revision(document));
    if is_new {
        put(tx, sealer, kind, name, document)?;
    }
    Ok(is_new)
}

/// The document of that name, where there is one.
pub(crate) fn get<T: DeserializeOwned>(
    tx: &Transaction<'_>,
    sealer: &Sealer,
    kind: Kind,
    name: &str,
) -> Result<Option<Kept<T>>, Error> {
    let row = tx
        .query_row(
            "SELECT revision, fetched_at, sealed FROM mirror WHERE kind = ?1 AND name = ?2",
            [kind.as_str(), name],
            |row| Ok((row.get::<_, u64>(0)?, row.get::<_, i64>(1)?, row.get::<_, Vec<u8>>(2)?)),
        )
        .optional()?;
    row.map(|(revision, fetched_at, sealed)| {
        let document = sealer.open(&place(kind, name, revision), &sealed)?;
        Ok(Kept { document, fetched_at: timestamp(fetched_at)? })
    })
    .transpose()
}

/// Every document of a kind. Ids carry the time at which they were made, so the newest comes first.
pub(crate) fn all<T: DeserializeOwned>(
    tx: &Transaction<'_>,
    sealer: &Sealer,
    kind: Kind,
) -> Result<Vec<Kept<T>>, Error> {
    let mut statement = tx.prepare_cached(
        "SELECT name, revision, fetched_at, sealed FROM mirror WHERE kind = ?1 ORDER BY name DESC",
    )?;
    let rows = statement.query_map([kind.as_str()], |row| {
        Ok((
            row.get::<_, String>(0)?,
            row.get::<_, u64>(1)?,
            row.get::<_, i64>(2)?,
            row.get::<_, Vec<u8>>(3)?,
        ))
    })?;
    let mut kept = Vec::new();
    for row in rows {
        let (name, revision, fetched_at, sealed) = row?;
        let document = sealer.open(&place(kind, &name, revision), &sealed)?;
        kept.push(Kept { document, fetched_at: timestamp(fetched_at)? });
    }
    Ok(kept)
}

/// The newest document of a kind, without opening the others.
pub(crate) fn newest<T: DeserializeOwned>(
    tx: &Transaction<'_>,
    sealer: &Sealer,
    kind: Kind,
) -> Result<Option<Kept<T>>, Error> {
    let sql = "SELECT name FROM mirror WHERE kind = ?1 ORDER BY name DESC LIMIT 1";
    let name: Option<String> = tx.query_row(sql, [kind.as_str()], |row| row.get(0)).optional()?;
    name.map_or(Ok(None), |name| get(tx, sealer, kind, &name))
}

/// Forgets a document.
pub(crate) fn remove(tx: &Transaction<'_>, kind: Kind, name: &str) -> Result<(), Error> {
    tx.execute("DELETE FROM mirror WHERE kind = ?1 AND name = ?2", [kind.as_str(), name])?;
    Ok(())
}

/// The kind is part of the row's name, so that a case cannot be passed off as a parcel.
fn place(kind: Kind, name: &str, revision: u64) -> Place<'static> {
    let row = format!("{}/{name}", kind.as_str());
    Place { table: "mirror", row: row.into(), column: "sealed", revision }
}
