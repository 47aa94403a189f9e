//! Lets a client finish its sentence.
//!
//! A refusal can be ready while the phone still sends. Were the rest of the body left unread, the connection
//! would be reset, and the phone would learn of a broken line instead of the reason. So the rest is read and
//! thrown away, for a little while, beside the answer.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use futures_util::StreamExt;
use http_body::{Frame, SizeHint};

/// How long the rest is read.
const PATIENCE: Duration = Duration::from_secs(5);

/// Makes the body of a request one that is read to its end.
pub(super) async fn linger(request: Request) -> Request {
    request.map(|body| Body::new(Lingering(Some(body))))
}

struct Lingering(Option<Body>);

impl HttpBody for Lingering {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        match &mut self.0 {
            Some(body) => Pin::new(body).poll_frame(context),
            None => Poll::Ready(None),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.0.as_ref().is_none_or(HttpBody::is_end_stream)
    }

    fn size_hint(&self) -> SizeHint {
        self.0.as_ref().map_or_else(SizeHint::default, HttpBody::size_hint)
    }
}

impl Drop for Lingering {
    fn drop(&mut self) {
        if let Some(body) = self.0.take().filter(|body| !body.is_end_stream()) {
            let mut rest = body.into_data_stream();
            let read = async move { while let Some(Ok(_)) = rest.next().await {} };
            tokio::spawn(tokio::time::timeout(PATIENCE, read));
        }
    }
}
