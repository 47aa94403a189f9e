//! What an answer means: the one table by which the whole core decides.
//!
//! | Answer | Means | Trying again helps |
//! | --- | --- | --- |
//! | 2xx or 304, not HTML | the city's answer | |
//! | 408, 425, 429, 5xx of any kind | [`Error::CityBusy`] | yes, after a while |
//! | 4xx with a problem document `in-progress` | [`Error::CityBusy`] | yes, after a while |
//! | 401 `insufficient_user_authentication`, not HTML | [`Error::SignInAgain`] | after signing in anew |
//! | other 401, not HTML | [`Error::SignInRequired`] | after signing in |
//! | other 4xx with a problem document | [`Error::Refused`] | no |
//! | anything else: HTML, a redirect, a 4xx that says nothing | [`Error::CityAnsweredNonsense`] | yes, elsewhere |

use citizen_api::Text;
use citizen_api::problem::{MEDIA_TYPE, Problem, ProblemType};
use reqwest::StatusCode;

use super::{Reply, StepUp};
use crate::Error;

/// Judges an answer by its status, its media type and its problem type, never by its words.
pub(crate) fn classify(reply: &Reply) -> Result<(), Error> {
    let status = reply.status;
    let busy = Error::CityBusy { retry_after: reply.retry_after() };
    if status.is_server_error() || matches!(status.as_u16(), 408 | 425 | 429) {
        return Err(busy);
    }
    if matches!(reply.media_type().as_str(), "text/html" | "application/xhtml+xml") {
        return Err(Error::CityAnsweredNonsense);
    }
    if status.is_success() || status == StatusCode::NOT_MODIFIED {
        return Ok(());
    }
    if status == StatusCode::UNAUTHORIZED {
        return Err(match StepUp::asked_by(&reply.headers) {
            Some(wanted) => Error::SignInAgain(Box::new(wanted)),
            None => Error::SignInRequired,
        });
    }
    match problem(reply) {
        Some(problem) if problem.kind == ProblemType::InProgress => Err(busy),
        Some(problem) => Err(Error::Refused(Box::new(problem))),
        None => Err(Error::CityAnsweredNonsense),
    }
}

/// The problem document of a refusal, where there is one. The answer to a `HEAD` names the type but has no
/// body; its status alone then says what is wrong.
fn problem(reply: &Reply) -> Option<Problem> {
    if !reply.status.is_client_error() || reply.media_type() != MEDIA_TYPE {
        return None;
    }
    if !reply.body.is_empty() {
        return serde_json::from_slice(&reply.body).ok();
    }
    let kind = match reply.status.as_u16() {
        403 => ProblemType::Forbidden,
        404 => ProblemType::NotFound,
        412 => ProblemType::UnsupportedVersion,
        _ => ProblemType::Unknown,
    };
    let title = Text::new("城市没有接受这一步。", "The city did not accept this step.");
    Some(Problem { kind, status: reply.status.as_u16(), title, pointer: None })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use citizen_api::problem::ProblemType;
    use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

    use super::{Reply, classify};
    use crate::Error;

    fn reply(status: u16, headers: &[(&'static str, &'static str)], body: &str) -> Reply {
        let headers: HeaderMap = headers
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
            .collect();
        Reply { status: status.try_into().unwrap(), headers, body: body.to_owned().into() }
    }

    const JSON: (&str, &str) = ("content-type", "application/json");
    const HTML: (&str, &str) = ("content-type", "Text/HTML; charset=gbk");
    const PROBLEM: (&str, &str) = ("content-type", "application/problem+json; charset=utf-8");

    fn refusal(kind: &str, status: u16) -> String {
        format!(r#"{{"type":"{kind}","status":{status},"title":{{"zh":"不行","en":"No"}}}}"#)
    }

    #[test]
    fn answers_pass() {
        for status in [200, 201, 204, 304] {
            assert_eq!(classify(&reply(status, &[JSON], "{}")), Ok(()), "{status}");
        }
    }

    #[test]
    fn trouble_at_the_city_is_waited_out() {
        for status in [408, 425, 429, 500, 502, 503, 504, 511] {
            for media in [JSON, HTML, PROBLEM] {
                let busy = Error::CityBusy { retry_after: Some(Duration::from_secs(3)) };
                assert_eq!(
                    classify(&reply(status, &[media, ("retry-after", "3")], "")),
                    Err(busy),
                    "{status}"
                );
            }
        }
        let body = refusal("in-progress", 409);
        assert_eq!(classify(&reply(409, &[PROBLEM], &body)), Err(Error::CityBusy { retry_after: None }));
    }

    #[test]
    fn a_refusal_keeps_its_problem() {
        let body = refusal("already-claimed", 409);
        let Err(Error::Refused(problem)) = classify(&reply(409, &[PROBLEM], &body)) else {
            panic!("not refused")
        };
        assert_eq!(problem.kind, ProblemType::AlreadyClaimed);
        let Err(Error::Refused(problem)) = classify(&reply(404, &[PROBLEM], "")) else {
            panic!("not refused")
        };
        assert_eq!(problem.kind, ProblemType::NotFound);
    }

    #[test]
    fn an_ended_session_is_told_from_a_portal() {
        assert_eq!(classify(&reply(401, &[PROBLEM], "{}")), Err(Error::SignInRequired));
        assert_eq!(classify(&reply(401, &[HTML], "<html>")), Err(Error::CityAnsweredNonsense));
    }

    #[test]
    fn what_the_city_would_not_say_is_nonsense() {
        for odd in [
            reply(200, &[HTML], "<html>"),
            reply(404, &[HTML], "<html>"),
            reply(404, &[JSON], "{}"),
            reply(400, &[PROBLEM], "not a document"),
            reply(302, &[("location", "/login")], ""),
        ] {
            assert_eq!(classify(&odd), Err(Error::CityAnsweredNonsense), "{}", odd.status);
        }
    }
}
