//! The second half of a login: from the address that the browser came back to, to a person.

use citizen_api::Subject;
use jiff::{SignedDuration, Timestamp};
use reqwest::{Method, Url};
use serde::Deserialize;
use zeroize::Zeroizing;

use super::id_token::{self, Expected};
use super::provider::{Provider, Signer};
use super::tokens::{self, Granted, TokenAnswer};
use super::{LoginAttempt, SignInFault, redirected};
use crate::Error;
use crate::http::{BoundKey, Credentials, Http};

/// How long an access token is taken to last where the provider does not say.
const ASSUMED_SECONDS: i64 = 300;

/// A login whose every part has been checked.
pub(crate) struct SignedIn {
    /// Who signed in.
    pub(crate) subject: Subject,
    /// The tokens.
    pub(crate) tokens: Tokens,
    /// The key they are bound to; none at a provider that binds none.
    pub(crate) key: Option<BoundKey>,
    /// Who signs ID tokens.
    pub(super) signer: Signer,
    /// Where tokens are renewed.
    pub(crate) token_endpoint: Url,
    /// Where they are given back, if the provider takes them back.
    pub(crate) revocation_endpoint: Option<Url>,
    /// Where the browser's own session is ended, if it has one.
    pub(crate) end_session_endpoint: Option<Url>,
}

impl SignedIn {
    /// In whose name requests go.
    pub(crate) fn credentials(&self) -> Credentials<'_> {
        Credentials { token: Some(self.tokens.access.as_str()), key: self.key.as_ref() }
    }
}

/// Tokens in use.
pub(crate) struct Tokens {
    /// Goes with each request.
    pub(crate) access: Zeroizing<String>,
    /// Until when, by this device's clock. A guess that spares a request: the city's word counts.
    pub(crate) access_until: Timestamp,
    /// Renews the access token, once.
    pub(crate) refresh: Option<Zeroizing<String>>,
}

impl Tokens {
    pub(super) fn from_answer(answer: TokenAnswer, now: Timestamp) -> Self {
        let seconds = answer.expires_in.unwrap_or(ASSUMED_SECONDS).clamp(0, 86_400);
        let access_until = now.checked_add(SignedDuration::from_secs(seconds)).unwrap_or(now);
        Self {
            access: Zeroizing::new(answer.access_token),
            access_until,
            refresh: answer.refresh_token.map(Zeroizing::new),
        }
    }
}

/// Trades the code in the address for tokens and checks who they are for. Whatever fails, nothing has been
/// stored, and the login can be begun again.
pub(crate) async fn redeem(http: &Http, attempt: LoginAttempt, redirected: &Url) -> Result<SignedIn, Error> {
    let failed = |why| Error::SignInFailed { why };
    let code = redirected::code(&attempt, redirected).map_err(failed)?;
    let LoginAttempt { provider, redirect, nonce, verifier, key, step_up, .. } = attempt;
    let granted =
        tokens::redeem_code(http, key.as_ref(), &provider.token_endpoint, &code, &redirect, &verifier)
            .await?;
    let Granted::Tokens(mut answer) = granted else {
        return Err(failed(SignInFault::CodeRefused));
    };
    let id_token = answer.id_token.take().ok_or(failed(SignInFault::Signature))?;
    let signer = provider.signer().ok_or(failed(SignInFault::ProviderDocument))?;
    let keys = signer.keys_for(http, &id_token).await?;
    let expected =
        Expected { nonce: &nonce, access_token: &answer.access_token, now: http.now(), step_up: &step_up };
    let subject = id_token::verify(&id_token, &signer, &keys, &expected).map_err(failed)?;
    let signed_in = SignedIn {
        subject: Subject(subject),
        tokens: Tokens::from_answer(*answer, Timestamp::now()),
        key,
        signer,
        token_endpoint: provider.token_endpoint.clone(),
        revocation_endpoint: provider.revocation_endpoint.clone(),
        end_session_endpoint: provider.end_session_endpoint.clone(),
    };
    check_userinfo(http, &provider, &signed_in).await?;
    Ok(signed_in)
}

