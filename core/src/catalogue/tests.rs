//! Pulling the catalogue and the anchors from a city.

use citizen_api::credential::{IssuerMetadata, StatusList, StatusListClaims};
use citizen_api::jose::{JwkSet, typ};
use citizen_api::{Language, ServiceId};
use citizen_form::compiled::MAX_DOCUMENT;
use serde_json::{Value, json};

use super::pull;
use crate::Error;
use crate::http::test_server::{Answer, TestServer};
use crate::jws::{self, JwsError, tests::TestKey};
use crate::testing::{TestPerson, service, text};

fn offered(service_id: &str) -> Value {
    let mut service = service();
    service.service_id = service_id.into();
    service.title = text(service_id);
    serde_json::to_value(service).unwrap()
}

fn delta(version: u64, changed: &[Value], withdrawn: &[&str]) -> Answer {
    let delta = json!({ "version": version, "changed": changed, "withdrawn": withdrawn });
    Answer::json(200, &delta.to_string())
}

/// A city that answers the first pull with its anchors, and each with one of the answers.
async fn city(answers: Vec<Answer>) -> (TestPerson, TestServer) {
    let key = TestKey::generate();
    let server = TestServer::start_with(|origin| {
        let jwks = JwkSet { keys: vec![key.jwk("city")] };
        let issuer = IssuerMetadata { issuer: origin.to_owned(), jwks, status_lists: Vec::new() };
        let anchors = serde_json::to_string(&issuer).unwrap();
        std::iter::once(Answer::json(200, &anchors)).chain(answers).collect()
    })
    .await;
    (TestPerson::at(server.url("/"), &key), server)
}

fn titles(person: &TestPerson) -> Vec<String> {
    let found = person.compartment.services().search("", Language::En, 99).unwrap();
    found.into_iter().map(|service| service.title.en).collect()
}

#[tokio::test]
async fn a_pull_brings_what_is_new_and_takes_what_is_withdrawn() {
    let answers = vec![
        delta(4, &[offered("a"), offered("b")], &["reimbursement"]),
        Answer::new(304, "", ""),
        delta(5, &[], &["a", "never-there"]),
    ];
    let (person, server) = city(answers).await;
    let device = person.compartment.device();
    let mut changed = Vec::new();
    for _ in 0..3 {
        let state = pull(device).await.unwrap();
        changed.push((state.version, titles(&person)));
    }
    let both = vec!["a".to_owned(), "b".to_owned()];
    assert_eq!(changed, [(4, both.clone()), (4, both), (5, vec!["b".to_owned()])]);
    let asked = server.requests();
    assert!(asked[1].contains("after=1") && asked[2].contains("after=4") && asked[3].contains("after=4"));
    assert_eq!(asked.len(), 4, "the anchors are asked for once");
    assert_eq!(person.compartment.services().show(&"a".into()).err(), Some(Error::UnknownService));
}

#[tokio::test]
async fn half_an_answer_changes_nothing() {
    let nameless = json!({ "title": { "zh": "无名", "en": "Nameless" } });
    let answers =
        vec![delta(4, &[offered("a"), nameless], &["reimbursement"]), Answer::cut_short(9999, "{\"ver")];
    let (person, _server) = city(answers).await;
    let device = person.compartment.device();
    assert_eq!(pull(device).await, Err(Error::CityAnsweredNonsense));
    assert_eq!(pull(device).await, Err(Error::CityUnreachable));
    assert_eq!(titles(&person), ["reimbursement"]);
    assert_eq!(person.compartment.services().version(), Ok(1));
}

/// The service on offer under that name, with one field changed.
fn changed(service_id: &str, change: impl FnOnce(&mut Value)) -> Value {
    let mut service = offered(service_id);
    change(&mut service["form"]["pages"][0]["fields"][0]);
    service
}

#[tokio::test]
async fn a_service_beyond_this_version_is_shown_and_not_filed() {
    let nested = (0..40).fold(json!(true), |inner, _| json!({ "!": inner }));
    let doubling = json!({ "merge": [{ "var": "amount" }, { "regex": ["^(a+)+$", { "var": "amount" }] }] });
    let mut workflow = offered("workflow");
    workflow["workflow"] = json!("by_dream");
    let mut route = offered("route");
    route["requirements"][0]["routes"] = json!([{ "route": "tunnel" }]);
    let mut large = offered("large");
    large["summary"]["en"] = json!("x".repeat(MAX_DOCUMENT));
    let mut fields = offered("fields");
    let field = fields["form"]["pages"][0]["fields"][0].clone();
    fields["form"]["pages"][0]["fields"] = json!(vec![field; 401]);
    let strange = [
        changed("kind", |field| field["kind"] = json!({ "type": "hologram" })),
        changed("deep", |field| field["visible_when"] = nested),
        changed("pattern", |field| field["visible_when"] = doubling),
        changed("number", |field| field["kind"] = json!({ "type": "money", "min": 0, "max": u64::MAX })),
        changed("circle", |field| field["visible_when"] = json!({ "var": field["field_id"] })),
        workflow,
        route,
        large,
        fields,
    ];
    let (person, _server) = city(vec![delta(4, &strange, &["reimbursement"])]).await;
    pull(person.compartment.device()).await.unwrap();
    let services = person.compartment.services();
    assert_eq!(titles(&person).len(), strange.len(), "each of them can be found");
    for service in &strange {
        let service_id = ServiceId::from(service["service_id"].as_str().unwrap());
        assert!(services.view(&service_id).unwrap().summary.needs_newer_app, "{service_id}");
        assert_eq!(services.show(&service_id).err(), Some(Error::NeedsNewerApp), "{service_id}");
        let begun = person.compartment.drafts().create(&service_id);
        assert_eq!(begun.err(), Some(Error::NeedsNewerApp), "{service_id}");
    }
}

