//! What a provider can do wrong: one switch for each place where it says something.

use axum::body::Body;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, LOCATION};
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use crate::hand::Hand;

/// The query of a redirect.
pub(crate) type Answer = Vec<(String, String)>;

/// A switch.
#[derive(Clone, Copy)]
pub(crate) enum Switch {
    /// Changes the document that discovery gives.
    Discovery(fn(&mut Value)),
    /// Changes what the browser brings back.
    Redirect(fn(&mut Answer)),
    /// Changes where the browser is sent back to.
    RedirectTo(fn(&str) -> String),
    /// Changes the answer of the token endpoint.
    Tokens(fn(&mut Value)),
    /// Changes the header of the ID token.
    Header(fn(&mut Value)),
    /// Changes the claims of the ID token.
    Claims(fn(&mut Value)),
    /// Signs the ID token in another way.
    Sign(Hand),
    /// Changes the published keys.
    Keys(fn(&mut Value)),
    /// Publishes the keys of yesterday once, and then those of today.
    OldKeysOnce,
    /// Changes what the userinfo says.
    UserInfo(fn(&mut Value)),
    /// Gives access tokens that have ended already.
    ShortLived,
    /// Changes the claims of the ID token that comes with renewed tokens.
    Renewed(fn(&mut Value)),
    /// Lives a year ahead of everyone else.
    InAYear,
    /// Wants a nonce in the proof at the token endpoint.
    WantsNonce,
    /// Has something else answer at an address.
    Instead(&'static str, Instead),
}

/// What answers in the provider's place.
#[derive(Clone, Copy)]
pub(crate) enum Instead {
    /// The sign-in page of a wireless network.
    Portal,
    /// A redirect to another address.
    Elsewhere,
    /// More bytes than any document has.
    Endless,
    /// A refusal of OAuth.
    Error(&'static str),
    /// A document that is none.
    Garbage,
    /// Nothing: the answer is cut off.
    Silence,
}

impl IntoResponse for Instead {
    fn into_response(self) -> Response {
        match self {
            Self::Portal => {
                ([(CONTENT_TYPE, "text/html")], "<html>Sign in to the Wi-Fi</html>").into_response()
            }
            Self::Elsewhere => (StatusCode::FOUND, [(LOCATION, "http://127.0.0.1:9/")]).into_response(),
            Self::Endless => ([(CONTENT_TYPE, "application/json")], Body::from(vec![b' '; 50 * 1024 * 1024]))
                .into_response(),
            Self::Error(error) => {
                (StatusCode::BAD_REQUEST, axum::Json(serde_json::json!({ "error": error }))).into_response()
            }
            Self::Silence => {
                let cut =
                    futures_util::stream::once(async { Err::<&str, _>(std::io::Error::other("cut off")) });
                ([(CONTENT_TYPE, "application/json")], Body::from_stream(cut)).into_response()
            }
            Self::Garbage => ([(CONTENT_TYPE, "application/json")], "{\"half\":").into_response(),
        }
    }
}
