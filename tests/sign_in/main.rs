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
#[path = "../shared/hidden_city.rs"]
mod hidden_city;
mod lab;
mod phone;
mod rsa512;
mod switch;

use case::Case;
use citizen_tests::security;
use lab::Lab;
use phone::Login;
use switch::{Instead, Switch};

#[tokio::test(flavor = "multi_thread")]
async fn every_login_ends_as_its_case_says() {
    let lab = Lab::open().await;
    let (mut rows, mut wrong) = (Vec::new(), Vec::new());
    for Case { name, renewal, refused, asked, switches } in good::cases().into_iter().chain(bad::cases()) {
        lab.set(switches);
        let login = phone::sign_in(&lab).await;
        let kept = usize::from(refused.is_none() || renewal);
        let expected = Login { refused, asked: asked.to_vec(), people: kept, sessions: kept };
        if login != expected {
            wrong.push(format!("{name}: {login:?} instead of {expected:?}"));
        }
        rows.push(match refused {
            Some(why) => {
                [format!("`{name}`"), format!("refused: `{why}`"), format!("after `{}`", last(asked))]
            }
            None => [format!("`{name}`"), "taken".to_owned(), String::new()],
        });
    }
    assert!(wrong.is_empty(), "{} cases ended otherwise:\n{}", wrong.len(), wrong.join("\n"));
    security::compare("sign-in", &["Case", "Result", "Nothing further was asked"], &rows);
}

/// A hundred requests find at the same moment that the city takes their token no more.
#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_refusals_at_once_cause_one_renewal() {
    const MANY: usize = 100;
    let lab = Lab::open().await;
    let (phone, compartment) = phone::signed_in(&lab).await;
    lab.set(Vec::new());
    lab.end_access_tokens().await;
    let tasks: Vec<_> = (0..MANY)
        .map(|_| {
            let insurance = compartment.insurance();
            tokio::spawn(async move { insurance.refresh().await.map(drop) })
        })
        .collect();
    for task in tasks {
        assert_eq!(task.await.unwrap(), Ok(()));
    }
    assert_eq!(lab.asked(), ["token", "jwks"]);
    drop(phone);
}

/// The answer to a renewal is lost, and the provider takes the token that it was asked with no more.
#[tokio::test(flavor = "multi_thread")]
async fn a_renewal_whose_answer_is_lost_costs_a_sign_in_and_no_word() {
    let lab = Lab::open().await;
    let (phone, compartment) = phone::signed_in(&lab).await;
    let draft_id = compartment.drafts().create(&"surveillance-footage".into()).unwrap();
    lab.end_access_tokens().await;
    lab.set(vec![Switch::Instead("token", Instead::Silence)]);
    let lost = compartment.insurance().refresh().await.err();
    assert_eq!(lost, Some(citizen_core::Error::CityUnreachable));
    lab.set(vec![Switch::Instead("token", Instead::Error("invalid_grant"))]);
    for _ in 0..2 {
        let ended = compartment.insurance().refresh().await.err();
        assert_eq!(ended, Some(citizen_core::Error::SignInRequired));
    }
    assert_eq!(lab.asked(), ["token"], "an ended session is not tried again");
    assert!(compartment.drafts().show(draft_id).is_ok());
    lab.set(Vec::new());
    let compartment = phone.sign_in_again(&lab).await;
    assert!(compartment.insurance().refresh().await.is_ok());
    assert!(compartment.drafts().show(draft_id).is_ok());
}

fn last(asked: &[&'static str]) -> &'static str {
    asked.last().copied().unwrap_or("nothing")
}
