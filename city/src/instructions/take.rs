//! Taking an instruction: `POST /v1/instructions`.

use axum::extract::State;
use axum::http::StatusCode;
use citizen_api::changes::Change;
use citizen_api::instruction::{Instruction, InstructionDone, InstructionReceipt, Told};
use citizen_api::jose::typ;
use citizen_api::problem::Problem;
use citizen_api::submission::SignedDocument;
use citizen_api::{Subject, TransactionId};
use jiff::Timestamp;

use crate::cases::document::{self, Origin};
use crate::http::idempotency::{Answer, Keyed, replay_or_run};
use crate::http::{Citizen, City, LatelySignedIn, Refusal};
use crate::keys::{SigningKey, sha256};
use crate::store::Tx;
use crate::{counters, courier, proactive};

/// Carries out what a citizen tells the city.
#[utoipa::path(
    post, path = "/v1/instructions", tag = "instructions", request_body = SignedDocument,
    params(("Idempotency-Key" = TransactionId, Header, description = "The instruction's transaction_id")),
    responses(
        (status = 200, description = "Carried out, now or before", body = InstructionDone),
        (status = 400, description = "Unreadable, or without a key", body = Problem),
        (status = 401, description = "Not signed in", body = Problem),
        (status = 404, description = "What it is about is not there, or not this citizen's", body = Problem),
        (status = 409, description = "Not in a state that allows this, or the seat is taken", body = Problem),
        (status = 413, description = "Too large", body = Problem),
        (status = 415, description = "Not JSON", body = Problem),
        (status = 422, description = "A part of it, a signature or the key is at fault", body = Problem),
    ),
)]
pub(super) async fn take(
    State(city): State<City>,
    LatelySignedIn(citizen): LatelySignedIn,
    keyed: Keyed<SignedDocument>,
) -> Result<Answer, Refusal> {
    let Keyed { key, request_sha256, body } = keyed;
    let (at, issuer) = (city.clock.now(), city.keys.issuer);
    city.store
        .write(move |tx| {
            replay_or_run(tx, &citizen.citizen_id, key, &request_sha256, |tx| {
                let done = carry_out(tx, &citizen, key, &body.document, &issuer, at)?;
                Ok((StatusCode::OK, done))
            })
        })
        .await
}

fn carry_out(
    tx: &mut dyn Tx,
    citizen: &Citizen,
    key: TransactionId,
    document: &str,
    issuer: &SigningKey,
    at: Timestamp,
) -> Result<InstructionDone, Refusal> {
    let citizen_id = citizen.citizen_id.as_str();
    let (device_id, instruction) = document::open::<Instruction>(tx, citizen_id, typ::INSTRUCTION, document)?;
    let origin = Origin {
        transaction_id: instruction.transaction_id,
        subject: &instruction.subject,
        device_id: &instruction.device_id,
    };
    document::check_origin(&origin, key, citizen_id, &device_id)?;
    let changes = act(tx, citizen_id, key, &instruction.what, at)?;
    tx.execute(
        "INSERT INTO instructions (citizen_id, transaction_id, document, received_at) VALUES ($1, $2, $3, $4)",
        &[citizen_id.into(), key.to_string().into(), document.into(), at.into()],
    )?;
    let receipt = InstructionReceipt {
        transaction_id: key,
        subject: Subject::from(citizen_id),
        document_sha256: sha256(document.as_bytes()),
        received_at: at,
    };
    Ok(InstructionDone { receipt: issuer.sign(typ::INSTRUCTION_RECEIPT, &receipt)?, changes })
}

/// Has the folder that it belongs to carry it out.
fn act(
    tx: &mut dyn Tx,
    citizen_id: &str,
    key: TransactionId,
    what: &Told,
    at: Timestamp,
) -> Result<Vec<Change>, Refusal> {
    match what {
        Told::DeclineOffer { offer_id } => proactive::decline(tx, citizen_id, *offer_id, at),
        Told::DisputeOffer { offer_id, note } => proactive::dispute(tx, citizen_id, *offer_id, note, at),
        Told::RedirectDelivery { delivery_id, to } => {
            courier::redirect(tx, citizen_id, *delivery_id, to).map(|change| vec![change])
        }
        Told::Book { counter_id, service_id, day, at: time } => {
            let place = counters::Place { counter_id, service_id, day: *day, time: *time };
            counters::book(tx, citizen_id, key, &place, at).map(|change| vec![change])
        }
        Told::CancelBooking { booking_id } => {
            counters::cancel(tx, citizen_id, *booking_id).map(|change| vec![change])
        }
    }
}
