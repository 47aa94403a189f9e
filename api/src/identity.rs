//! Who is signed in, and on which device.

use serde::{Deserialize, Serialize};

use crate::{DeviceId, Subject};

/// The scope a phone asks for at login, beside `openid`.
pub const SCOPE: &str = "openid profile citizen";

/// The public client that the phone is to the identity provider (RFC 8252).
pub const CLIENT_ID: &str = "citizen-app";

/// `PUT /v1/devices/{device_id}`: registers the key that this phone signs with. Idempotent: the name of a
/// device is the thumbprint of its key.
///
/// A key is registered by whoever holds it and by nobody else: it signs a proof of this very request, for this method,
/// this address and this access token, as the key does that the token is bound to. On most phones the two are one key.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DeviceRegistration {
    /// The proof (RFC 9449) of the request by the key that is registered, which it names.
    pub proof: String,
    /// What the person would recognise the device by, such as `Linux terminal`.
    pub name: String,
}

/// A device as the city knows it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Device {
    /// The thumbprint of its key.
    pub device_id: DeviceId,
    /// What the person would recognise it by.
    pub name: String,
    /// When it was registered.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub registered_at: jiff::Timestamp,
}

/// `GET /v1/me`: who the access token stands for.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Me {
    /// The person, as the ID token names them.
    pub subject: Subject,
    /// Their name, as the population register has it.
    pub name: String,
    /// Their ID number (GB 11643).
    pub id_number: String,
    /// Their day of birth.
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub birth_date: jiff::civil::Date,
}

// What a device is called can name its owner.
hidden_debug!(Me, DeviceRegistration, Device);
