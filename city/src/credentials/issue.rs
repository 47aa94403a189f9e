//! Issuing a card to a phone: `POST /v1/credentials/{credential_id}/issue`.
//!
//! The card is bound to the key of the phone that asks. Asking again with the same phone gives a card that
//! says the same with other salts: nothing is used up, so a lost answer is asked for again.

use axum::extract::State;
use citizen_api::credential::{
    Confirmation, CredentialClaims, IssueProof, IssueRequest, IssuedCredential, StatusClaim, StatusReference,
    VCT_PREFIX, disclosed,
};
use citizen_api::jose::{Jwk, typ};
use citizen_api::problem::{Problem, ProblemType};
use citizen_api::{CredentialId, DeviceId};
use jiff::Timestamp;
use jiff::civil::Date;
use ring::rand::SystemRandom;

use super::publish::list_address;
use super::record::{self, CredentialRecord};
use super::sd_jwt::{Disclosure, compact, digests};
use crate::cases::document;
use crate::clock::{CHINA, machine_now};
use crate::http::{City, Json, LatelySignedIn, Path, Refusal};
use crate::store::{StoreError, Tx};
use crate::words::word;

/// How far a proof's time may lie from the machine's clock, in seconds: phones' clocks are not exact.
const PROOF_WINDOW: i64 = 300;

/// Issues a card to a phone.
#[utoipa::path(
    post, path = "/v1/credentials/{credential_id}/issue", tag = "credentials", request_body = IssueRequest,
    params(("credential_id" = CredentialId, Path, description = "The card")),
    responses(
        (status = 200, description = "The card, bound to this phone", body = IssuedCredential),
        (status = 400, description = "Unreadable", body = Problem),
        (status = 401, description = "Not signed in", body = Problem),
        (status = 404, description = "Not there, or not this citizen's", body = Problem),
        (status = 409, description = "The card no longer holds", body = Problem),
        (status = 415, description = "Not JSON", body = Problem),
        (status = 422, description = "The proof does not fit", body = Problem),
    ),
)]
pub async fn issue(
    State(city): State<City>,
    LatelySignedIn(citizen): LatelySignedIn,
    Path(credential_id): Path<CredentialId>,
    Json(body): Json<IssueRequest>,
) -> Result<Json<IssuedCredential>, Refusal> {
    let (store, at) = (city.store.clone(), city.clock.now());
    store
        .write(move |tx| {
            let record = record::find(tx, credential_id)?
                .filter(|record| record.citizen_id == citizen.citizen_id)
                .ok_or_else(Refusal::not_found)?;
            let (device_id, key) = prove(tx, &city, &record, &body.proof)?;
            if !record.offer.valid {
                return Err(no_longer_valid());
            }
            let credential = make(tx, &city, &record, key, at)?;
            keep(tx, &record, &device_id, at)?;
            Ok(Json(IssuedCredential { credential }))
        })
        .await
}

/// Checks that a registered device of this citizen asks for this card of this issuer, now.
fn prove(
    tx: &mut dyn Tx,
    city: &City,
    record: &CredentialRecord,
    proof: &str,
) -> Result<(DeviceId, Jwk), Refusal> {
    let (device_id, claims) = document::open::<IssueProof>(tx, &record.citizen_id, typ::ISSUE_PROOF, proof)
        .map_err(|refusal| {
        if refusal.problem().pointer.is_some() { refusal.at("/proof") } else { refusal }
    })?;
    let fits = claims.aud == city.base_url()
        && claims.credential_id == record.offer.credential_id
        && claims.iat.abs_diff(machine_now()) <= PROOF_WINDOW.unsigned_abs();
    let key = document::device_key(tx, &record.citizen_id, &device_id)?;
    match key {
        Some(key) if fits => Ok((device_id, Jwk { kid: None, ..key })),
        _ => Err(stale_proof()),
    }
}

fn make(
    tx: &mut dyn Tx,
    city: &City,
    record: &CredentialRecord,
    key: Jwk,
    at: Timestamp,
) -> Result<String, Refusal> {
    let disclosures = disclose(tx, record)?;
    let kind = word(&record.offer.kind)?;
    let crate::store::Value::Text(kind) = kind else { return Err(Refusal::internal()) };
    let claims = CredentialClaims {
        iss: city.base_url().to_owned(),
        iat: at.as_second(),
        exp: end_of(record.ends_on)?.as_second(),
        vct: format!("{VCT_PREFIX}{kind}"),
        cnf: Confirmation { jwk: key },
        status: StatusClaim {
            status_list: StatusReference { idx: record.status_index, uri: list_address(city) },
        },
        sd: digests(&disclosures),
    };
    let signed = city.keys.issuer.sign(typ::CREDENTIAL, &claims)?;
    Ok(compact(&signed, &disclosures))
}

/// What the card says of its holder, as the population register has it.
fn disclose(tx: &mut dyn Tx, record: &CredentialRecord) -> Result<Vec<Disclosure>, Refusal> {
    let holder = tx
        .query_one(
            "SELECT name, birth_date FROM residents WHERE citizen_id = $1",
            &[(&record.citizen_id).into()],
        )?
        .ok_or_else(Refusal::not_found)?;
    let claims = [
        (disclosed::NAME, holder.text(0)?),
        (disclosed::BIRTH_DATE, holder.text(1)?),
        (disclosed::CARD_NUMBER, record.card_number.clone()),
    ];
    let random = SystemRandom::new();
    claims
        .iter()
        .map(|(name, value)| Disclosure::new(name, value, &random).map_err(|_| Refusal::internal()))
        .collect()
}

/// The last moment of a day.
fn end_of(day: Date) -> Result<Timestamp, Refusal> {
    CHINA.to_timestamp(day.at(23, 59, 59, 0)).map_err(|_| Refusal::internal())
}

fn keep(
    tx: &mut dyn Tx,
    record: &CredentialRecord,
    device_id: &DeviceId,
    at: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO credential_devices (citizen_id, credential_id, device_id, issued_at)
         VALUES ($1, $2, $3, $4) ON CONFLICT (citizen_id, credential_id, device_id) DO NOTHING",
        &[
            (&record.citizen_id).into(),
            record.offer.credential_id.to_string().into(),
            device_id.as_str().into(),
            at.into(),
        ],
    )?;
    Ok(())
}

fn no_longer_valid() -> Refusal {
    Refusal::new(
        ProblemType::WrongState,
        "这张证已经失效，不能再下载。请看一看有没有换发的新证。",
        "This card no longer holds and cannot be fetched. Please look whether a new one has taken its place.",
    )
}

fn stale_proof() -> Refusal {
    Refusal::new(
        ProblemType::InvalidSignature,
        "领取证照的凭据对不上或者过期了。请核对手机的时间，再试一次。",
        "The proof for fetching the card does not fit or is too old. Please check the phone's clock and try again.",
    )
    .at("/proof")
}
