//! One line a request: method, the route's template, status, time. Never an address, a query or a body.

use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;

/// Logs a request after it was answered.
pub(super) async fn log_access(path: Option<MatchedPath>, request: Request, next: Next) -> Response {
    let (method, began) = (request.method().clone(), Instant::now());
    let response = next.run(request).await;
    let path = path.as_ref().map_or("(no route)", MatchedPath::as_str);
    let milliseconds = began.elapsed().as_millis();
    tracing::info!(%method, path, status = response.status().as_u16(), milliseconds, "answered");
    response
}
