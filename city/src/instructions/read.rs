//! Whether the city has carried out an instruction: `GET /v1/instructions/{instruction_id}`.

use axum::extract::State;
use citizen_api::TransactionId;
use citizen_api::instruction::InstructionDone;
use citizen_api::problem::Problem;

use crate::http::{Citizen, City, Json, Path, Refusal};

/// What an instruction came to, as it was answered then: how a phone that lost the answer asks.
#[utoipa::path(
    get, path = "/v1/instructions/{instruction_id}", tag = "instructions",
    params(("instruction_id" = TransactionId, Path, description = "The instruction's transaction_id")),
    responses(
        (status = 200, description = "Carried out", body = InstructionDone),
        (status = 401, description = "Not signed in", body = Problem),
        (status = 404, description = "The city does not have it", body = Problem),
    ),
)]
pub(super) async fn done(
    State(city): State<City>,
    citizen: Citizen,
    Path(transaction_id): Path<TransactionId>,
) -> Result<Json<InstructionDone>, Refusal> {
    city.store
        .read(move |tx| {
            let row = tx.query_one(
                "SELECT kept.body FROM idempotency_keys AS kept
                 JOIN instructions AS done
                   ON done.citizen_id = kept.citizen_id AND done.transaction_id = kept.idempotency_key
                 WHERE kept.citizen_id = $1 AND kept.idempotency_key = $2",
                &[citizen.citizen_id.as_str().into(), transaction_id.to_string().into()],
            )?;
            Ok(Json(row.ok_or_else(Refusal::not_found)?.json(0)?))
        })
        .await
}
