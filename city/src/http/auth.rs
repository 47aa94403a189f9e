//! Who asks: a citizen with an access token, or an officer with the office's.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use citizen_api::jose::{Compact, Jwk};
use citizen_api::problem::ProblemType;
use citizen_api::{DeviceId, Text};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::dpop::{self, Asked, Fault, Proof};
use super::{Challenge, City, Refusal};
use crate::clock::machine_now;
use crate::keys;
use crate::store::{Row, StoreError};
use crate::uploads;

/// The citizen that the access token stands for. The request has proved that it comes from the phone that the token
/// was given to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citizen {
    /// Who; also the `sub` of the ID token.
    pub citizen_id: String,
    /// The sign-in that the token came of.
    pub session_id: String,
    /// The device that was registered with this sign-in, once it was.
    pub device_id: Option<DeviceId>,
    /// When the person signed in, by the machine's clock.
    signed_in_at: i64,
    /// The digest of the access token.
    ath: String,
}

impl FromRequestParts<City> for Citizen {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, city: &City) -> Result<Self, Refusal> {
        let token = token(&parts.headers, "DPoP")?;
        let ath = keys::sha256(token.as_bytes());
        let token_sha256 = ath.clone();
        let found = city.store.read(move |tx| {
            tx.query_one(
                "SELECT s.citizen_id, s.session_id, s.device_id, s.signed_in_at, s.jkt FROM access_tokens t
                 JOIN sessions s ON s.session_id = t.session_id
                 WHERE t.token_sha256 = $1 AND t.expires_at > $2 AND s.ended = 0",
                &[token_sha256.into(), machine_now().into()],
            )
        });
        let row: Row = found.await?.ok_or_else(|| Refusal::challenge(Challenge::OtherToken))?;
        prove_token(city, parts, &ath, &row.text(4)?).await?;
        Ok(Self {
            citizen_id: row.text(0)?,
            session_id: row.text(1)?,
            device_id: row.optional_text(2)?.map(DeviceId),
            signed_in_at: row.integer(3)?,
            ath,
        })
    }
}

impl Citizen {
    /// The key that a second proof of the same request is by. The first is by the key that the access token is bound to.
    pub(crate) async fn other_key(
        &self,
        city: &City,
        proof: &str,
        method: &Method,
        path: &str,
    ) -> Result<Jwk, Refusal> {
        match prove(city, Some(proof), method, path, Some(&self.ath)).await {
            Ok(proof) => Ok(proof.key),
            Err(Fault::Invalid) => Err(Refusal::unproved_key()),
            Err(fault) => Err(Fault::refusal(city)(fault)),
        }
    }
}

/// What the city gave a phone to do one thing with after its person has locked it. It keeps none of them: it knows them by
/// its signature. A pass ends with the sign-in that it came of.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Pass<T> {
    /// The sign-in.
    pub(crate) sid: String,
    /// The thumbprint of the key that it is bound to.
    pub(crate) jkt: String,
    /// When it ends, by the machine's clock.
    pub(crate) exp: i64,
    /// What it is for.
    #[serde(flatten)]
    pub(crate) what: T,
}

impl<T: DeserializeOwned> Pass<T> {
    /// The pass of a request, and the citizen whom it stands for; none where the request shows an access token. It is not yet
    /// known whether it is for what the request asks.
    pub(crate) async fn shown(parts: &Parts, city: &City, typ: &str) -> Result<Option<(T, String)>, Refusal> {
        let token = token(&parts.headers, "DPoP")?;
        // An access token has no parts.
        let Ok(document) = Compact::parse(token) else { return Ok(None) };
        let no = || Refusal::challenge(Challenge::OtherToken);
        keys::verify(&document, typ, city.keys.identity.public()).map_err(|_| no())?;
        let Self { sid, jkt, exp, what } = document.claims().map_err(|_| no())?;
        if machine_now() >= exp {
            return Err(no());
        }
        let sql = "SELECT citizen_id FROM sessions WHERE session_id = $1 AND ended = 0";
        let row = city.store.read(move |tx| tx.query_one(sql, &[sid.into()])).await?.ok_or_else(no)?;
        let ath = keys::sha256(token.as_bytes());
        prove_token(city, parts, &ath, &jkt).await?;
        Ok(Some((what, row.text(0)?)))
    }
}

