//! Staying signed in: what becomes of a session when tokens end, answers are lost and two processes share it.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use zeroize::Zeroizing;

use super::stored::{self, Stored};
use super::{SessionStatus, StepUp};
use crate::Error;
use crate::http::test_server::{Answer, TestServer};
use crate::jws::tests::TestKey;
use crate::testing::TestPerson;

/// A person whose access token ends in so many seconds, at a provider that gives these answers.
async fn person(ends_in: i64, answers: Vec<Answer>) -> (TestPerson, TestServer) {
    let server = TestServer::start(answers).await;
    let person = TestPerson::at(server.url("/"), &TestKey::generate());
    let stored = Stored {
        access: Zeroizing::new("OLD".to_owned()),
        access_until: Timestamp::now() + SignedDuration::from_secs(ends_in),
        refresh: Some(Zeroizing::new("R1".to_owned())),
        token_endpoint: server.url("/token"),
        revocation_endpoint: Some(server.url("/revoke")),
        end_session_endpoint: Some(server.url("/end")),
        key: Some(person.compartment.person_id()),
        signer: None,
        step_up: None,
        ended: false,
    };
    person.compartment.write(|tx, sealer| stored::put(tx, sealer, &stored)).unwrap();
    (person, server)
}

fn new_tokens() -> Answer {
    let tokens =
        json!({ "access_token": "NEW", "token_type": "DPoP", "expires_in": 600, "refresh_token": "R2" });
    Answer::json(200, &tokens.to_string())
}

fn refused(error: &str) -> Answer {
    Answer::json(400, &json!({ "error": error }).to_string())
}

#[tokio::test]
async fn two_processes_renew_an_ended_token_once() {
    let answers = vec![new_tokens(), Answer::json(200, "1"), Answer::json(200, "2")];
    let (person, server) = person(-1, answers).await;
    let (ours, theirs) = (person.compartment.session(), person.opened_again().session());
    let both = tokio::join!(ours.get_json::<Value>("v1/a"), theirs.get_json::<Value>("v1/b"));
    assert!(both.0.is_ok() && both.1.is_ok());
    let requests = server.requests();
    assert!(requests[0].contains("grant_type=refresh_token") && requests[0].contains("refresh_token=R1"));
    assert!(requests[1..].iter().all(|request| request.contains("authorization: DPoP NEW")));
    let current = person.compartment.read(stored::load).unwrap().unwrap();
    assert_eq!(current.stored.refresh.unwrap().as_str(), "R2");
}

#[tokio::test]
async fn a_token_that_the_city_no_longer_takes_is_renewed_and_the_request_repeated() {
    let (person, server) =
        person(600, vec![Answer::json(401, "{}"), new_tokens(), Answer::json(200, "7")]).await;
    assert_eq!(person.compartment.session().get_json::<Value>("v1/a").await, Ok(json!(7)));
    assert!(server.requests()[2].contains("authorization: DPoP NEW"));
}

#[tokio::test]
async fn a_city_that_takes_no_token_at_all_is_asked_twice_and_not_for_ever() {
    let answers = vec![Answer::json(401, "{}"), new_tokens(), Answer::json(401, "{}")];
    let (person, _server) = person(600, answers).await;
    let failed = person.compartment.session().get_json::<Value>("v1/a").await;
    assert_eq!(failed, Err(Error::SignInRequired));
}

#[tokio::test]
async fn a_hundred_requests_that_are_refused_at_once_renew_the_session_once() {
    const MANY: usize = 100;
    let refusals = (0..MANY).map(|_| Answer::json(401, "{}"));
    let answers = (0..MANY).map(|_| Answer::json(200, "1"));
    let (person, server) = person(600, refusals.chain([new_tokens()]).chain(answers).collect()).await;
    let tasks: Vec<_> = (0..MANY)
        .map(|_| {
            let session = person.compartment.session();
            tokio::spawn(async move { session.get_json::<Value>("v1/a").await })
        })
        .collect();
    for task in tasks {
        assert_eq!(task.await.unwrap(), Ok(json!(1)));
    }
    let renewals =
        server.requests().iter().filter(|request| request.contains("grant_type=refresh_token")).count();
    assert_eq!(renewals, 1);
}

