//! What verifiers need: `GET /.well-known/jwt-vc-issuer` and `GET /v1/status-lists/{list_id}`. Public.

use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use citizen_api::credential::{IssuerMetadata, StatusListClaims};
use citizen_api::jose::{JwkSet, typ};
use citizen_api::problem::Problem;

use super::status_list as bits;
use crate::http::{City, Json, Path, Refusal};
use crate::store::{StoreError, Tx};

/// The one list that all cards share.
const LIST_ID: &str = "1";

/// The address of the status list.
pub(super) fn list_address(city: &City) -> String {
    format!("{}/v1/status-lists/{LIST_ID}", city.base_url())
}

/// Who issues cards, and with which keys.
#[utoipa::path(
    get, path = "/.well-known/jwt-vc-issuer", tag = "credentials",
    responses((status = 200, description = "The issuer", body = IssuerMetadata))
)]
pub async fn issuer(State(city): State<City>) -> Json<IssuerMetadata> {
    Json(IssuerMetadata {
        issuer: city.base_url().to_owned(),
        jwks: JwkSet { keys: vec![city.keys.issuer.public().clone()] },
        status_lists: vec![list_address(&city)],
    })
}

/// The status of every card, as a compact signed document.
#[utoipa::path(
    get, path = "/v1/status-lists/{list_id}", tag = "credentials",
    params(("list_id" = String, Path, description = "The list")),
    responses(
        (status = 200, description = "The list", body = String, content_type = "application/statuslist+jwt"),
        (status = 404, description = "No such list", body = Problem),
    )
)]
pub async fn status_list(
    State(city): State<City>,
    Path(list_id): Path<String>,
) -> Result<impl IntoResponse, Refusal> {
    if list_id != LIST_ID {
        return Err(Refusal::not_found());
    }
    let (highest, revoked) = city.store.read(statuses).await?;
    let claims = StatusListClaims {
        sub: list_address(&city),
        iat: city.clock.now().as_second(),
        status_list: bits::status_list(highest, &revoked),
    };
    let signed = city.keys.issuer.sign(typ::STATUS_LIST, &claims)?;
    Ok(([(header::CONTENT_TYPE, "application/statuslist+jwt")], signed))
}

/// The highest place that is given out, and the places whose cards no longer hold.
fn statuses(tx: &mut dyn Tx) -> Result<(u64, Vec<u64>), StoreError> {
    let highest = tx.query_one("SELECT COALESCE(MAX(status_index), 0) FROM credentials", &[])?;
    let highest = highest.map_or(Ok(0), |row| row.number(0))?;
    let revoked =
        tx.query("SELECT status_index FROM credentials WHERE valid = 0 ORDER BY status_index", &[])?;
    let revoked = revoked.iter().map(|row| row.number(0)).collect::<Result<_, _>>()?;
    Ok((highest, revoked))
}
