//! Writes that can be repeated: a key is bound to its effect for ever.
//!
//! The answer is kept in the transaction of the effect, so there is never one without the other. Refusals
//! are not kept: what could not be done today may be possible tomorrow under the same key.

use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use citizen_api::TransactionId;
use citizen_api::problem::ProblemType;
use citizen_api::submission::IDEMPOTENCY_KEY;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::Refusal;
use super::json::{parse, read_json};
use crate::keys;
use crate::store::{StoreError, Tx, Value};

/// The header that marks an answer from memory.
pub const REPLAY: &str = "Idempotent-Replay";

/// A JSON body that came with an `Idempotency-Key`.
#[derive(Debug, Clone)]
pub struct Keyed<T> {
    /// The key.
    pub key: TransactionId,
    /// The digest of the body's bytes, by which a repetition is told from another request.
    pub request_sha256: String,
    /// The body.
    pub body: T,
}

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Keyed<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        let key = key(request.headers())?;
        let bytes = read_json(request, state).await?;
        Ok(Self { key, request_sha256: keys::sha256(&bytes), body: parse(&bytes)? })
    }
}

/// The `Idempotency-Key` of a request.
pub fn key(headers: &HeaderMap) -> Result<TransactionId, Refusal> {
    let missing = || {
        Refusal::new(
            ProblemType::IdempotencyKeyMissing,
            "请求缺少编号，没有办理。请升级应用后再试。",
            "The request has no Idempotency-Key (a UUID) and was not carried out. Update the app and try again.",
        )
    };
    let value = headers.get(IDEMPOTENCY_KEY).and_then(|value| value.to_str().ok()).ok_or_else(missing)?;
    value.parse().map_err(|_| missing())
}

/// The answer to a write: of now, or from memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    status: StatusCode,
    body: String,
    replayed: bool,
}

impl Answer {
    /// Whether it came from memory, and nothing happened this time.
    pub fn is_replayed(&self) -> bool {
        self.replayed
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let json = [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))];
        let mut response = (self.status, json, self.body).into_response();
        if self.replayed {
            response.headers_mut().insert(REPLAY, HeaderValue::from_static("true"));
        }
        response
    }
}

/// Answers from memory where the citizen's key is known, else runs `work` and remembers what it answers.
/// Belongs into the transaction of the effect.
pub fn replay_or_run<T: Serialize>(
    tx: &mut dyn Tx,
    citizen_id: &str,
    key: TransactionId,
    request_sha256: &str,
    work: impl FnOnce(&mut dyn Tx) -> Result<(StatusCode, T), Refusal>,
) -> Result<Answer, Refusal> {
    let owner = [citizen_id.into(), key.to_string().into()];
    if let Some(answer) = replay(tx, &owner, request_sha256)? {
        return Ok(answer);
    }
    let (status, body) = work(tx)?;
    let body = serde_json::to_string(&body).map_err(|_| StoreError::Unwritable)?;
    let [citizen_id, key] = owner;
    tx.execute(
        "INSERT INTO idempotency_keys (citizen_id, idempotency_key, request_sha256, status, body)
         VALUES ($1, $2, $3, $4, $5)",
        &[citizen_id, key, request_sha256.into(), u32::from(status.as_u16()).into(), body.as_str().into()],
    )?;
    Ok(Answer { status, body, replayed: false })
}

fn replay(tx: &mut dyn Tx, owner: &[Value; 2], request_sha256: &str) -> Result<Option<Answer>, Refusal> {
    let found = tx.query_one(
        "UPDATE idempotency_keys SET repeats = repeats + 1 WHERE citizen_id = $1 AND idempotency_key = $2
         RETURNING request_sha256, status, body",
        owner,
    )?;
    let Some(row) = found else { return Ok(None) };
    if row.text(0)? != request_sha256 {
        return Err(Refusal::new(
            ProblemType::IdempotencyKeyReused,
            "这个编号已经用在另一份内容上，没有再办。请重新填写后提交。",
            "This Idempotency-Key was used with another body before. Nothing was done; file it anew.",
        ));
    }
    let status = StatusCode::from_u16(row.number(1)?)
        .map_err(|_| StoreError::Column { column: 1, expected: "an HTTP status" })?;
    Ok(Some(Answer { status, body: row.text(2)?, replayed: true }))
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use citizen_api::TransactionId;
    use citizen_api::problem::ProblemType;

    use super::{Answer, replay_or_run};
    use crate::http::Refusal;
    use crate::store::Store;

    async fn run(
        store: &Store,
        citizen: &'static str,
        key: TransactionId,
        body: &'static str,
        effect: Result<&'static str, Refusal>,
    ) -> Result<Answer, Refusal> {
        let work = move |_: &mut dyn crate::store::Tx| effect.map(|said| (StatusCode::CREATED, said));
        store.write(move |tx| replay_or_run(tx, citizen, key, body, work)).await
    }

    #[tokio::test]
    async fn a_key_gives_its_first_effect_for_ever() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("city.db")).unwrap();
        let key = TransactionId::generate();

        let refused = run(&store, "a", key, "body", Err(Refusal::not_found())).await;
        assert_eq!(refused.unwrap_err(), Refusal::not_found());

        let first = run(&store, "a", key, "body", Ok("first")).await.unwrap();
        assert!(!first.is_replayed());
        let again = run(&store, "a", key, "body", Ok("second")).await.unwrap();
        assert!(again.is_replayed());
        assert_eq!((again.status, again.body), (first.status, first.body));

        let other_body = run(&store, "a", key, "other", Ok("third")).await.unwrap_err();
        assert_eq!(other_body.problem().kind, ProblemType::IdempotencyKeyReused);

        let other_citizen = run(&store, "b", key, "other", Ok("theirs")).await.unwrap();
        assert!(!other_citizen.is_replayed());
    }
}
