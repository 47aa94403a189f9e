//! Refusals as problem documents (RFC 9457), in both languages.

use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use citizen_api::Text;
use citizen_api::problem::{MEDIA_TYPE, Problem, ProblemType};

use super::dpop::DPOP_NONCE;
use crate::keys::KeyError;
use crate::store::StoreError;

/// Why the city did not do what it was asked. Becomes the answer to the request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    problem: Box<Problem>,
    retry_after: Option<u32>,
    challenge: Option<Challenge>,
}

/// What a request has to bring to be taken (RFC 6750, RFC 9449, RFC 9470).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Challenge {
    /// An access token, with a proof.
    Token,
    /// Another access token: this one is not, or no longer, good, or not for whoever sends it.
    OtherToken,
    /// A proof that is right for this request.
    Proof,
    /// A proof made with this nonce.
    Nonce(String),
    /// A person who signed in at most so many seconds ago.
    SignIn {
        /// How many.
        max_age: i64,
    },
    /// The token of an officer.
    Officer,
}

impl Challenge {
    /// The challenge as it goes over the wire.
    fn header(&self) -> String {
        match self {
            Self::Token => r#"DPoP algs="ES256""#.to_owned(),
            Self::OtherToken => r#"DPoP error="invalid_token", algs="ES256""#.to_owned(),
            Self::Proof => r#"DPoP error="invalid_dpop_proof", algs="ES256""#.to_owned(),
            Self::Nonce(_) => r#"DPoP error="use_dpop_nonce", algs="ES256""#.to_owned(),
            Self::SignIn { max_age } => {
                format!(r#"DPoP error="insufficient_user_authentication", max_age="{max_age}", algs="ES256""#)
            }
            Self::Officer => "Bearer".to_owned(),
        }
    }
}

impl Refusal {
    /// A refusal, with a sentence that says what is wrong and what to do, and never repeats what was sent.
    pub fn new(kind: ProblemType, zh: impl Into<String>, en: impl Into<String>) -> Self {
        let problem = Problem { kind, status: status(kind), title: Text::new(zh, en), pointer: None };
        Self { problem: Box::new(problem), retry_after: None, challenge: None }
    }

    /// Names the place in the request's body that is at fault, as a JSON pointer.
    #[must_use]
    pub fn at(mut self, pointer: impl Into<String>) -> Self {
        self.problem.pointer = Some(pointer.into());
        self
    }

    /// Says after how many seconds to come again.
    #[must_use]
    pub fn retry_after(mut self, seconds: u32) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// The problem as it goes over the wire.
    pub fn problem(&self) -> &Problem {
        &self.problem
    }

    /// The request cannot be read.
    pub fn malformed() -> Self {
        Self::new(
            ProblemType::MalformedRequest,
            "请求的内容读不出来。请升级应用后再试。",
            "The request cannot be read. Update the app and try again.",
        )
    }

    /// The thing is not there, or not this person's. The two are not told apart.
    pub fn not_found() -> Self {
        Self::new(ProblemType::NotFound, "没有找到。请核对后再试。", "Not found. Check it and try again.")
    }

    /// No access token, one that has ended, or one that the request does not prove to be its own.
    pub(crate) fn challenge(challenge: Challenge) -> Self {
        let refusal = match challenge {
            Challenge::SignIn { .. } => Self::new(
                ProblemType::SignInRequired,
                "这一步关系重大，请重新登录确认是您本人。您写的内容都还在。",
                "This step matters: sign in again so that the city knows it is you. What you wrote is still there.",
            ),
            _ => Self::new(
                ProblemType::SignInRequired,
                "登录已过期，请重新登录。您写的内容都还在。",
                "Your sign-in has ended. Sign in again; what you wrote is still there.",
            ),
        };
        Self { challenge: Some(challenge), ..refusal }
    }

    /// A key that the request does not prove to be the phone's.
    pub(crate) fn unproved_key() -> Self {
        Self::new(
            ProblemType::InvalidSignature,
            "这台设备没有证明密钥是它自己的，没有登记。请升级应用后重新登录。",
            "This device did not prove that the key is its own, so it was not registered. Update the app and sign in again.",
        )
        .at("/proof")
    }

    /// Too many requests of a kind.
    pub fn too_many(seconds: u32) -> Self {
        Self::new(
            ProblemType::TooManyRequests,
            format!("操作太频繁，请等 {seconds} 秒再试。"),
            format!("Too many requests. Try again in {seconds} seconds."),
        )
        .retry_after(seconds)
    }

    /// The city failed.
    pub fn internal() -> Self {
        Self::new(
            ProblemType::Internal,
            "城市这边出了故障，这一步没有办成，也没有留下任何改动。请稍后再试。",
            "The city failed. What you asked for did not happen and nothing was changed. Try again later.",
        )
    }
}

/// The HTTP status of a kind of refusal.
fn status(kind: ProblemType) -> u16 {
    use ProblemType as P;
    match kind {
        P::MalformedRequest | P::IdempotencyKeyMissing => 400,
        P::SignInRequired => 401,
        P::Forbidden | P::NoMandate => 403,
        P::NotFound => 404,
        P::MethodNotAllowed => 405,
        P::InProgress
        | P::WrongState
        | P::AlreadyClaimed
        | P::EvidenceIncomplete
        | P::FormOutdated
        | P::SlotTaken => 409,
        P::CursorExpired => 410,
        P::UnsupportedVersion => 412,
        P::TooLarge => 413,
        P::UnsupportedMediaType => 415,
        P::IdempotencyKeyReused
        | P::InvalidAnswer
        | P::InvalidSignature
        | P::EvidenceCancelled
        | P::InvalidIdNumber => 422,
        P::TooManyRequests => 429,
        P::ChecksumMismatch => 460,
        P::Internal | P::Unknown => 500,
        P::Unavailable => 503,
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "the store failed");
        Self::internal()
    }
}

impl From<KeyError> for Refusal {
    fn from(error: KeyError) -> Self {
        tracing::error!(%error, "a key failed");
        Self::internal()
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_vec(&self.problem).unwrap_or_default();
        let mut response =
            (status, [(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE))], body).into_response();
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
        }
        if let Some(challenge) = &self.challenge {
            let headers = response.headers_mut();
            headers.extend(value(&challenge.header()).map(|value| (header::WWW_AUTHENTICATE, value)));
            if let Challenge::Nonce(nonce) = challenge {
                headers.extend(value(nonce).map(|value| (HeaderName::from_static(DPOP_NONCE), value)));
            }
        }
        response
    }
}

fn value(text: &str) -> Option<HeaderValue> {
    HeaderValue::from_str(text).ok()
}

#[cfg(test)]
mod tests {
    use axum::http::header;
    use axum::response::IntoResponse;
    use citizen_api::problem::ProblemType;

    use super::{Challenge, Refusal};

    #[test]
    fn a_refusal_says_its_status_twice_and_when_to_come_again() {
        let response = Refusal::too_many(7).into_response();
        assert_eq!(response.status(), 429);
        assert_eq!(response.headers()[header::RETRY_AFTER], "7");
        assert_eq!(response.headers()[header::CONTENT_TYPE], "application/problem+json");
        assert_eq!(Refusal::new(ProblemType::ChecksumMismatch, "", "").into_response().status(), 460);
        let response = Refusal::challenge(Challenge::Nonce("N".into())).into_response();
        assert_eq!(response.status(), 401);
        assert_eq!(
            response.headers()[header::WWW_AUTHENTICATE],
            r#"DPoP error="use_dpop_nonce", algs="ES256""#
        );
        assert_eq!(response.headers()["dpop-nonce"], "N");
    }
}
