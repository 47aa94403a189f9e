//! The document that a case is judged by: the version of the service that the citizen saw.

use citizen_api::ServiceId;
use citizen_api::catalogue::PublicService;
use jiff::Span;
use jiff::civil::Date;

use crate::store::{StoreError, Tx};

/// What a filing that names a version of a service may count on.
pub enum Offer {
    /// The version is accepted: the present one, or one before it in its time of grace.
    Accepted(Box<PublicService>),
    /// A later version took its place, and its time of grace is over.
    Outdated,
    /// The service, or this version of it, is not offered.
    NotOffered,
}

/// Whether a version of a service is accepted on that civil day.
pub fn offer(
    tx: &mut dyn Tx,
    service_id: &ServiceId,
    version: u32,
    today: Date,
) -> Result<Offer, StoreError> {
    let row = tx.query_one(
        "SELECT seen.document, seen.superseded_on, seen.grace_days FROM service_versions AS seen
         JOIN services AS present ON present.service_id = seen.service_id
         WHERE seen.service_id = $1 AND seen.version = $2 AND present.status = 'offered'",
        &[service_id.as_str().into(), version.into()],
    )?;
    let Some(row) = row else { return Ok(Offer::NotOffered) };
    if row.text(1)?.is_empty() {
        return Ok(Offer::Accepted(row.json(0)?));
    }
    let superseded_on: Date = row.parse(1)?;
    let last = superseded_on.saturating_add(Span::new().days(row.number::<i32>(2)?));
    Ok(if today > last { Offer::Outdated } else { Offer::Accepted(row.json(0)?) })
}

/// A version of a service, offered or withdrawn since.
pub fn version_of(
    tx: &mut dyn Tx,
    service_id: &ServiceId,
    version: u32,
) -> Result<Option<PublicService>, StoreError> {
    tx.query_one(
        "SELECT document FROM service_versions WHERE service_id = $1 AND version = $2",
        &[service_id.as_str().into(), version.into()],
    )?
    .map(|row| row.json(0))
    .transpose()
}

/// The present document of a service, offered or withdrawn since.
pub fn present(tx: &mut dyn Tx, service_id: &ServiceId) -> Result<Option<PublicService>, StoreError> {
    tx.query_one(
        "SELECT seen.document FROM services AS present
         JOIN service_versions AS seen ON seen.service_id = present.service_id AND seen.version = present.version
         WHERE present.service_id = $1",
        &[service_id.as_str().into()],
    )?
    .map(|row| row.json(0))
    .transpose()
}
