//! What a case is.

use crate::switch::Switch;

/// One thing that a provider does, and how a login must end there.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    /// Whether the login itself goes well, and it is the renewal after it that is refused.
    pub(crate) renewal: bool,
    /// The error, by its stable name; none where the person is signed in.
    pub(crate) refused: Option<&'static str>,
    /// The provider's addresses that were asked, in order. Where the login went well, the city's follow, and are not
    /// in this list.
    pub(crate) asked: &'static [&'static str],
    pub(crate) switches: Vec<Switch>,
}

pub(crate) const DISCOVERY: &[&str] = &["discovery"];
pub(crate) const PUSHED: &[&str] = &["discovery", "par"];
pub(crate) const BROWSER: &[&str] = &["discovery", "par", "authorize"];
pub(crate) const TOKEN: &[&str] = &["discovery", "par", "authorize", "token"];
pub(crate) const KEYS: &[&str] = &["discovery", "par", "authorize", "token", "jwks"];
pub(crate) const KEYS_TWICE: &[&str] = &["discovery", "par", "authorize", "token", "jwks", "jwks"];
pub(crate) const USERINFO: &[&str] = &["discovery", "par", "authorize", "token", "jwks", "userinfo"];

/// A case that must end in that error.
pub(crate) fn refused(
    name: &'static str,
    why: &'static str,
    asked: &'static [&'static str],
    switch: Switch,
) -> Case {
    Case { name, renewal: false, refused: Some(why), asked, switches: vec![switch] }
}

/// A case that must end well.
pub(crate) fn signs_in(name: &'static str, switches: Vec<Switch>) -> Case {
    Case { name, renewal: false, refused: None, asked: USERINFO, switches }
}
