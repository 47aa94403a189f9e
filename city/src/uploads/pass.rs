//! `POST /v1/uploads/{upload_id}/pass`: a pass for one upload, for the time in which the phone is locked.
//!
//! A phone that its person has locked holds no access token. With a pass, and a key that was made for nothing else, it sends
//! the rest of a file that the person had begun to send: `HEAD` and `PATCH` of that upload are all that it opens.

use axum::extract::{FromRequestParts, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use citizen_api::UploadId;
use citizen_api::jose::typ;
use citizen_api::problem::Problem;
use citizen_api::upload::{UploadPass, UploadPassRequest};
use serde::{Deserialize, Serialize};

use super::patch::Named;
use super::record;
use super::refused::Refused;
use crate::clock::machine_now;
use crate::http::{Challenge, Citizen, City, Json, Pass, Refusal};

/// How long a pass is good, in seconds: the rest of a file on the slowest line, and a night without any.
const LIFETIME: u32 = 24 * 60 * 60;

/// A thumbprint (RFC 7638) is this long.
const THUMBPRINT: usize = 43;

/// What a pass is for.
#[derive(Serialize, Deserialize)]
struct OneUpload {
    upload_id: UploadId,
}

/// Gives a pass for an upload of one's own, bound to the key of that thumbprint.
#[utoipa::path(
    post,
    path = "/v1/uploads/{upload_id}/pass",
    tag = "uploads",
    params(("upload_id" = UploadId, Path)),
    request_body = UploadPassRequest,
    responses(
        (status = 201, body = UploadPass),
        (status = 400, description = "Unreadable, or no thumbprint", body = Problem),
        (status = 401, description = "Not signed in", body = Problem),
        (status = 404, description = "No such upload, or another person's", body = Problem),
    )
)]
pub(super) async fn give_pass(
    State(city): State<City>,
    citizen: Citizen,
    Named(upload_id): Named,
    Json(UploadPassRequest { jkt }): Json<UploadPassRequest>,
) -> Result<(StatusCode, Json<UploadPass>), Response> {
    let refused = |refusal: Refusal| refusal.into_response();
    if jkt.len() != THUMBPRINT {
        return Err(refused(Refusal::malformed().at("/jkt")));
    }
    let citizen_id = citizen.citizen_id;
    let found = city.store.read(move |tx| record::find(tx, &citizen_id, upload_id, machine_now())).await;
    found
        .map_err(Refused::from)
        .and_then(|found| found.ok_or(Refused::NotFound))
        .map_err(Refused::into_response)?;
    let exp = machine_now() + i64::from(LIFETIME);
    let pass = Pass { sid: citizen.session_id, jkt, exp, what: OneUpload { upload_id } };
    let signed = city.keys.identity.sign(typ::UPLOAD_PASS, &pass);
    let pass = signed.map_err(|error| refused(error.into()))?;
    Ok((StatusCode::CREATED, Json(UploadPass { pass, expires_in: LIFETIME })))
}

/// Who adds to an upload that a request names: the citizen whose it is, or who holds a pass for it.
pub(super) struct Sender {
    pub(super) citizen_id: String,
    pub(super) upload_id: UploadId,
}

impl FromRequestParts<City> for Sender {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, city: &City) -> Result<Self, Response> {
        let shown = Pass::<OneUpload>::shown(parts, city, typ::UPLOAD_PASS).await;
        let shown = shown.map_err(IntoResponse::into_response)?;
        let named = Named::from_request_parts(parts, city).await;
        match shown {
            None => {
                let citizen = Citizen::from_request_parts(parts, city).await;
                let citizen = citizen.map_err(IntoResponse::into_response)?;
                Ok(Self::of(citizen, named.map_err(IntoResponse::into_response)?))
            }
            Some((pass, citizen_id)) if named.is_ok_and(|named| named.0 == pass.upload_id) => {
                Ok(Self { citizen_id, upload_id: pass.upload_id })
            }
            Some(_) => Err(Refusal::challenge(Challenge::OtherToken).into_response()),
        }
    }
}

impl Sender {
    /// The citizen, at the upload that is named.
    pub(super) fn of(citizen: Citizen, Named(upload_id): Named) -> Self {
        Self { citizen_id: citizen.citizen_id, upload_id }
    }
}