/// Where the provider tells more about the person, it must be the same person (OpenID Connect Core §5.3.2).
async fn check_userinfo(http: &Http, provider: &Provider, signed_in: &SignedIn) -> Result<(), Error> {
    #[derive(Deserialize)]
    struct UserInfo {
        sub: String,
    }

    let Some(endpoint) = &provider.userinfo_endpoint else { return Ok(()) };
    let build = |http: &Http| http.request(Method::GET, endpoint.clone());
    let userinfo: UserInfo = match http.send_as(&signed_in.credentials(), build).await {
        Ok(reply) => reply.json()?,
        // A provider that does not take the token it has just given has failed; nobody's session has ended.
        Err(Error::SignInRequired | Error::SignInAgain(_)) => {
            return Err(Error::SignInFailed { why: SignInFault::ProviderError });
        }
        Err(error) => return Err(error),
    };
    match userinfo.sub == signed_in.subject.as_str() {
        true => Ok(()),
        false => Err(Error::SignInFailed { why: SignInFault::OtherPerson }),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use jiff::Timestamp;
    use serde_json::json;
    use zeroize::Zeroizing;

    use super::redeem;
    use crate::Error;
    use crate::http::test_server::{Answer, TestServer};
    use crate::http::{Http, StepUp};
    use crate::people::PersonId;
    use crate::session::id_token::tests::{Signer, claims};
    use crate::session::provider::tests::document;
    use crate::session::{LoginAttempt, SignInFault};
    use crate::testing::bound_key;

    /// A login under way at the provider at `origin`.
    pub(in crate::session) fn attempt(origin: &str) -> LoginAttempt {
        LoginAttempt {
            url: origin.parse().unwrap(),
            provider: serde_json::from_value(document(origin)).unwrap(),
            redirect: "http://127.0.0.1:9/callback".to_owned(),
            state: "STATE".to_owned(),
            nonce: "NONCE".to_owned(),
            verifier: Zeroizing::new("VERIFIER".to_owned()),
            key: Some(bound_key()),
            slot: PersonId::generate(),
            step_up: StepUp::default(),
        }
    }

    /// Runs the second half against a provider that gives that token answer and that userinfo.
    async fn run(token: (u16, bool), userinfo_sub: &str) -> (Result<super::SignedIn, Error>, Vec<String>) {
        let now = Timestamp::now();
        let signer = Signer::new();
        let server = TestServer::start_with(|origin| {
            let id_token =
                signer.token(&json!({"alg": "ES256", "kid": "k1"}), &claims(origin, now.as_second()));
            let mut answer = json!({ "access_token": "ACCESS", "token_type": "DPoP", "expires_in": 600,
                                     "refresh_token": "R1", "id_token": id_token });
            if !token.1 {
                answer = json!({ "error": "invalid_grant" });
            }
            vec![
                Answer::json(token.0, &answer.to_string()),
                Answer::json(200, &signer.keys().to_string()),
                Answer::json(200, &json!({ "sub": userinfo_sub }).to_string()),
            ]
        })
        .await;
        let query = format!("code=abc&state=STATE&iss={}", server.origin());
        let redirected = format!("http://127.0.0.1:9/callback?{query}").parse().unwrap();
        let result = redeem(&Http::ungated(), attempt(server.origin()), &redirected).await;
        (result, server.requests())
    }

    #[tokio::test]
    async fn a_code_becomes_a_person() {
        let (signed_in, requests) = run((200, true), "s-1").await;
        let signed_in = signed_in.unwrap();
        assert_eq!(signed_in.subject.as_str(), "s-1");
        assert_eq!(signed_in.tokens.refresh.unwrap().as_str(), "R1");
        assert!(requests[0].contains("code_verifier=VERIFIER"));
        assert!(requests[2].contains("authorization: DPoP ACCESS") && requests[2].contains("dpop: ey"));
    }

    #[tokio::test]
    async fn a_refused_code_is_told_as_such() {
        let (failed, _) = run((400, false), "s-1").await;
        assert_eq!(failed.err(), Some(Error::SignInFailed { why: SignInFault::CodeRefused }));
    }

    #[tokio::test]
    async fn another_person_in_the_userinfo_ends_the_login() {
        let (failed, _) = run((200, true), "s-2").await;
        assert_eq!(failed.err(), Some(Error::SignInFailed { why: SignInFault::OtherPerson }));
    }
}
