//! Taking a card back: `POST /v1/officer/credentials/{credential_id}/revoke`.

use axum::extract::State;
use citizen_api::CredentialId;
use citizen_api::changes::Change;
use citizen_api::credential::CredentialOffer;
use citizen_api::problem::Problem;

use super::record;
use crate::changes;
use crate::http::{City, Json, Officer, Path, Refusal};

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
            let record = record::find(tx, credential_id)?.ok_or_else(Refusal::not_found)?;
            let offer = CredentialOffer { valid: false, ..record.offer };
            if record.offer.valid {
                tx.execute(
                    "UPDATE credentials SET valid = 0 WHERE citizen_id = $1 AND credential_id = $2",
                    &[(&record.citizen_id).into(), credential_id.to_string().into()],
                )?;
                changes::append(tx, &record.citizen_id, &Change::Credential(offer.clone()))?;
            }
            Ok(Json(offer))
        })
        .await
}
