//! The feed and its event stream over the wire.

use citizen_api::changes::{Change, ChangesPage};
use city::changes::append;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::{Town, about};

async fn change(town: &Town, who: &'static str) {
    let account = serde_json::json!({
        "kind": "insurance",
        "body": {
            "scheme": {"zh": "居民", "en": "resident"}, "year": 2026, "current_year": 1, "earlier_years": 2,
            "as_of": "2026-11-23T01:00:00Z", "reimbursed_this_year": 0, "entries": [],
        },
    });
    let change: Change = serde_json::from_value(account).unwrap();
    town.city.store.write(move |tx| append(tx, who, &change)).await.unwrap();
}

async fn pull(town: &Town, who: &str, query: &str) -> ChangesPage {
    let reply = town.send(&about("GET", &format!("/v1/changes{query}"), who, &[])).await;
    assert_eq!(reply.status, 200);
    serde_json::from_slice(&reply.body).unwrap()
}

/// Follows a feed; gives the stream after its head.
async fn follow(town: &Town, who: &str, query: &str) -> TcpStream {
    let mut stream = TcpStream::connect(town.address).await.unwrap();
    let path = format!("/v1/changes/events{query}");
    stream.write_all(&about("GET", &path, who, &[])).await.unwrap();
    read_past(&mut stream, "\r\n\r\n").await;
    stream
}

/// Reads until a text has come.
async fn read_past(stream: &mut TcpStream, end: &str) {
    let mut seen = Vec::new();
    while !seen.ends_with(end.as_bytes()) {
        seen.push(stream.read_u8().await.unwrap());
    }
}

#[tokio::test]
async fn a_follower_hears_at_once_what_is_newer_and_then_each_change() {
    let town = Town::open().await;
    let (who, other) = (town.sign_in("wang").await, town.sign_in("li").await);
    change(&town, who).await;
    let mut stream = follow(&town, who, "").await;
    read_past(&mut stream, "event: changed\n").await;
    let next = pull(&town, who, "").await.next;
    let mut stream = follow(&town, who, &format!("?after={next}")).await;
    change(&town, other).await;
    change(&town, who).await;
    read_past(&mut stream, "event: changed\n").await;
    let page = pull(&town, who, &format!("?after={next}&limit=1")).await;
    assert_eq!((page.changes.len(), page.more), (1, false));
}

#[tokio::test]
async fn a_stream_ends_when_the_city_stops() {
    let town = Town::open().await;
    let who = town.sign_in("wang").await;
    let mut stream = follow(&town, who, "").await;
    let town = town.reopen().await;
    let mut rest = Vec::new();
    stream.read_to_end(&mut rest).await.unwrap();
    assert_eq!(pull(&town, who, "").await.changes, []);
}

#[tokio::test]
async fn a_cursor_of_another_city_ends_with_410() {
    let (town, other) = (Town::open().await, Town::open().await);
    let who = town.sign_in("wang").await;
    other.sign_in("wang").await;
    change(&town, who).await;
    let next = pull(&town, who, "").await.next;
    for query in [format!("?after={next}"), "?after=nonsense".to_owned()] {
        assert_eq!(other.send(&about("GET", &format!("/v1/changes{query}"), who, &[])).await.status, 410);
        assert_eq!(
            other.send(&about("GET", &format!("/v1/changes/events{query}"), who, &[])).await.status,
            410
        );
    }
    assert_eq!(town.send(&about("GET", "/v1/changes?limit=many", who, &[])).await.status, 400);
}
