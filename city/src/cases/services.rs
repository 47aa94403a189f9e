//! The document that a case is judged by: the version of the service that the citizen saw.

use citizen_api::ServiceId;
use citizen_api::catalogue::PublicService;

use crate::store::{StoreError, Tx};

/// A version of a service that is still offered.
pub fn offered(
    tx: &mut dyn Tx,
    service_id: &ServiceId,
    version: u32,
) -> Result<Option<PublicService>, StoreError> {
    tx.query_one(
        "SELECT seen.document FROM service_versions AS seen
         JOIN services AS present ON present.service_id = seen.service_id
         WHERE seen.service_id = $1 AND seen.version = $2 AND present.status = 'offered'",
        &[service_id.as_str().into(), version.into()],
    )?
    .map(|row| row.json(0))
    .transpose()
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
