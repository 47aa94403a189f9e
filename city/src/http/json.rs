//! JSON bodies, refused as problems where they cannot be read.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use citizen_api::problem::ProblemType;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::Refusal;

/// A JSON body, of a request or of an answer.
#[derive(Debug, Clone, Copy)]
pub struct Json<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Json<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        let bytes = read_json(request, state).await?;
        parse(&bytes).map(Self)
    }
}

/// The bytes of a JSON body, for what is read more strictly than a request is.
#[derive(Debug, Clone)]
pub struct JsonBytes(pub Bytes);

impl<S: Send + Sync> FromRequest<S> for JsonBytes {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        read_json(request, state).await.map(Self)
    }
}

/// The bytes of a body that calls itself JSON.
pub(super) async fn read_json<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes, Refusal> {
    if !is_json(request.headers()) {
        return Err(Refusal::new(
            ProblemType::UnsupportedMediaType,
            "这里只收 JSON。请升级应用后再试。",
            "Only JSON is accepted here. Update the app and try again.",
        ));
    }
    Bytes::from_request(request, state).await.map_err(|rejection| match rejection.status().as_u16() {
        413 => Refusal::new(
            ProblemType::TooLarge,
            "内容太大，没有收下。照片请作为材料上传。",
            "Too large, and not taken. Upload photographs as files.",
        ),
        _ => Refusal::malformed(),
    })
}

/// Reads a body. What serde says of it is not passed on: it may repeat what the citizen wrote.
pub(super) fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Refusal> {
    serde_json::from_slice(bytes).map_err(|_| Refusal::malformed())
}

fn is_json(headers: &HeaderMap) -> bool {
    let named = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = named.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/json")
}

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        match serde_json::to_vec(&self.0) {
            Ok(body) => ([(header::CONTENT_TYPE, "application/json")], body).into_response(),
            Err(_) => {
                tracing::error!("an answer cannot be written as JSON");
                Refusal::internal().into_response()
            }
        }
    }
}
