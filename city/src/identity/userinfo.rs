//! `GET /userinfo`: the claims that the app asked to see.

use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::me;
use crate::http::{Citizen, City, Json, Refusal};

/// Claims about the person (OpenID Connect Core, 5.1).
#[derive(Serialize, ToSchema)]
pub(super) struct UserInfo {
    sub: String,
    name: String,
    birthdate: String,
}

/// Who is signed in, in the words of OpenID Connect.
#[utoipa::path(
    get,
    path = "/userinfo",
    tag = "identity",
    responses((status = 200, body = UserInfo), (status = 401, body = citizen_api::problem::Problem))
)]
pub(super) async fn userinfo(State(city): State<City>, citizen: Citizen) -> Result<Json<UserInfo>, Refusal> {
    let me = me::load(&city, citizen).await?;
    Ok(Json(UserInfo { sub: me.subject.0, name: me.name, birthdate: me.birth_date.to_string() }))
}
