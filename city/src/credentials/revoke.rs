//! Taking a card back: `POST /v1/officer/credentials/{credential_id}/revoke`.

use axum::extract::State;
use citizen_api::CredentialId;
use citizen_api::changes::Change;
use citizen_api::credential::CredentialOffer;
use citizen_api::problem::Problem;

use super::record;
use crate::changes;
use crate::http::{City, Json, Officer, Path, Refusal};
use crate::store::Tx;

/// Takes a card back: from now on the status list says so.
#[utoipa::path(
    post, path = "/v1/officer/credentials/{credential_id}/revoke", tag = "officers",
    params(("credential_id" = CredentialId, Path, description = "The card")),
    responses(
        (status = 200, description = "Taken back, now or before", body = CredentialOffer),
        (status = 401, description = "No token", body = Problem),
        (status = 403, description = "Not an officer's token", body = Problem),
        (status = 404, description = "Not there", body = Problem),
    ),
)]
pub async fn revoke(
    State(city): State<City>,
    _: Officer,
    Path(credential_id): Path<CredentialId>,
) -> Result<Json<CredentialOffer>, Refusal> {
    city.store
        .write(move |tx| {
            end(tx, credential_id)?;
            let record = record::find(tx, credential_id)?.ok_or_else(Refusal::not_found)?;
            Ok(Json(record.offer))
        })
        .await
}

/// Ends a card that still holds, and gives what its holder's phones are told.
pub(crate) fn end(tx: &mut dyn Tx, credential_id: CredentialId) -> Result<Option<Change>, Refusal> {
    let record = record::find(tx, credential_id)?.ok_or_else(Refusal::not_found)?;
    if !record.offer.valid {
        return Ok(None);
    }
    tx.execute(
        "UPDATE credentials SET valid = 0 WHERE citizen_id = $1 AND credential_id = $2",
        &[(&record.citizen_id).into(), credential_id.to_string().into()],
    )?;
    let change = Change::Credential(CredentialOffer { valid: false, ..record.offer });
    changes::append(tx, &record.citizen_id, &change)?;
    Ok(Some(change))
}
