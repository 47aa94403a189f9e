//! What goes on when a person has locked, and what does not.

use citizen_api::TransactionId;
use citizen_api::problem::ProblemType;

use super::test_city::{Fault, TestCity};
use crate::Error;
use crate::testing::{TestPerson, photograph};

/// A person with a filing of two files, one of them too large to go with its creation, of which nothing was sent.
async fn set_out() -> (TestCity, TestPerson, TransactionId) {
    let city = TestCity::start().await;
    let person = TestPerson::at(city.url.clone(), &city.key);
    let draft_id = person.complete_draft(1);
    let path = person.file("large.jpg", &photograph(3_000_000));
    person.compartment.attachments().attach(draft_id, &"invoice".into(), &path).unwrap();
    let transaction_id = person.compartment.submissions().submit(draft_id).unwrap();
    (city, person, transaction_id)
}

async fn ended(person: &TestPerson) {
    person.compartment.device().uploads_ended().await;
    assert_eq!(person.compartment.device().uploads_going_on(), 0);
}

fn whole(city: &TestCity) -> usize {
    city.look(|kept| kept.uploads.values().filter(|(length, bytes)| *length == bytes.len()).count())
}

#[tokio::test(flavor = "multi_thread")]
async fn files_go_on_after_the_lock_with_their_passes_and_nothing_else_does() {
    let (city, person, transaction_id) = set_out().await;
    person.compartment.let_uploads_go_on(true).unwrap();
    assert_eq!(person.compartment.outbox().prepare_for_lock().await, Ok(2));
    assert_eq!(
        person.compartment.outbox().prepare_for_lock().await,
        Ok(2),
        "what is ready is not asked for again"
    );
    assert_eq!(
        (city.asked("POST /v1/uploads"), whole(&city)),
        (4, 0),
        "two files, two passes, and no byte yet"
    );
    // The network goes in the middle of one, and comes back.
    city.fail("PATCH", Fault::Cut(100_000));
    city.fail("HEAD", Fault::Busy);
    let before = city.look(|kept| kept.requests.len());
    person.compartment.lock();
    assert_eq!(person.compartment.device().uploads_going_on(), 2);
    ended(&person).await;
    assert_eq!(whole(&city), 2);
    city.look(|kept| {
        for ((line, _), right) in kept.requests.iter().zip(&kept.rights).skip(before) {
            let (method, path) = line.split_once(' ').unwrap();
            assert!(["HEAD", "PATCH"].contains(&method), "{line}");
            assert_eq!(*right, format!("DPoP pass-of{path}/pass"), "{line}");
        }
    });
    assert_eq!(person.compartment.outbox().list().err(), Some(Error::Locked));

    // What was signed goes when the person is there again.
    let again = person.opened_again();
    let waiting = again.outbox().list().unwrap();
    assert_eq!(waiting.iter().map(|item| item.transaction_id).collect::<Vec<_>>(), [transaction_id]);
    again.outbox().send_now(&|_| ()).await.unwrap();
    assert!(city.look(|kept| kept.filings.contains_key(&transaction_id.to_string())));
    assert_eq!(person.count_again(&again, "uploads"), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_goes_on_unless_the_person_has_allowed_it() {
    let (city, person, _) = set_out().await;
    assert!(!person.compartment.uploads_go_on().unwrap());
    assert_eq!(person.compartment.outbox().prepare_for_lock().await, Ok(0));
    person.compartment.let_uploads_go_on(true).unwrap();
    assert_eq!(person.compartment.outbox().prepare_for_lock().await, Ok(2));
    // Whoever takes it back has nothing go on that was made ready before.
    person.compartment.let_uploads_go_on(false).unwrap();
    person.compartment.lock();
    assert_eq!(person.compartment.device().uploads_going_on(), 0);
    assert_eq!((city.asked("PATCH"), city.asked("HEAD")), (0, 0));
    assert!(!person.opened_again().uploads_go_on().unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pass_that_the_city_does_not_take_is_given_up_and_the_file_waits() {
    for (kind, status) in [(ProblemType::SignInRequired, 401), (ProblemType::NotFound, 404)] {
        let (city, person, _) = set_out().await;
        person.compartment.let_uploads_go_on(true).unwrap();
        person.compartment.outbox().prepare_for_lock().await.unwrap();
        city.fail("HEAD", Fault::Refuse(kind, status));
        person.compartment.lock();
        ended(&person).await;
        assert_eq!((whole(&city), city.asked("HEAD")), (1, 2), "the other goes on");
        let again = person.opened_again();
        assert_eq!(again.outbox().list().unwrap().len(), 2, "the file and the filing wait");
        again.outbox().send_now(&|_| ()).await.unwrap();
        assert_eq!(whole(&city), 2, "and go in the person's name");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_is_there_goes_on_in_their_own_name() {
    let (city, person, _) = set_out().await;
    let app = person.app();
    let person_id = person.compartment.person_id();
    let begin = async || {
        let compartment = app.unlock(person_id, &TestPerson::pin()).unwrap();
        compartment.let_uploads_go_on(true).unwrap();
        compartment.outbox().prepare_for_lock().await.unwrap();
        for _ in 0..100 {
            city.fail("HEAD", Fault::Busy);
        }
        app.lock(person_id);
        assert_eq!(app.uploads_going_on(), 2);
    };
    begin().await;
    app.unlock(person_id, &TestPerson::pin()).unwrap();
    app.uploads_ended().await;
    begin().await;
    app.shutdown();
    app.uploads_ended().await;
    begin().await;
    app.withdraw_consent(Some(person_id), crate::consent::Purpose::City).unwrap();
    app.uploads_ended().await;
    app.give_consent(Some(person_id), crate::consent::Purpose::City).unwrap();
    begin().await;
    app.remove_person(person_id).unwrap();
    app.uploads_ended().await;
    assert_eq!(whole(&city), 0);
}