#[tokio::test]
async fn a_city_that_began_anew_is_read_from_the_beginning() {
    let key = TestKey::generate();
    let server = TestServer::start_with(|origin| {
        let jwks = JwkSet { keys: vec![key.jwk("city")] };
        let issuer = IssuerMetadata { issuer: origin.to_owned(), jwks, status_lists: Vec::new() };
        let anchors = serde_json::to_string(&issuer).unwrap();
        vec![Answer::json(200, &anchors), delta(0, &[], &[]), delta(0, &[offered("new")], &[])]
    })
    .await;
    let person = TestPerson::at(server.url("/"), &key);
    pull(person.compartment.device()).await.unwrap();
    assert_eq!(titles(&person), ["new"]);
}

#[tokio::test]
async fn a_fault_in_the_middle_of_a_swap_leaves_the_version_before() {
    let answers = vec![delta(4, &[offered("a")], &["reimbursement"])];
    let next = || delta(5, &[offered("b"), offered("c")], &["a"]);
    let answers = answers.into_iter().chain([next(), next(), next(), next(), next()]).collect();
    let (person, _server) = city(answers).await;
    let device = person.compartment.device();
    pull(device).await.unwrap();
    // The store fails at the second of two documents, at what is packed, and at the version.
    for place in [
        "INSERT ON services WHEN new.service_id = 'c'",
        "DELETE ON services WHEN old.service_id = 'a'",
        "UPDATE ON packed_catalogue WHEN new.catalogue_version = 5",
        "UPDATE ON settings WHEN new.value = '5'",
    ] {
        damage(
            &person,
            &format!("CREATE TRIGGER fault BEFORE {place} BEGIN SELECT RAISE(ABORT, 'fault'); END"),
        );
        assert!(pull(device).await.is_err(), "{place}");
        damage(&person, "DROP TRIGGER fault");
        let stood = (titles(&person), person.compartment.services().version().unwrap());
        assert_eq!(stood, (vec!["a".to_owned()], 4), "{place}");
        device.catalogue.forget();
        assert_eq!(titles(&person), ["a"], "what is packed is the version before, too: {place}");
    }
    pull(device).await.unwrap();
    assert_eq!(titles(&person), ["b", "c"]);
}

#[tokio::test]
async fn anchors_are_asked_for_again_when_they_are_old_or_in_doubt() {
    let key = TestKey::generate();
    let server = TestServer::start_with(|origin| {
        let jwks = JwkSet { keys: vec![key.jwk("city")] };
        let issuer = IssuerMetadata { issuer: origin.to_owned(), jwks, status_lists: Vec::new() };
        let anchors = Answer::json(200, &serde_json::to_string(&issuer).unwrap());
        let nothing = || delta(1, &[], &[]);
        vec![anchors.clone(), nothing(), nothing(), anchors.clone(), nothing(), anchors, nothing(), nothing()]
    })
    .await;
    let person = TestPerson::at(server.url("/"), &key);
    let device = person.compartment.device();
    let mut asked = Vec::new();
    for before in ["", "", "UPDATE anchors SET fetched_at = fetched_at - 86400000", "doubt", ""] {
        match before {
            "" => {}
            "doubt" => device.database.write(super::doubt_anchors).unwrap(),
            sql => damage(&person, sql),
        }
        let seen = server.requests().len();
        pull(device).await.unwrap();
        asked.push(server.requests().len() - seen);
    }
    assert_eq!(asked, [2, 1, 2, 2, 1]);
}

/// Does something to the packed catalogue in the store.
fn damage(person: &TestPerson, sql: &str) {
    let device = person.compartment.device();
    device.database.write(|tx| Ok(tx.execute(sql, [])?)).unwrap();
}

