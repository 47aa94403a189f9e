//! The counters of the city: `GET /v1/counters`.

use citizen_api::counter::CounterList;
use citizen_api::problem::Problem;
use serde::Deserialize;

use super::data;
use crate::http::{Json, Query, Refusal};

/// Which list the phone has.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct After {
    #[serde(default)]
    after: String,
}

/// Every counter, where the phone has another list than the present one.
#[utoipa::path(
    get, path = "/v1/counters", tag = "counters",
    params(("after" = Option<String>, Query, description = "The version that is known; none for none")),
    responses(
        (status = 200, description = "The counters, or that nothing has changed", body = CounterList),
        (status = 400, description = "Unreadable", body = Problem),
    ),
)]
pub(super) async fn list(Query(After { after }): Query<After>) -> Result<Json<CounterList>, Refusal> {
    let version = data::version().to_owned();
    let counters = (after != version).then(|| data::all().to_vec());
    Ok(Json(CounterList { version, counters }))
}
