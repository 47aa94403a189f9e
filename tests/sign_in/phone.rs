//! A new phone that tries to sign in, and what is on its disk afterwards.

use std::path::Path;
use std::sync::Arc;

use citizen_api::Language;
use citizen_core::consent::Purpose;
use citizen_core::vault::PinCost;
use citizen_core::{CitizenApp, Compartment, Config, Error, Pin, Platform, SoftwareVault};
use reqwest::header::LOCATION;
use reqwest::{Client, redirect};
use rusqlite::Connection;
use tempfile::TempDir;
use url::Url;

use crate::lab::Lab;

/// Where the browser comes back to; the phone takes the address from the browser's hand.
const REDIRECT: &str = "http://127.0.0.1:49152/callback";

/// What became of a login.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Login {
    /// The error by its stable name; none where the person is signed in.
    pub(crate) refused: Option<&'static str>,
    /// The provider's addresses that were asked, in order.
    pub(crate) asked: Vec<&'static str>,
    /// How many people have data on the phone.
    pub(crate) people: usize,
    /// How many sessions are on the disk.
    pub(crate) sessions: usize,
}

/// A phone.
pub(crate) struct Phone {
    app: CitizenApp,
    folder: TempDir,
}

impl Phone {
    fn new(lab: &Lab) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let vault = Arc::new(SoftwareVault::open(folder.path().join("vault")).unwrap());
        let config = Config {
            data_dir: folder.path().join("data"),
            city: lab.origin().parse().unwrap(),
            device_name: "test".to_owned(),
        };
        let platform = Platform { pin_cost: PinCost::Least, ..Platform::new(vault.clone(), vault) };
        let app = CitizenApp::open(config, platform).unwrap();
        Purpose::ALL.into_iter().for_each(|purpose| app.give_consent(None, purpose).unwrap());
        Self { app, folder }
    }

    /// Signs in once more.
    pub(crate) async fn sign_in_again(&self, lab: &Lab) -> Compartment {
        let compartment = self.walk().await.unwrap();
        assert!(lab.asked().contains(&"authorize"));
        compartment
    }

    async fn walk(&self) -> Result<Compartment, Error> {
        let attempt = self.app.begin_login(REDIRECT, Language::Zh).await?;
        let browser = Client::builder().redirect(redirect::Policy::none()).build().unwrap();
        let shown = browser.get(attempt.url.clone()).send().await.unwrap();
        let back = shown.headers()[LOCATION].to_str().unwrap().parse::<Url>().unwrap();
        self.app.complete_login(attempt, &back, &Pin::new("274916")).await
    }

    /// A login that went well is one that the city takes.
    async fn sign_in(&self) -> Result<(), Error> {
        self.walk().await?.insurance().refresh().await.map(drop)
    }
}

/// A phone on which somebody has signed in.
pub(crate) async fn signed_in(lab: &Lab) -> (Phone, Compartment) {
    let phone = Phone::new(lab);
    let compartment = phone.walk().await.unwrap();
    (phone, compartment)
}

/// Tries to sign in on a phone that was never used.
pub(crate) async fn sign_in(lab: &Lab) -> Login {
    let phone = Phone::new(lab);
    let refused = phone.sign_in().await.err().map(|error| {
        has_words(&error);
        name(&error)
    });
    phone.app.shutdown();
    let stores = stores(&phone.folder.path().join("data/people"));
    let sessions = stores.iter().map(|store| sessions_in(store)).sum();
    Login { refused, asked: lab.asked(), people: stores.len(), sessions }
}

fn name(error: &Error) -> &'static str {
    match error {
        Error::SignInFailed { why } => why.code(),
        other => other.code(),
    }
}

/// A person is told what is wrong and what to do, in both languages, and never by a code.
fn has_words(error: &Error) {
    let (zh, en) = (error.sentence(Language::Zh), error.sentence(Language::En));
    assert!(zh.ends_with('\u{3002}') && zh.chars().filter(|c| *c > '\u{2e80}').count() > 10, "{zh}");
    assert!(en.ends_with('.') && en.is_ascii() && en.split(' ').count() > 5, "{en}");
}

fn stores(people: &Path) -> Vec<std::path::PathBuf> {
    std::fs::read_dir(people).unwrap().map(|entry| entry.unwrap().path().join("store.db")).collect()
}

fn sessions_in(store: &Path) -> usize {
    let connection = Connection::open(store).unwrap();
    connection.query_row("SELECT COUNT(*) FROM session", [], |row| row.get(0)).unwrap()
}
