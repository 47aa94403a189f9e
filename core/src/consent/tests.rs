use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use citizen_api::{Language, Subject};
use tempfile::TempDir;
use tokio::net::TcpListener;

use super::Purpose;
use crate::http::Credentials;
use crate::vault::{Pin, PinCost};
use crate::{CitizenApp, Compartment, Config, Error, Platform, SoftwareVault};

/// A city that only counts who comes.
struct Scene {
    app: CitizenApp,
    came: Arc<AtomicUsize>,
    _folder: TempDir,
}

async fn scene() -> Scene {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let city = format!("http://{}/", listener.local_addr().unwrap()).parse().unwrap();
    let came = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&came);
    tokio::spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            counter.fetch_add(1, Ordering::SeqCst);
            drop(socket);
        }
    });
    let folder = tempfile::tempdir().unwrap();
    let vault = Arc::new(SoftwareVault::open(folder.path().join("vault")).unwrap());
    let config = Config { data_dir: folder.path().join("data"), city, device_name: "test".to_owned() };
    let platform = Platform { pin_cost: PinCost::Least, ..Platform::new(vault.clone(), vault) };
    Scene { app: CitizenApp::open(config, platform).unwrap(), came, _folder: folder }
}

impl Scene {
    fn came(&self) -> usize {
        self.came.load(Ordering::SeqCst)
    }

    fn add(&self, subject: &str) -> Compartment {
        self.app
            .open_for_subject(
                &Subject::from(subject),
                subject,
                &Pin::new("274916"),
                crate::PersonId::generate(),
            )
            .unwrap()
    }

    /// Tries everything by which something could leave the phone, and gives what was said to it.
    async fn try_everything(&self, compartment: &Compartment) -> Vec<Error> {
        let (outbox, drafts) = (compartment.outbox(), compartment.drafts());
        let url = self.app.device().city("v1/changes/events").unwrap();
        let http = compartment.http();
        vec![
            self.app.pull_catalogue().await.err().unwrap(),
            self.app.begin_login("http://127.0.0.1:1/callback", Language::Zh).await.err().unwrap(),
            compartment.sync().pull().await.err().unwrap(),
            compartment.insurance().refresh().await.err().unwrap(),
            http.open_events(&Credentials { token: None, key: None }, |http| {
                http.request(reqwest::Method::GET, url.clone())
            })
            .await
            .err()
            .unwrap(),
            outbox.send_now(&|_| ()).await.map(|_| ()).err().unwrap_or(Error::ConsentNeeded),
            drafts.prefill_ahead().await.map(|_| ()).err().unwrap_or(Error::ConsentNeeded),
        ]
    }
}

#[tokio::test]
async fn nothing_leaves_the_phone_before_anyone_agreed_and_nothing_after_it_was_taken_back() {
    let scene = scene().await;
    let person = scene.add("one");
    let person_id = Some(person.person_id());
    let silent = [(); 7].map(|()| Error::ConsentNeeded);
    assert_eq!(scene.try_everything(&person).await, silent);
    assert_eq!(scene.came(), 0);

    scene.app.give_consent(person_id, Purpose::City).unwrap();
    assert_eq!(scene.app.pull_catalogue().await.err(), Some(Error::CityUnreachable));
    let came = scene.came();
    assert!(came > 0, "the counter counts");

    scene.app.withdraw_consent(person_id, Purpose::City).unwrap();
    assert_eq!(scene.try_everything(&person).await, silent);
    assert_eq!(scene.came(), came);
    let records = scene.app.consents(person_id).unwrap();
    assert!(!records[0].given && records[0].given_at.is_some() && records[0].withdrawn_at.is_some());
}

#[tokio::test]
async fn one_person_s_word_is_not_another_s() {
    let scene = scene().await;
    scene.app.give_consent(None, Purpose::City).unwrap();
    let one = scene.add("one");
    assert!(one.may_send().is_ok(), "what was agreed to before the sign-in is theirs");
    let other = scene.add("other");
    assert_eq!(other.may_send(), Err(Error::ConsentNeeded));
    assert_eq!(other.sync().pull().await.err(), Some(Error::ConsentNeeded));
    assert_eq!(scene.came(), 0);
    scene.app.remove_person(one.person_id()).unwrap();
    assert_eq!(scene.app.pull_catalogue().await.err(), Some(Error::ConsentNeeded), "it went with the person");
}

#[test]
fn every_purpose_says_what_it_is_for_in_both_languages() {
    for purpose in Purpose::ALL {
        assert_eq!(Purpose::of_name(purpose.name()), Some(purpose));
        let view = purpose.view();
        for text in [view.title, view.explanation, view.without] {
            assert!(!text.zh.is_empty() && !text.en.is_empty());
            assert!(!text.zh.contains([',', ';', '?', '!', '(']), "{}", text.zh);
        }
    }
}
