//! `GET /v1/me`: who the access token stands for.

use axum::extract::State;
use citizen_api::Subject;
use citizen_api::identity::Me;

use crate::http::{Challenge, Citizen, City, Json, Refusal};

/// Who is signed in.
#[utoipa::path(
    get,
    path = "/v1/me",
    tag = "identity",
    responses((status = 200, body = Me), (status = 401, body = citizen_api::problem::Problem))
)]
pub(super) async fn me(State(city): State<City>, citizen: Citizen) -> Result<Json<Me>, Refusal> {
    load(&city, citizen).await.map(Json)
}

pub(super) async fn load(city: &City, citizen: Citizen) -> Result<Me, Refusal> {
    let found = city.store.read(move |tx| {
        let row = tx.query_one(
            "SELECT name, id_number, birth_date FROM residents WHERE citizen_id = $1",
            &[citizen.citizen_id.as_str().into()],
        )?;
        let Some(row) = row else { return Err(Refusal::challenge(Challenge::OtherToken)) };
        Ok(Me {
            subject: Subject(citizen.citizen_id),
            name: row.text(0)?,
            id_number: row.text(1)?,
            birth_date: row.parse(2)?,
        })
    });
    found.await
}