#[tokio::test]
async fn a_server_that_wants_its_nonce_is_given_it_once() {
    let wanted = |nonce| {
        Answer::json(401, "{}")
            .header("WWW-Authenticate", r#"DPoP error="use_dpop_nonce""#)
            .header("DPoP-Nonce", nonce)
    };
    let answers =
        vec![wanted("N1"), Answer::json(200, "1"), Answer::json(200, "2"), wanted("N2"), wanted("N3")];
    let (person, server) = person(600, answers).await;
    let session = person.compartment.session();
    assert_eq!(session.get_json::<Value>("v1/a").await, Ok(json!(1)));
    assert_eq!(session.get_json::<Value>("v1/a").await, Ok(json!(2)));
    let nonces: Vec<Value> =
        server.requests().iter().map(|request| proof(request)["nonce"].clone()).collect();
    assert_eq!(nonces, [Value::Null, json!("N1"), json!("N1")], "it is remembered");
    // A server that is never content is not asked for ever: its second refusal counts as one of the token.
    assert!(session.get_json::<Value>("v1/a").await.is_err());
    assert_eq!(server.requests().len(), 5);
}

#[tokio::test]
async fn a_proof_is_for_one_request_and_one_token() {
    let (person, server) = person(600, vec![Answer::json(200, "1"), Answer::json(200, "2")]).await;
    let session = person.compartment.session();
    for _ in 0..2 {
        session.get_json::<Value>("v1/a?after=7").await.unwrap();
    }
    let [first, second] = [0, 1].map(|index| proof(&server.requests()[index]));
    assert_eq!((&first["htm"], &first["htu"]), (&json!("GET"), &json!(server.url("/v1/a"))));
    assert_eq!(first["ath"], "CZ2Qy-5i-J5keOFT6zJA78vkrCIxvtw-hFSbvqq6h-g");
    assert_ne!(first["jti"], second["jti"]);
}

#[tokio::test]
async fn a_city_that_wants_another_sign_in_ends_no_session_and_is_remembered() {
    let wanted = r#"DPoP error="insufficient_user_authentication", max_age="300""#;
    let refusal = Answer::json(401, "{}").header("WWW-Authenticate", wanted);
    let (person, server) = person(600, vec![refusal]).await;
    let session = person.compartment.session();
    let step_up = StepUp { max_age: Some(300), acr_values: None };
    let failed = session.get_json::<Value>("v1/a").await;
    assert_eq!(failed, Err(Error::SignInAgain(Box::new(step_up.clone()))));
    assert_eq!(server.requests().len(), 1, "new tokens would not help");
    assert!(matches!(session.status(), Ok(SessionStatus::SignedIn { .. })));
    assert_eq!(session.wanted(), Ok(step_up));
}

/// The claims of a request's proof.
fn proof(request: &str) -> Value {
    let proof = request.lines().find_map(|line| line.strip_prefix("dpop: ")).unwrap();
    serde_json::from_slice(&citizen_api::jose::decode(proof.split('.').nth(1).unwrap()).unwrap()).unwrap()
}

#[tokio::test]
async fn a_refused_renewal_ends_the_session_and_nothing_else() {
    let (person, server) = person(-1, vec![refused("invalid_grant")]).await;
    let draft = person.complete_draft(1);
    let session = person.compartment.session();
    for _ in 0..2 {
        assert_eq!(session.get_json::<Value>("v1/a").await, Err(Error::SignInRequired));
    }
    assert_eq!(server.requests().len(), 1, "an ended session is not tried again");
    assert_eq!(session.status(), Ok(SessionStatus::Expired));
    assert!(person.compartment.drafts().show(draft).is_ok());
    assert_eq!(person.blobs(), 1);
}

#[tokio::test]
async fn a_lost_answer_is_found_out_by_the_next_try() {
    let (person, _server) = person(-1, vec![Answer::silence(), refused("invalid_grant")]).await;
    let session = person.compartment.session();
    assert_eq!(session.get_json::<Value>("v1/a").await, Err(Error::CityUnreachable));
    assert!(matches!(session.status(), Ok(SessionStatus::SignedIn { .. })));
    assert_eq!(session.get_json::<Value>("v1/a").await, Err(Error::SignInRequired));
    assert_eq!(session.status(), Ok(SessionStatus::Expired));
}

#[tokio::test]
async fn a_caller_that_stops_waiting_does_not_lose_the_new_tokens() {
    let (person, server) = person(-1, vec![new_tokens(), Answer::json(200, "1")]).await;
    let session = person.compartment.session();
    let waiting = async {
        while server.requests().is_empty() {
            tokio::task::yield_now().await
        }
    };
    tokio::select! {
        biased;
        () = waiting => {}
        _ = session.get_json::<Value>("v1/a") => panic!("it answered before it was given up"),
    }
    assert_eq!(session.get_json::<Value>("v1/b").await, Ok(json!(1)));
    assert_eq!(server.requests().iter().filter(|request| request.contains("refresh_token=R1")).count(), 1);
}

#[tokio::test]
async fn an_answer_that_comes_after_a_new_login_does_not_replace_it() {
    let (person, _server) = person(-1, Vec::new()).await;
    let leased = person.compartment.read(stored::load).unwrap().unwrap();
    let new_login = Stored { refresh: Some(Zeroizing::new("R9".to_owned())), ..leased.stored.clone() };
    let late = Stored { refresh: Some(Zeroizing::new("R2".to_owned())), ..leased.stored.clone() };
    let held = person.compartment.write(|tx, sealer| {
        stored::remove(tx)?;
        (0..leased.revision).try_for_each(|_| stored::put(tx, sealer, &new_login))?;
        super::authorized::replace(tx, sealer, &leased, &late)
    });
    let held = held.unwrap();
    assert_eq!(held.revision, leased.revision, "the revision alone does not tell them apart");
    assert_eq!(held.stored.refresh.unwrap().as_str(), "R9");
}

#[tokio::test]
async fn signing_out_keeps_what_the_person_has() {
    let (person, server) = person(600, vec![Answer::json(200, "")]).await;
    let draft = person.complete_draft(0);
    let session = person.compartment.session();
    let end = session.sign_out().await.unwrap().unwrap();
    assert_eq!(end, server.url("/end?client_id=citizen-app"));
    assert!(server.requests()[0].contains("token=R1"));
    assert_eq!(session.status(), Ok(SessionStatus::SignedOut));
    assert_eq!(session.get_json::<Value>("v1/a").await, Err(Error::NotSignedIn));
    assert!(person.compartment.drafts().show(draft).is_ok());
}
