//! The devices that a citizen signs with.

use axum::extract::{Path, State};
use axum::http::Method;
use citizen_api::DeviceId;
use citizen_api::identity::{Device, DeviceRegistration};
use citizen_api::jose::Jwk;
use citizen_api::problem::{Problem, ProblemType};

use crate::http::{Citizen, City, Json, Refusal};
use crate::keys;
use crate::store::{StoreError, Tx, Value};

/// The longest name of a device, in characters.
const NAME_LENGTH: usize = 100;

/// The key of a citizen's device, where it is registered and was not revoked.
pub fn public_key(
    tx: &mut dyn Tx,
    citizen_id: &str,
    device_id: &DeviceId,
) -> Result<Option<Jwk>, StoreError> {
    let row = tx.query_one(
        "SELECT public_key FROM devices WHERE citizen_id = $1 AND device_id = $2 AND revoked_at = ''",
        &[citizen_id.into(), device_id.as_str().into()],
    )?;
    row.map(|row| row.json(0)).transpose()
}

/// Registers the key that a phone signs with, which has to sign for it, and ties the sign-in to it. Doing it again does no harm; a phone that was
/// revoked and found again is registered by a new sign-in.
#[utoipa::path(
    put,
    path = "/v1/devices/{device_id}",
    tag = "identity",
    params(("device_id" = String, Path, description = "The thumbprint of the key (RFC 7638)")),
    request_body = DeviceRegistration,
    responses(
        (status = 200, body = Device),
        (status = 400, body = Problem),
        (status = 401, body = Problem),
        (status = 422, description = "The key did not sign for this", body = Problem)
    )
)]
pub(super) async fn register_device(
    State(city): State<City>,
    citizen: Citizen,
    Path(device_id): Path<String>,
    Json(DeviceRegistration { name, proof }): Json<DeviceRegistration>,
) -> Result<Json<Device>, Refusal> {
    if name.chars().count() > NAME_LENGTH {
        return Err(Refusal::new(
            ProblemType::MalformedRequest,
            format!("设备名称最多 {NAME_LENGTH} 个字，请改短一点。"),
            format!("A device's name has at most {NAME_LENGTH} characters. Choose a shorter one."),
        )
        .at("/name"));
    }
    let key = citizen.other_key(&city, &proof, &Method::PUT, &format!("/v1/devices/{device_id}")).await?;
    if keys::thumbprint(&key).as_str() != device_id {
        return Err(Refusal::unproved_key());
    }
    let now = city.clock.now();
    let work = move |tx: &mut dyn Tx| -> Result<Device, StoreError> {
        let row = tx.query_one(
            "INSERT INTO devices (citizen_id, device_id, public_key, name, registered_at)
             VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (citizen_id, device_id) DO UPDATE SET name = excluded.name, revoked_at = ''
             RETURNING registered_at",
            &[
                citizen.citizen_id.into(),
                device_id.as_str().into(),
                Value::json(&key)?,
                name.as_str().into(),
                now.into(),
            ],
        )?;
        tx.execute(
            "UPDATE sessions SET device_id = $2 WHERE session_id = $1",
            &[citizen.session_id.into(), device_id.as_str().into()],
        )?;
        let registered_at = row.map(|row| row.parse(0)).transpose()?.unwrap_or(now);
        Ok(Device { device_id: DeviceId(device_id), name, registered_at })
    };
    Ok(Json(city.store.write(work).await?))
}

/// The devices of the person who is signed in, oldest first.
#[utoipa::path(
    get,
    path = "/v1/devices",
    tag = "identity",
    responses((status = 200, body = Vec<Device>), (status = 401, body = Problem))
)]
pub(super) async fn list_devices(
    State(city): State<City>,
    citizen: Citizen,
) -> Result<Json<Vec<Device>>, Refusal> {
    let devices = city.store.read(move |tx| registered(tx, &citizen.citizen_id)).await?;
    Ok(Json(devices))
}

/// Revokes a device that was lost: nothing that it signs counts any more, and every sign-in on it is over. Doing it again
/// does no harm.
#[utoipa::path(
    delete,
    path = "/v1/devices/{device_id}",
    tag = "identity",
    params(("device_id" = String, Path, description = "The thumbprint of its key (RFC 7638)")),
    responses(
        (status = 200, description = "Revoked; the devices that are left", body = Vec<Device>),
        (status = 401, body = Problem),
        (status = 404, description = "No device of this person", body = Problem)
    )
)]
pub(super) async fn revoke_device(
    State(city): State<City>,
    citizen: Citizen,
    Path(device_id): Path<String>,
) -> Result<Json<Vec<Device>>, Refusal> {
    let now = city.clock.now();
    let work = move |tx: &mut dyn Tx| -> Result<Vec<Device>, Refusal> {
        let device: [Value; 2] = [citizen.citizen_id.as_str().into(), device_id.as_str().into()];
        let [who, which] = device.clone();
        let revoked = tx.execute(
            "UPDATE devices SET revoked_at = CASE WHEN revoked_at = '' THEN $3 ELSE revoked_at END
             WHERE citizen_id = $1 AND device_id = $2",
            &[who, which, now.into()],
        )?;
        if revoked == 0 {
            return Err(Refusal::not_found());
        }
        tx.execute("UPDATE sessions SET ended = 1 WHERE citizen_id = $1 AND device_id = $2", &device)?;
        Ok(registered(tx, &citizen.citizen_id)?)
    };
    Ok(Json(city.store.write(work).await?))
}

fn registered(tx: &mut dyn Tx, citizen_id: &str) -> Result<Vec<Device>, StoreError> {
    let rows = tx.query(
        "SELECT device_id, name, registered_at FROM devices WHERE citizen_id = $1 AND revoked_at = ''
         ORDER BY registered_at, device_id",
        &[citizen_id.into()],
    )?;
    let read = |row: &crate::store::Row| {
        Ok(Device { device_id: DeviceId(row.text(0)?), name: row.text(1)?, registered_at: row.parse(2)? })
    };
    rows.iter().map(read).collect()
}
