//! The address that the browser came back to.

use reqwest::Url;

use super::{LoginAttempt, SignInFault};

/// Takes the code out of the address that the browser came back to, if it belongs to this login.
pub(super) fn code(attempt: &LoginAttempt, redirected: &Url) -> Result<String, SignInFault> {
    let stray = SignInFault::StrayRedirect;
    if !comes_back_to(redirected, &attempt.redirect) {
        return Err(stray);
    }
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

/// Whether a login may end there: at an address of the app's own scheme, at an https link that the app has claimed, or
/// on this machine (RFC 8252, 7).
pub(super) fn is_ours(redirect: &str) -> bool {
    let Ok(url) = Url::parse(redirect) else { return false };
    if url.query().is_some() || url.fragment().is_some() || !url.username().is_empty() {
        return false;
    }
    match (url.scheme(), url.host()) {
        ("https", Some(_)) => true,
        ("http", Some(url::Host::Ipv4(address))) => address.is_loopback(),
        ("http", Some(url::Host::Ipv6(address))) => address.is_loopback(),
        ("http" | "https" | "file" | "ftp" | "ws" | "wss" | "data" | "javascript", _) => false,
        _ => true,
    }
}

/// Whether an address is the one that the browser was sent back to, but for the answer in its query.
fn comes_back_to(redirected: &Url, redirect: &str) -> bool {
    let mut bare = redirected.clone();
    bare.set_query(None);
    Url::parse(redirect).is_ok_and(|redirect| redirect == bare)
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
    use super::{code, is_ours};
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
        let query = format!("code=abc&state=STATE&{iss}");
        for elsewhere in [
            format!("http://127.0.0.1:8/callback?{query}"),
            format!("http://127.0.0.1:9/callback/?{query}"),
            format!("https://127.0.0.1:9/callback?{query}"),
            format!("http://127.0.0.1:9/callback?{query}#x"),
            format!("citizen-app:/callback?{query}"),
        ] {
            let url = elsewhere.parse().unwrap();
            assert_eq!(code(&attempt, &url), Err(SignInFault::StrayRedirect), "{elsewhere}");
        }
    }

    #[test]
    fn a_login_ends_where_only_the_app_listens() {
        for ours in [
            "citizen-app:/callback",
            "http://127.0.0.1:4711/callback",
            "http://[::1]:4711/callback",
            "https://app.city.example/signed-in",
        ] {
            assert!(is_ours(ours), "{ours}");
        }
        for other in [
            "",
            "/callback",
            "http://city.example/callback",
            "http://localhost:4711/callback",
            "https://somebody@city.example/callback",
            "https://city.example/callback?next=x",
            "citizen-app:/callback#x",
            "javascript:alert(1)",
            "file:///callback",
        ] {
            assert!(!is_ours(other), "{other}");
        }
    }
}
