//! The promises of holding files back.

use citizen_api::TransactionId;

use super::test_city::Fault;
use super::tests::{filed_large, report, send, set_out};
use super::{NetworkKind, OutboxKind, WaitsFor};
use crate::testing::TestPerson;

/// The one file that waits.
fn file(person: &TestPerson) -> (TransactionId, Option<WaitsFor>) {
    let items = person.compartment.outbox().list().unwrap();
    let file = items.into_iter().find(|item| matches!(item.kind, OutboxKind::Upload { .. })).unwrap();
    (file.transaction_id, file.waits_for)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_paused_stays_until_it_is_resumed_and_keeps_its_place() {
    let (city, person) = set_out().await;
    let filing = filed_large(&person);
    city.fail("PATCH", Fault::Cut(1_000_000));
    city.fail("HEAD", Fault::LoseAnswer);
    send(&person).await;
    let outbox = person.compartment.outbox();
    outbox.pause(filing).unwrap();
    assert_eq!(file(&person).1, Some(WaitsFor::Paused));
    assert_eq!(send(&person).await, report(0, 2, 0));
    let after = person.opened_again();
    assert_eq!(after.outbox().send_now(&|_| ()).await.unwrap(), report(0, 2, 0), "it outlives the process");
    assert_eq!(city.asked("HEAD"), 1);
    outbox.resume(filing).unwrap();
    assert_eq!(send(&person).await, report(2, 0, 0));
    let sent: usize = city.look(|kept| {
        kept.requests.iter().filter(|(line, _)| line.starts_with("PATCH")).map(|(_, bytes)| bytes).sum()
    });
    assert_eq!(sent, city.look(|kept| kept.uploads.values().next().unwrap().0), "nothing was sent twice");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_on_its_way_stops_when_it_is_paused() {
    let (city, person) = set_out().await;
    filed_large(&person);
    city.fail("PATCH", Fault::Silence);
    let outbox = person.compartment.outbox();
    let pause = async {
        while city.asked("PATCH") == 0 {
            tokio::task::yield_now().await;
        }
        outbox.pause(file(&person).0).unwrap();
    };
    let (sent, ()) = tokio::join!(send(&person), pause);
    assert_eq!(sent, report(0, 2, 0));
    outbox.resume(file(&person).0).unwrap();
    assert_eq!(send(&person).await, report(2, 0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn files_wait_for_wifi_where_that_was_chosen_also_those_on_their_way() {
    let (city, person) = set_out().await;
    filed_large(&person);
    let outbox = person.compartment.outbox();
    outbox.network_is(NetworkKind::Metered).unwrap();
    assert_eq!(file(&person).1, None, "nobody has chosen anything");
    person.compartment.send_over_wifi_only(true).unwrap();
    assert_eq!(file(&person).1, Some(WaitsFor::Wifi));
    assert_eq!(send(&person).await, report(0, 2, 0));
    assert_eq!(city.asked("POST /v1/uploads"), 0);

    city.fail("PATCH", Fault::Silence);
    outbox.network_is(NetworkKind::Unmetered).unwrap();
    let leave = async {
        while city.asked("PATCH") == 0 {
            tokio::task::yield_now().await;
        }
        outbox.network_is(NetworkKind::Metered).unwrap();
    };
    let (sent, ()) = tokio::join!(send(&person), leave);
    assert_eq!(sent, report(0, 2, 0));
    person.compartment.send_over_wifi_only(false).unwrap();
    assert_eq!(send(&person).await, report(2, 0, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_put_first_goes_first() {
    let (city, person) = set_out().await;
    let (first, second) = (filed_large(&person), filed_large(&person));
    person.compartment.outbox().send_first(second).unwrap();
    assert_eq!(send(&person).await, report(4, 0, 0));
    let filed = |transaction_id: TransactionId| {
        let line = "POST /v1/submissions";
        city.look(|kept| {
            let mut keys = kept.requests.iter().zip(&kept.keys).filter(|((request, _), _)| request == line);
            keys.position(|(_, key)| *key == transaction_id.to_string())
        })
    };
    assert_eq!((filed(second), filed(first)), (Some(0), Some(1)));
}
