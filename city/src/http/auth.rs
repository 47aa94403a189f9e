//! Who asks: a citizen with an access token, or an officer with the office's.

use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;
use citizen_api::problem::ProblemType;
use citizen_api::{DeviceId, Text};

use super::{City, Refusal};
use crate::clock::machine_now;
use crate::keys;

/// The citizen that the access token stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citizen {
    /// Who; also the `sub` of the ID token.
    pub citizen_id: String,
    /// The sign-in that the token came of.
    pub session_id: String,
    /// The device that was registered with this sign-in, once it was.
    pub device_id: Option<DeviceId>,
}

impl FromRequestParts<City> for Citizen {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, city: &City) -> Result<Self, Refusal> {
        let token_sha256 = keys::sha256(bearer(parts)?.as_bytes());
        let found = city.store.read(move |tx| {
            tx.query_one(
                "SELECT s.citizen_id, s.session_id, s.device_id FROM access_tokens t
                 JOIN sessions s ON s.session_id = t.session_id
                 WHERE t.token_sha256 = $1 AND t.expires_at > $2 AND s.ended = 0",
                &[token_sha256.into(), machine_now().into()],
            )
        });
        let row = found.await?.ok_or_else(Refusal::sign_in_required)?;
        Ok(Self {
            citizen_id: row.text(0)?,
            session_id: row.text(1)?,
            device_id: row.optional_text(2)?.map(DeviceId),
        })
    }
}

/// An officer of the city.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Officer {
    /// Who, as citizens are told.
    pub name: Text,
    /// Of which office.
    pub department: Text,
}

impl FromRequestParts<City> for Officer {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, city: &City) -> Result<Self, Refusal> {
        if city.is_officer_token(bearer(parts)?) {
            return Ok(Self {
                name: Text::new("经办人员", "Officer on duty"),
                department: Text::new("义乌市政务服务中心", "Yiwu Government Service Centre"),
            });
        }
        Err(Refusal::new(
            ProblemType::Forbidden,
            "这一步只有经办人员能办。请用办公室的令牌。",
            "Only an officer can do this. Use the token of the office.",
        ))
    }
}

fn bearer(parts: &Parts) -> Result<&str, Refusal> {
    let value = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let (scheme, token) =
        value.and_then(|value| value.split_once(' ')).ok_or_else(Refusal::sign_in_required)?;
    if scheme.eq_ignore_ascii_case("Bearer") { Ok(token.trim()) } else { Err(Refusal::sign_in_required()) }
}
