//! The address that the browser came back to.

use reqwest::Url;

use super::{LoginAttempt, SignInFault};

/// Takes the code out of the address that the browser came back to, if it belongs to this login.
pub(super) fn code(attempt: &LoginAttempt, redirected: &Url) -> Result<String, SignInFault> {
    let stray = SignInFault::StrayRedirect;
    if once(redirected, "state")?.as_deref() != Some(attempt.state.as_str()) {
        return Err(stray);
    }
    // RFC 9207: without it, a second provider could pass its own code off as the first one's.
    let issuer = once(redirected, "iss")?;
    let must_name = attempt.provider.authorization_response_iss_parameter_supported;
    if issuer.as_ref().map_or(must_name, |issuer| *issuer != attempt.provider.issuer) {
        return Err(SignInFault::OtherProvider);
    }
    match once(redirected, "error")?.as_deref() {
        Some("access_denied") => return Err(SignInFault::Declined),
        Some(_) => return Err(SignInFault::ProviderError),
        None => {}
    }
    once(redirected, "code")?.ok_or(stray)
}

/// A parameter that may be there once: given twice, it is anyone's guess which one was meant.
fn once(url: &Url, name: &str) -> Result<Option<String>, SignInFault> {
    let mut values = url.query_pairs().filter(|(key, _)| key == name).map(|(_, value)| value.into_owned());
    match (values.next(), values.next()) {
        (value, None) => Ok(value),
        _ => Err(SignInFault::StrayRedirect),
    }
}

#[cfg(test)]
mod tests {
    use super::code;
    use crate::session::SignInFault;
    use crate::session::redeem::tests::attempt;

    #[test]
    fn only_an_answer_to_this_login_gives_a_code() {
        let attempt = attempt("http://127.0.0.1:1");
        let iss = "iss=http%3A%2F%2F127.0.0.1%3A1";
        for (query, expected) in [
            (format!("code=abc&state=STATE&{iss}"), Ok("abc".to_owned())),
            (format!("code=abc&state=OTHER&{iss}"), Err(SignInFault::StrayRedirect)),
            (format!("code=abc&{iss}"), Err(SignInFault::StrayRedirect)),
            (format!("state=STATE&{iss}"), Err(SignInFault::StrayRedirect)),
            (format!("code=a&code=b&state=STATE&{iss}"), Err(SignInFault::StrayRedirect)),
            ("code=abc&state=STATE".to_owned(), Err(SignInFault::OtherProvider)),
            ("code=abc&state=STATE&iss=https%3A%2F%2Fx.example".to_owned(), Err(SignInFault::OtherProvider)),
            (format!("error=access_denied&state=STATE&{iss}"), Err(SignInFault::Declined)),
            (format!("error=server_error&state=STATE&{iss}"), Err(SignInFault::ProviderError)),
            (format!("error=access_denied&state=OTHER&{iss}"), Err(SignInFault::StrayRedirect)),
        ] {
            let url = format!("http://127.0.0.1:9/callback?{query}").parse().unwrap();
            assert_eq!(code(&attempt, &url), expected, "{query}");
        }
    }
}
