//! What was told once can be neither changed nor taken back.

use citizen_api::register::{RegisterItem, RegisterLog, RegisterRead};
use ring::digest::{SHA256, digest};

use crate::Error;
use crate::http::test_server::{Answer, TestServer};
use crate::jws::tests::TestKey;
use crate::testing::{TestPerson, text};

/// Readings of the test person, chained as a city does.
fn readings(count: u64) -> Vec<RegisterRead> {
    let mut readings: Vec<RegisterRead> = Vec::new();
    for sequence in 1..=count {
        let mut entry = RegisterRead {
            sequence,
            register: "population".into(),
            title: text("Population register"),
            items: vec![RegisterItem { item: "birth_date".to_owned(), title: text("date of birth") }],
            requester: text("Office"),
            purpose: text("purpose"),
            legal_ground: text("law"),
            service_id: None,
            case_id: None,
            at: "2026-11-23T08:00:00Z".parse().unwrap(),
            previous: readings.last().map(|last| last.sha256.clone()).unwrap_or_default(),
            sha256: String::new(),
        };
        seal(&mut entry);
        readings.push(entry);
    }
    readings
}

fn seal(entry: &mut RegisterRead) {
    let digest = digest(&SHA256, entry.chained("subject").unwrap().as_bytes());
    entry.sha256 = digest.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
}

fn page(entries: &[RegisterRead], last: u64) -> Answer {
    Answer::json(200, &serde_json::to_string(&RegisterLog { entries: entries.to_vec(), last }).unwrap())
}

async fn person(answers: Vec<Answer>) -> (TestPerson, TestServer) {
    let server = TestServer::start(answers).await;
    (TestPerson::at(server.url("/"), &TestKey::generate()), server)
}

#[tokio::test]
async fn pages_are_fetched_to_the_end_and_shown_without_a_network() {
    let all = readings(5);
    let (person, server) = person(vec![page(&all[..3], 5), page(&all[3..], 5), page(&[], 5)]).await;
    let log = person.compartment.register_log();
    assert_eq!(log.list().unwrap().fetched_at, None);
    let view = log.refresh().await.unwrap();
    let places: Vec<u64> = view.entries.iter().map(|entry| entry.sequence).collect();
    assert_eq!(places, [5, 4, 3, 2, 1]);
    log.refresh().await.unwrap();
    assert!(server.requests()[1].contains("after=3") && server.requests()[2].contains("after=5"));
    assert_eq!(person.opened_again().register_log().list().unwrap().entries.len(), 5);
}

#[tokio::test]
async fn a_reading_that_was_changed_left_out_or_taken_back_is_noticed() {
    let all = readings(4);
    let mut changed = all[3].clone();
    changed.purpose = text("another");
    let mut resealed = all[2].clone();
    resealed.requester = text("Nobody");
    seal(&mut resealed);
    let mut unchained = all[2].clone();
    (unchained.sha256, unchained.previous) = Default::default();
    for (what, answer) in [
        ("changed", page(&[all[2].clone(), changed], 4)),
        ("changed and chained anew", page(&[resealed, all[3].clone()], 4)),
        ("left out", page(&[all[3].clone()], 4)),
        ("taken back", page(&[], 1)),
        ("without a chain behind those with one", page(&[unchained], 3)),
        (
            "of somebody else",
            page(
                &{
                    let mut other = all[2].clone();
                    other.sha256 = "00".repeat(32);
                    [other]
                },
                3,
            ),
        ),
    ] {
        let (person, _server) = person(vec![page(&all[..2], 2), answer]).await;
        let log = person.compartment.register_log();
        let before = log.refresh().await.unwrap();
        assert_eq!(log.refresh().await, Err(Error::RegisterLogAltered), "{what}");
        assert_eq!(log.list().unwrap().entries, before.entries, "what was {what} changed the copy");
    }
}

#[tokio::test]
async fn readings_from_before_there_was_a_chain_come_first() {
    let mut all = readings(1);
    (all[0].sha256, all[0].previous) = Default::default();
    let mut next = readings(2).remove(1);
    next.previous = String::new();
    seal(&mut next);
    all.push(next);
    let (person, _server) = person(vec![page(&all, 2)]).await;
    assert_eq!(person.compartment.register_log().refresh().await.unwrap().entries.len(), 2);
}

#[tokio::test]
async fn a_city_that_names_more_than_it_gives_is_not_asked_for_ever() {
    let (person, _server) = person(vec![page(&[], 7)]).await;
    assert_eq!(person.compartment.register_log().refresh().await, Err(Error::CityAnsweredNonsense));
}
