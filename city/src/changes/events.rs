//! `GET /v1/changes/events`: an event stream that says nothing but that there is something to pull.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::{Query, State};
use axum::response::sse::{Event, KeepAlive, Sse};
use citizen_api::changes::CHANGED_EVENT;
use citizen_api::problem::Problem;
use futures_util::{Stream, StreamExt, stream};
use serde::Deserialize;

use super::pull::{last_sequence, place};
use super::topic;
use crate::http::{Citizen, City, Refusal};

/// How often a silent stream says that it is still there, so that no box on the way takes it for dead.
const KEEP_ALIVE: Duration = Duration::from_secs(20);

/// How long a stream is kept before the phone must show again that it is signed in.
const LONGEST: Duration = Duration::from_secs(10 * 60);

/// What the phone has seen already.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct FollowQuery {
    /// The cursor of the last page. Where there is something newer, the stream says so at once.
    #[serde(default)]
    after: Option<String>,
}

/// Says `changed` when there is something to pull. Ends after ten minutes at the latest, to be asked for anew.
#[utoipa::path(
    get,
    path = "/v1/changes/events",
    tag = "changes",
    params(FollowQuery),
    responses(
        (status = 200, description = "Events named `changed`, without content", content_type = "text/event-stream",
         body = String),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn follow_changes(
    State(city): State<City>,
    citizen: Citizen,
    query: Result<Query<FollowQuery>, axum::extract::rejection::QueryRejection>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Refusal> {
    let Query(query) = query.map_err(|_| Refusal::malformed())?;
    // Listening comes before looking, so nothing falls between the two.
    let listener = city.store.listen(&topic(&citizen.citizen_id));
    let newer = city.store.read(move |tx| {
        let after = place(tx, query.after.as_deref())?;
        Ok::<_, Refusal>(last_sequence(tx, &citizen.citizen_id)? != after.sequence)
    });
    let at_once = stream::iter(newer.await?.then_some(()));
    let later = stream::unfold(listener, |mut listener| async move {
        listener.heard().await;
        Some(((), listener))
    });
    let shutdown = city.shutdown.clone();
    let ended = async move {
        drop(tokio::time::timeout(LONGEST, shutdown.cancelled()).await);
    };
    let events = at_once.chain(later).map(|()| Ok(Event::default().event(CHANGED_EVENT).data("")));
    Ok(Sse::new(events.take_until(ended)).keep_alive(KeepAlive::new().interval(KEEP_ALIVE)))
}
