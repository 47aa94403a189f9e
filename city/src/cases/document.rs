//! Documents that a citizen's device signed: taken apart, verified, and their claims believed.

use citizen_api::jose::{Compact, Jwk};
use citizen_api::problem::ProblemType;
use citizen_api::{DeviceId, Subject, TransactionId};
use serde::de::DeserializeOwned;

use crate::http::Refusal;
use crate::keys::verify;
use crate::store::{StoreError, Tx};

/// What every signed document says of itself.
pub struct Origin<'a> {
    /// Made before the network was touched.
    pub transaction_id: TransactionId,
    /// Who signed.
    pub subject: &'a Subject,
    /// On which device.
    pub device_id: &'a DeviceId,
}

/// Reads a document of a type, signed by a registered device of this citizen.
///
/// The device is looked up by the `kid` of the header, so a document of a device that is not registered for
/// this very citizen is refused before its claims are read.
pub fn open<T: DeserializeOwned>(
    tx: &mut dyn Tx,
    citizen_id: &str,
    typ: &str,
    document: &str,
) -> Result<(DeviceId, T), Refusal> {
    let compact = Compact::parse(document).map_err(|_| unreadable())?;
    let device_id = DeviceId(compact.header.kid.clone().ok_or_else(invalid_signature)?);
    let key = device_key(tx, citizen_id, &device_id)?.ok_or_else(invalid_signature)?;
    verify(&compact, typ, &key).map_err(|_| invalid_signature())?;
    let claims = compact.claims().map_err(|_| unreadable())?;
    Ok((device_id, claims))
}

/// Checks that a document is the one this request, this citizen and this device are about.
pub fn check_origin(
    origin: &Origin<'_>,
    key: TransactionId,
    citizen_id: &str,
    device_id: &DeviceId,
) -> Result<(), Refusal> {
    let fits = origin.transaction_id == key
        && origin.subject.as_str() == citizen_id
        && origin.device_id == device_id;
    fits.then_some(()).ok_or_else(invalid_signature)
}

/// The claims of a document that was verified when it came in.
pub fn reread<T: DeserializeOwned>(document: &str) -> Result<T, StoreError> {
    Compact::parse(document)
        .and_then(|compact| compact.claims())
        .map_err(|_| StoreError::Column { column: 0, expected: "a signed document" })
}

/// The key of a registered device of this citizen; none where it was revoked.
pub fn device_key(
    tx: &mut dyn Tx,
    citizen_id: &str,
    device_id: &DeviceId,
) -> Result<Option<Jwk>, StoreError> {
    tx.query_one(
        "SELECT public_key FROM devices WHERE citizen_id = $1 AND device_id = $2 AND revoked_at = ''",
        &[citizen_id.into(), device_id.as_str().into()],
    )?
    .map(|row| row.json(0))
    .transpose()
}

/// What is said of a document that this citizen's device did not sign, or that is about something else.
pub fn invalid_signature() -> Refusal {
    Refusal::new(
        ProblemType::InvalidSignature,

            "签名和您登记的设备对不上。请在本机重新登录后再试。",
            "The signature does not belong to a device that you registered. Please sign in again on this device and retry.",
        )
    .at("/document")
}

fn unreadable() -> Refusal {
    Refusal::new(
        ProblemType::MalformedRequest,
        "发来的内容读不出来。请把应用更新到最新版再试。",
        "What was sent cannot be read. Please update the app and try again.",
    )
    .at("/document")
}