/// How long ago, in seconds, a person may have signed in who binds themselves or is given a card.
const STEP_UP: i64 = 30 * 24 * 60 * 60;

/// A citizen who signed in not long ago, for what matters (RFC 9470). Who did so earlier is asked to do it again.
pub struct LatelySignedIn(pub Citizen);

impl FromRequestParts<City> for LatelySignedIn {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, city: &City) -> Result<Self, Refusal> {
        let citizen = Citizen::from_request_parts(parts, city).await?;
        match machine_now() - citizen.signed_in_at <= STEP_UP {
            true => Ok(Self(citizen)),
            false => Err(Refusal::challenge(Challenge::SignIn { max_age: STEP_UP })),
        }
    }
}

/// Judges whether a request proves that the token of that digest is its own: by the key of that thumbprint.
async fn prove_token(city: &City, parts: &Parts, ath: &str, jkt: &str) -> Result<(), Refusal> {
    let text = dpop::only(&parts.headers);
    let method = uploads::written(&parts.method, &parts.extensions);
    let proof = prove(city, text, method, parts.uri.path(), Some(ath)).await;
    match proof.map_err(Fault::refusal(city))?.jkt == jkt {
        true => Ok(()),
        false => Err(Refusal::challenge(Challenge::OtherToken)),
    }
}

/// Judges a proof of a request for a path and takes it, once.
pub(crate) async fn prove(
    city: &City,
    proof: Option<&str>,
    method: &Method,
    path: &str,
    ath: Option<&str>,
) -> Result<Proof, Fault> {
    let address = format!("{}{path}", city.base_url());
    let asked = Asked { method, address: &address, ath };
    let proof = Proof::read(proof.ok_or(Fault::Invalid)?, &asked, &city.keys.nonces, machine_now())?;
    let taken = city.store.write(move |tx| {
        let fresh = dpop::remember(tx, &proof)?;
        Ok::<_, StoreError>(fresh.then_some(proof))
    });
    match taken.await {
        Ok(proof) => proof.ok_or(Fault::Invalid),
        Err(error) => {
            tracing::error!(%error, "a proof could not be noted");
            Err(Fault::Unjudged)
        }
    }
}

impl Fault {
    /// The fault as the answer of a route that wants a token.
    fn refusal(city: &City) -> impl Fn(Self) -> Refusal {
        |fault| match fault {
            Self::Invalid => Refusal::challenge(Challenge::Proof),
            Self::Stale => Refusal::challenge(Challenge::Nonce(city.keys.nonces.give(machine_now()))),
            Self::Unjudged => Refusal::internal(),
        }
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
        if city.is_officer_token(officer_token(&parts.headers)?) {
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

/// The token of a request under a scheme. Of two, anyone could say which was meant.
fn token<'a>(headers: &'a HeaderMap, scheme: &str) -> Result<&'a str, Refusal> {
    let mut values = headers.get_all(header::AUTHORIZATION).iter();
    let (Some(value), None) = (values.next(), values.next()) else {
        return Err(Refusal::challenge(Challenge::Token));
    };
    match value.to_str().ok().and_then(|value| value.split_once(' ')) {
        Some((given, token)) if given.eq_ignore_ascii_case(scheme) => Ok(token.trim()),
        _ => Err(Refusal::challenge(Challenge::OtherToken)),
    }
}

/// The token that is shown to an officer's route; empty where it is shown under another scheme.
fn officer_token(headers: &HeaderMap) -> Result<&str, Refusal> {
    if !headers.contains_key(header::AUTHORIZATION) {
        return Err(Refusal::challenge(Challenge::Officer));
    }
    Ok(token(headers, "Bearer").unwrap_or_default())
}
