//! Where the app may be answered: its own scheme, or a loopback address with any port (RFC 8252).

use url::{Host, Url};

/// The app's private-use address.
const APP_CALLBACK: &str = "citizen-app:/callback";

/// An address that belongs to the app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RedirectUri(String);

impl RedirectUri {
    /// The address, if it is exactly one of those that the app may use.
    pub(super) fn parse(text: &str) -> Option<Self> {
        if text == APP_CALLBACK {
            return Some(Self(text.to_owned()));
        }
        let url = Url::parse(text).ok()?;
        let loopback = match url.host()? {
            Host::Ipv4(address) => address == std::net::Ipv4Addr::LOCALHOST,
            Host::Ipv6(address) => address == std::net::Ipv6Addr::LOCALHOST,
            Host::Domain(_) => false,
        };
        // Equal to its normal form: neither credentials nor dots nor escapes can hide in it.
        let host = url.host_str()?;
        let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
        (loopback && text == format!("http://{host}{port}/callback")).then(|| Self(text.to_owned()))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// The address with an answer in its query.
    pub(super) fn with(&self, answer: &[(&str, &str)]) -> String {
        let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(answer).finish();
        format!("{}?{query}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::RedirectUri;

    #[test]
    fn only_the_apps_own_addresses_are_taken() {
        for own in [
            "citizen-app:/callback",
            "http://127.0.0.1:49152/callback",
            "http://[::1]:1/callback",
            "http://127.0.0.1/callback",
        ] {
            assert!(RedirectUri::parse(own).is_some(), "{own}");
        }
        for other in [
            "",
            "citizen-app:/callback/",
            "citizen-app://callback",
            "https://127.0.0.1:1/callback",
            "http://localhost:1/callback",
            "http://127.0.0.1:1/callback?x=1",
            "http://127.0.0.1:1/callback#x",
            "http://127.0.0.1:1/callback/../callback",
            "http://127.0.0.1:1@evil.example/callback",
            "http://user@127.0.0.1:1/callback",
            "http://127.0.0.2:1/callback",
            "http://127.1:1/callback",
            "http://127.0.0.1.evil.example/callback",
            "http://evil.example/callback",
            "http://127.0.0.1:1/other",
        ] {
            assert!(RedirectUri::parse(other).is_none(), "{other}");
        }
    }

    #[test]
    fn an_answer_is_escaped() {
        let own = RedirectUri::parse("citizen-app:/callback").unwrap();
        assert_eq!(own.with(&[("state", "a&b=ü")]), "citizen-app:/callback?state=a%26b%3D%C3%BC");
    }
}
