//! Everything that the city did for a person: `GET /v1/officer/ledger?id_number=`.

mod evidence;

use axum::extract::State;
use citizen_api::officer::{
    Ledger, LedgerCredential, LedgerDelivery, LedgerPayout, LedgerSubmission, LedgerSupplement, LedgerUpload,
};
use citizen_api::problem::{Problem, ProblemType};
use citizen_api::submission::{Submission, SubmittedAttachment, Supplement};
use citizen_api::{AttachmentId, Fen};
use citizen_form::IdNumber;
use serde::Deserialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::cases::document::reread;
use crate::http::{City, Json, Officer, Query, Refusal};
use crate::mandates;
use crate::store::{StoreError, Tx, Value};
use crate::words::read_word;

/// Whose ledger.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Whose {
    id_number: String,
}

/// The routes of the ledger.
pub(crate) fn routes() -> OpenApiRouter<City> {
    OpenApiRouter::new().routes(routes!(ledger))
}

/// Everything that the city did for a person.
#[utoipa::path(
    get, path = "/v1/officer/ledger", tag = "officers",
    params(("id_number" = String, Query, description = "The person's ID number (GB 11643)")),
    responses(
        (status = 200, description = "The ledger", body = Ledger),
        (status = 400, description = "Without an ID number", body = Problem),
        (status = 401, description = "No token", body = Problem),
        (status = 403, description = "Not an officer's token", body = Problem),
        (status = 404, description = "Nobody has this ID number", body = Problem),
        (status = 422, description = "Not an ID number", body = Problem),
    ),
)]
pub async fn ledger(
    State(city): State<City>,
    _: Officer,
    Query(whose): Query<Whose>,
) -> Result<Json<Ledger>, Refusal> {
    let id_number = IdNumber::parse(&whose.id_number).map_err(|error| {
        let reason = error.reason();
        Refusal::new(ProblemType::InvalidIdNumber, reason.zh, reason.en)
    })?;
    city.store
        .read(move |tx| {
            let row = tx
                .query_one(
                    "SELECT citizen_id FROM residents WHERE id_number = $1",
                    &[id_number.as_str().into()],
                )?
                .ok_or_else(Refusal::not_found)?;
            Ok(Json(of(tx, &[row.text(0)?.into()])?))
        })
        .await
}

fn of(tx: &mut dyn Tx, citizen: &[Value]) -> Result<Ledger, StoreError> {
    Ok(Ledger {
        submissions: submissions(tx, citizen)?,
        supplements: supplements(tx, citizen)?,
        uploads: uploads(tx, citizen)?,
        payouts: payouts(tx, citizen)?,
        credentials: credentials(tx, citizen)?,
        deliveries: deliveries(tx, citizen)?,
        checks: evidence::checks(tx, citizen)?,
        disputes: evidence::disputes(tx, citizen)?,
        lookups: evidence::lookups(tx, citizen)?,
        mandate_acts: match citizen {
            [Value::Text(citizen_id)] => mandates::acts_of(tx, citizen_id)?,
            _ => Vec::new(),
        },
        repeats: repeats(tx, citizen)?,
    })
}

fn submissions(tx: &mut dyn Tx, citizen: &[Value]) -> Result<Vec<LedgerSubmission>, StoreError> {
    let rows = tx.query(
        "SELECT kept.transaction_id, kept.case_id, kept.document, made.status
         FROM submissions AS kept
         JOIN cases AS made ON made.citizen_id = kept.citizen_id AND made.case_id = kept.case_id
         WHERE kept.citizen_id = $1 ORDER BY kept.received_at, kept.transaction_id",
        citizen,
    )?;
    rows.iter()
        .map(|row| {
            let submission: Submission = reread(&row.text(2)?)?;
            Ok(LedgerSubmission {
                transaction_id: row.parse(0)?,
                case_id: row.parse(1)?,
                service_id: submission.service_id,
                by: submission.by,
                status: read_word(row, 3)?,
                answers: submission.answers,
                attachments: names(&submission.attachments),
                delivery: submission.delivery,
            })
        })
        .collect()
}

fn supplements(tx: &mut dyn Tx, citizen: &[Value]) -> Result<Vec<LedgerSupplement>, StoreError> {
    let rows = tx.query(
        "SELECT transaction_id, case_id, document FROM supplements
         WHERE citizen_id = $1 ORDER BY received_at, transaction_id",
        citizen,
    )?;
    rows.iter()
        .map(|row| {
            let supplement: Supplement = reread(&row.text(2)?)?;
            Ok(LedgerSupplement {
                transaction_id: row.parse(0)?,
                case_id: row.parse(1)?,
                by: supplement.by,
                attachments: names(&supplement.attachments),
            })
        })
        .collect()
}

fn names(files: &[SubmittedAttachment]) -> Vec<AttachmentId> {
    files.iter().map(|file| file.attachment_id).collect()
}

fn uploads(tx: &mut dyn Tx, citizen: &[Value]) -> Result<Vec<LedgerUpload>, StoreError> {
    let rows = tx.query(
        "SELECT attachment_id, length, received, CASE WHEN status = 'complete' THEN sha256 END
         FROM uploads WHERE citizen_id = $1
            OR case_id IN (SELECT case_id FROM cases WHERE citizen_id = $1) ORDER BY attachment_id",
        citizen,
    )?;
    rows.iter()
        .map(|row| {
            Ok(LedgerUpload {
                attachment_id: row.parse(0)?,
                length: row.number(1)?,
                offset: row.number(2)?,
                sha256: row.optional_text(3)?,
            })
        })
        .collect()
}

fn payouts(tx: &mut dyn Tx, citizen: &[Value]) -> Result<Vec<LedgerPayout>, StoreError> {
    let rows = tx.query(
        "SELECT case_id, amount_fen FROM payouts WHERE citizen_id = $1 ORDER BY paid_at, case_id",
        citizen,
    )?;
    rows.iter().map(|row| Ok(LedgerPayout { case_id: row.parse(0)?, amount: Fen(row.integer(1)?) })).collect()
}

fn credentials(tx: &mut dyn Tx, citizen: &[Value]) -> Result<Vec<LedgerCredential>, StoreError> {
    let rows = tx.query(
        "SELECT made.credential_id, made.kind,
                (SELECT COUNT(*) FROM credential_devices AS held
                 WHERE held.citizen_id = made.citizen_id AND held.credential_id = made.credential_id)
         FROM credentials AS made WHERE made.citizen_id = $1 ORDER BY made.issued_on, made.credential_id",
        citizen,
    )?;
    rows.iter()
        .map(|row| {
            Ok(LedgerCredential {
                credential_id: row.parse(0)?,
                kind: read_word(row, 1)?,
                devices: row.number(2)?,
            })
        })
        .collect()
}

fn deliveries(tx: &mut dyn Tx, citizen: &[Value]) -> Result<Vec<LedgerDelivery>, StoreError> {
    let rows = tx.query(
        "SELECT delivery_id, status FROM deliveries WHERE citizen_id = $1 ORDER BY opened_at, delivery_id",
        citizen,
    )?;
    rows.iter()
        .map(|row| Ok(LedgerDelivery { delivery_id: row.parse(0)?, status: read_word(row, 1)? }))
        .collect()
}

fn repeats(tx: &mut dyn Tx, citizen: &[Value]) -> Result<u64, StoreError> {
    let row = tx
        .query_one("SELECT COALESCE(SUM(repeats), 0) FROM idempotency_keys WHERE citizen_id = $1", citizen)?;
    row.map_or(Ok(0), |row| row.number(0))
}
