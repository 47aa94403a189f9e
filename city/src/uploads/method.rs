//! `X-HTTP-Method-Override`: for clients behind boxes that let only some methods through.

use axum::extract::Request;
use axum::http::{Extensions, Method};

/// The method that a request came with, where a header names another. Its proof is for what went over the wire.
#[derive(Clone)]
struct Written(Method);

/// Takes the method that the header names for the method of a request about an upload. It has to happen before a
/// route is chosen: the method that was written means nothing then.
pub(crate) async fn take_named(mut request: Request) -> Request {
    let named = request.headers().get("x-http-method-override").and_then(|method| method.to_str().ok());
    let named = match named {
        Some("PATCH") => Method::PATCH,
        Some("HEAD") => Method::HEAD,
        Some("DELETE") => Method::DELETE,
        _ => return request,
    };
    if request.uri().path().starts_with("/v1/uploads/") {
        let written = std::mem::replace(request.method_mut(), named);
        request.extensions_mut().insert(Written(written));
    }
    request
}

/// The method that a request was written with.
pub(crate) fn written<'a>(method: &'a Method, extensions: &'a Extensions) -> &'a Method {
    extensions.get::<Written>().map_or(method, |written| &written.0)
}
