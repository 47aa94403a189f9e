//! The phone at a bad provider, and at a good one: each case is one thing that a provider does wrong, by the name that
//! the OpenID Foundation's conformance suite has for it where it has one.
//!
//! A refused login asks for nothing further, leaves no row on the disk, and tells the person what to do in Chinese and
//! English. The cases and what became of them are printed, and are kept in `docs/security.md`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod bad;
mod case;
mod good;
mod hand;
mod lab;
mod phone;
mod rsa512;
mod switch;

use case::Case;
use citizen_tests::security;
use lab::Lab;

#[tokio::test(flavor = "multi_thread")]
async fn every_login_ends_as_its_case_says() {
    let lab = Lab::open().await;
    let mut rows = Vec::new();
    for Case { name, renewal, refused, asked, switches } in good::cases().into_iter().chain(bad::cases()) {
        lab.set(switches);
        let login = phone::sign_in(&lab).await;
        assert_eq!(login.refused, refused, "{name}");
        assert_eq!(login.asked, asked, "{name}");
        let kept = usize::from(refused.is_none() || renewal);
        assert_eq!((login.people, login.sessions), (kept, kept), "{name}");
        rows.push(match refused {
            Some(why) => {
                [format!("`{name}`"), format!("refused: `{why}`"), format!("after `{}`", last(asked))]
            }
            None => [format!("`{name}`"), "taken".to_owned(), String::new()],
        });
    }
    security::compare("sign-in", &["Case", "Result", "Nothing further was asked"], &rows);
}

fn last(asked: &[&'static str]) -> &'static str {
    asked.last().copied().unwrap_or("nothing")
}
