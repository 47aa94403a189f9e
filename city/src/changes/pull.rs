//! `GET /v1/changes`: a page of a citizen's feed.

use axum::extract::{Query, State};
use citizen_api::changes::{Change, ChangesPage};
use citizen_api::problem::{Problem, ProblemType};
use serde::Deserialize;

use super::cursor::Place;
use crate::http::{Citizen, City, Json, Refusal};
use crate::store::{Row, StoreError, Tx};

/// How many changes a page has where the phone does not say.
const USUAL: u32 = 100;

/// How many changes a page has at most.
const MOST: u32 = 500;

/// Where to go on, and how far.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct PullQuery {
    /// The cursor of the last page; none to begin at the beginning.
    #[serde(default)]
    after: Option<String>,
    /// How many changes at most, up to 500.
    #[serde(default)]
    limit: Option<u32>,
}

/// Gives what changed for this person since a place, in the city's order.
#[utoipa::path(
    get,
    path = "/v1/changes",
    tag = "changes",
    params(PullQuery),
    responses(
        (status = 200, description = "A page of changes", body = ChangesPage),
        (status = 410, description = "Start over: the place is not known here", body = Problem,
         content_type = "application/problem+json"),
        (status = 401, description = "Not signed in", body = Problem, content_type = "application/problem+json"),
        (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn pull_changes(
    State(city): State<City>,
    citizen: Citizen,
    query: Result<Query<PullQuery>, axum::extract::rejection::QueryRejection>,
) -> Result<Json<ChangesPage>, Refusal> {
    let Query(query) = query.map_err(|_| Refusal::malformed())?;
    let limit = query.limit.unwrap_or(USUAL).clamp(1, MOST);
    city.store.read(move |tx| page(tx, &citizen.citizen_id, query.after.as_deref(), limit)).await.map(Json)
}

/// Reads a page.
fn page(tx: &mut dyn Tx, citizen_id: &str, after: Option<&str>, limit: u32) -> Result<ChangesPage, Refusal> {
    let after = place(tx, after)?;
    let mut rows = tx.query(
        "SELECT sequence, kind, body FROM changes WHERE citizen_id = $1 AND sequence > $2 ORDER BY sequence LIMIT $3",
        &[citizen_id.into(), after.sequence.into(), (limit + 1).into()],
    )?;
    let first = rows.first().map(|row| row.integer(0)).transpose()?;
    let missing = match first {
        // Places have no gaps: where the next one is not there, it is no longer kept.
        Some(first) => first != after.sequence.saturating_add(1),
        None => last_sequence(tx, citizen_id)? != after.sequence,
    };
    if missing {
        return Err(expired());
    }
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    let sequence = rows.last().map_or(Ok(after.sequence), |row| row.integer(0))?;
    let changes = rows.iter().map(change).collect::<Result<_, _>>()?;
    Ok(ChangesPage { changes, next: Place { sequence, ..after }.to_cursor(), more })
}

fn change(row: &Row) -> Result<Change, StoreError> {
    let body: serde_json::Value = row.json(2)?;
    let tagged = serde_json::json!({ "kind": row.text(1)?, "body": body });
    serde_json::from_value(tagged)
        .map_err(|_| StoreError::Column { column: 2, expected: "the body of a change of its kind" })
}

/// The place that a phone names; none is the beginning. One that this city never gave ends.
pub(super) fn place(tx: &mut dyn Tx, cursor: Option<&str>) -> Result<Place, Refusal> {
    let row = tx.query_one("SELECT epoch FROM change_epoch", &[])?;
    let epoch = row.ok_or(StoreError::Column { column: 0, expected: "the epoch of the feed" })?.text(0)?;
    match cursor {
        None => Ok(Place { epoch, sequence: 0 }),
        Some(cursor) => Place::of(cursor).filter(|place| place.epoch == epoch).ok_or_else(expired),
    }
}

/// How far a citizen's feed has come.
pub(super) fn last_sequence(tx: &mut dyn Tx, citizen_id: &str) -> Result<i64, StoreError> {
    let sql = "SELECT last_sequence FROM change_feeds WHERE citizen_id = $1";
    tx.query_one(sql, &[citizen_id.into()])?.map_or(Ok(0), |row| row.integer(0))
}

fn expired() -> Refusal {
    Refusal::new(
        ProblemType::CursorExpired,
        "手机上的进度太旧了，会从头再取一遍。您写的和没送出的都不受影响。",
        "The place your phone had reached is too old; it will start over. What you wrote and have not sent is \
         untouched.",
    )
}

#[cfg(test)]
mod tests {
    use citizen_api::changes::Change;
    use citizen_api::insurance::InsuranceAccount;
    use citizen_api::problem::ProblemType;

    use super::{ChangesPage, Refusal, page};
    use crate::changes::append;
    use crate::store::Store;

    fn account(year: i16) -> Change {
        let account = serde_json::json!({
            "scheme": {"zh": "居民", "en": "resident"}, "year": year, "current_year": 1, "earlier_years": 2, "as_of": "2026-11-23T01:00:00Z",
            "reimbursed_this_year": 0, "deductible_used": 0, "entries": [],
        });
        Change::Insurance(serde_json::from_value::<InsuranceAccount>(account).unwrap())
    }

    async fn store_with(changes: i16) -> (tempfile::TempDir, Store) {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("city.db")).unwrap();
        for year in 1..=changes {
            store.write(move |tx| append(tx, "wang", &account(year))).await.unwrap();
        }
        (folder, store)
    }

    async fn pull(
        store: &Store,
        who: &'static str,
        after: Option<&ChangesPage>,
        limit: u32,
    ) -> Result<ChangesPage, Refusal> {
        let after = after.map(|page| page.next.to_string());
        store.read(move |tx| page(tx, who, after.as_deref(), limit)).await
    }

    #[tokio::test]
    async fn pages_give_everything_once_in_order_and_say_when_there_is_more() {
        let (_folder, store) = store_with(3).await;
        let first = pull(&store, "wang", None, 2).await.unwrap();
        assert_eq!((first.changes.as_slice(), first.more), (&[account(1), account(2)][..], true));
        let second = pull(&store, "wang", Some(&first), 2).await.unwrap();
        assert_eq!((second.changes.as_slice(), second.more), (&[account(3)][..], false));
        let third = pull(&store, "wang", Some(&second), 2).await.unwrap();
        assert_eq!((third.changes.as_slice(), third.more), (&[][..], false));
        assert_eq!(third.next, second.next);
    }

    #[tokio::test]
    async fn another_persons_feed_is_another_feed() {
        let (_folder, store) = store_with(2).await;
        assert_eq!(pull(&store, "li", None, 9).await.unwrap().changes, []);
        store.write(|tx| append(tx, "li", &account(7))).await.unwrap();
        assert_eq!(pull(&store, "li", None, 9).await.unwrap().changes, [account(7)]);
    }

    #[tokio::test]
    async fn a_place_that_is_not_kept_or_never_was_ends() {
        let (_folder, store) = store_with(3).await;
        let first = pull(&store, "wang", None, 1).await.unwrap();
        let last = pull(&store, "wang", None, 9).await.unwrap();
        let prune = "DELETE FROM changes WHERE sequence <= 2";
        store.write(|tx| tx.execute(prune, &[])).await.unwrap();
        for (after, ended) in [(None, true), (Some(&first), true), (Some(&last), false)] {
            let pulled = pull(&store, "wang", after, 9).await;
            assert_eq!(pulled.is_err(), ended);
            assert!(pulled.err().is_none_or(|refusal| refusal.problem().kind == ProblemType::CursorExpired));
        }
        let (_folder, other_city) = store_with(3).await;
        assert!(pull(&other_city, "wang", Some(&last), 9).await.is_err());
        let (_folder, shorter) = store_with(0).await;
        assert!(pull(&shorter, "wang", Some(&last), 9).await.is_err());
    }
}
