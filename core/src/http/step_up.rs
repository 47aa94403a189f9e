//! How the city wants a person to have signed in before it takes a request (RFC 9470).

use reqwest::header::{HeaderMap, WWW_AUTHENTICATE};
use serde::{Deserialize, Serialize};

use super::proof::challenges;

/// The longest list of ways that is passed on to a provider.
const LONGEST: usize = 512;

/// What a sign-in must be like.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct StepUp {
    /// How many seconds ago it may have been at most.
    pub max_age: Option<u32>,
    /// The ways of signing in that will do, by their names at the provider, the best first.
    pub acr_values: Option<String>,
}

impl StepUp {
    /// What a refusal asks for, where it asks for another sign-in.
    pub(super) fn asked_by(headers: &HeaderMap) -> Option<Self> {
        if !challenges(headers, "insufficient_user_authentication") {
            return None;
        }
        let max_age = parameter(headers, "max_age").and_then(|seconds| seconds.parse().ok());
        let acr_values = parameter(headers, "acr_values").filter(|values| values.len() <= LONGEST);
        Some(Self { max_age, acr_values })
    }
}

/// A parameter of a challenge, which holds no quote within its quotes.
fn parameter(headers: &HeaderMap, name: &str) -> Option<String> {
    let begin = format!("{name}=");
    headers.get_all(WWW_AUTHENTICATE).iter().filter_map(|value| value.to_str().ok()).find_map(|challenge| {
        let (_, after) = challenge.split_once(&begin)?;
        let value = match after.strip_prefix('"') {
            Some(quoted) => quoted.split('"').next(),
            None => after.split([',', ' ']).next(),
        };
        value.map(str::to_owned)
    })
}

#[cfg(test)]
mod tests {
    use reqwest::header::{HeaderMap, WWW_AUTHENTICATE};

    use super::StepUp;

    fn asked(challenge: &'static str) -> Option<StepUp> {
        let mut headers = HeaderMap::new();
        headers.insert(WWW_AUTHENTICATE, challenge.parse().unwrap());
        StepUp::asked_by(&headers)
    }

    #[test]
    fn a_challenge_says_which_sign_in_would_do() {
        let both = r#"DPoP error="insufficient_user_authentication", acr_values="a b", max_age="5""#;
        let wanted = StepUp { max_age: Some(5), acr_values: Some("a b".to_owned()) };
        assert_eq!(asked(both), Some(wanted));
        let bare = r#"DPoP error="insufficient_user_authentication", max_age=60"#;
        assert_eq!(asked(bare), Some(StepUp { max_age: Some(60), acr_values: None }));
        assert_eq!(asked(r#"DPoP error="invalid_token", max_age="5""#), None);
    }
}