#[tokio::test]
async fn what_is_packed_is_packed_again_where_it_is_missing_damaged_or_of_another_version() {
    let (person, _server) = city(vec![delta(4, &[offered("a"), offered("b")], &["reimbursement"])]).await;
    let device = person.compartment.device();
    pull(device).await.unwrap();
    let stored = || {
        let sql = "SELECT packed FROM packed_catalogue WHERE part = 0 AND catalogue_version = 4";
        device.database.read(|tx| Ok(tx.query_row(sql, [], |row| row.get::<_, Vec<u8>>(0))?)).ok()
    };
    let sound = stored().unwrap();
    for harm in [
        "DELETE FROM packed_catalogue",
        "UPDATE packed_catalogue SET packed = x''",
        "UPDATE packed_catalogue SET packed = x'4343530200000000'",
        "UPDATE packed_catalogue SET packed = substr(packed, 1, length(packed) - 1)",
        "UPDATE packed_catalogue SET packed = CAST(packed || x'00' AS BLOB)",
        "UPDATE packed_catalogue SET packed = CAST(substr(packed, 1, 40) || x'77' || substr(packed, 42) AS BLOB)",
        "UPDATE packed_catalogue SET catalogue_version = 3",
    ] {
        damage(&person, harm);
        device.catalogue.forget();
        assert_eq!(titles(&person), ["a", "b"], "{harm}");
        assert_eq!(stored().unwrap(), sound, "{harm}");
    }
}

#[tokio::test]
async fn a_catalogue_that_another_process_pulled_is_seen() {
    let (person, _server) = city(vec![delta(4, &[offered("a")], &["reimbursement"])]).await;
    assert_eq!(titles(&person), ["reimbursement"]);
    let other = person.opened_again();
    pull(other.device()).await.unwrap();
    assert_eq!(titles(&person), ["a"]);
}

#[tokio::test]
async fn only_what_is_often_filled_in_offline_is_read_as_a_document() {
    let mut rare = offered("rare");
    rare["often_offline"] = json!(false);
    let mut strange = offered("strange");
    strange["form"]["pages"][0]["fields"][0]["kind"] = json!({ "type": "hologram" });
    let (person, _server) =
        city(vec![delta(4, &[offered("b"), rare, strange, offered("a")], &["reimbursement"])]).await;
    pull(person.compartment.device()).await.unwrap();
    let documents = person.compartment.services().documents().unwrap();
    let ids: Vec<&str> = documents.iter().map(|service| service.service_id.as_str()).collect();
    assert_eq!(ids, ["a", "b"]);
}

/// Pulls from a city whose metadata name that issuer and whose status list is signed by that key.
async fn pull_list(issuer: Option<&str>, signer: &TestKey, key: &TestKey) -> (Result<(), Error>, usize) {
    let server = TestServer::start_with(|origin| {
        let address = format!("{origin}/v1/status-lists/1");
        let jwks = JwkSet { keys: vec![key.jwk("city")] };
        let issuer = issuer.unwrap_or(origin).to_owned();
        let metadata = IssuerMetadata { issuer, jwks, status_lists: vec![address.clone()] };
        let status_list = StatusList { bits: 1, lst: String::new() };
        let claims = StatusListClaims { sub: address, iat: 1_800_000_000, status_list };
        let list = jws::sign::<JwsError>(typ::STATUS_LIST, Some("city"), &claims, |bytes| signer.sign(bytes))
            .unwrap();
        let metadata = serde_json::to_string(&metadata).unwrap();
        vec![Answer::json(200, &metadata), Answer::new(200, "application/statuslist+jwt", &list)]
    })
    .await;
    let person = TestPerson::at(server.url("/"), key);
    let device = person.compartment.device();
    let pulled = super::anchors::pull_anchors(device).await;
    (pulled, device.database.read(super::anchors).unwrap().status_lists.len())
}

#[tokio::test]
async fn status_lists_are_kept_when_the_issuer_signed_them() {
    let (key, other) = (TestKey::generate(), TestKey::generate());
    assert_eq!(pull_list(None, &key, &key).await, (Ok(()), 1));
    assert_eq!(pull_list(None, &other, &key).await, (Ok(()), 0), "a forged list is not kept");
    let elsewhere = pull_list(Some("https://elsewhere.example"), &key, &key).await;
    assert_eq!(elsewhere, (Err(Error::CityAnsweredNonsense), 0));
}

#[test]
fn a_list_of_everything_begins_with_what_is_used_most() {
    let person = TestPerson::new();
    for (name, uses) in [("a", 0), ("m", 7), ("z", 900)] {
        let mut service = crate::testing::service();
        (service.service_id, service.title, service.uses_a_year) = (name.into(), text(name), uses);
        person.publish(&service);
    }
    let services = person.compartment.services();
    for language in [Language::Zh, Language::En] {
        let found = services.search("", language, 3).unwrap();
        let names: Vec<&str> = found.iter().map(|service| service.service_id.as_str()).collect();
        assert_eq!(names, ["z", "m", "a"], "{language:?}");
    }
}
