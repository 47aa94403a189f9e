use citizen_api::case::Case;
use citizen_api::changes::{Change, ChangesPage};
use citizen_api::jose::{Compact, typ};
use citizen_api::mandate::{
    ActKind, ByMandate, Mandate, MandateActs, MandateExtent, MandateList, MandateScope, MandateStatus,
    ON_BEHALF_OF,
};
use citizen_api::officer::CaseList;
use citizen_api::submission::{Acknowledgement, Receipt, SignedDocument, Submission};
use citizen_api::{CaseId, MandateId, Subject, TransactionId};
use jiff::civil::date;
use reqwest::Method;
use serde_json::json;

use crate::testing::{Phone, Reply, TestCity, bus_pass, bus_pass_submission};

/// A mother, her daughter, and a stranger; each is called the same, so that only the number tells them apart.
struct Scene {
    city: TestCity,
    mother: Phone,
    daughter: Phone,
    stranger: Phone,
    daughter_number: String,
}

const NAME: &str = "赵\"某\\";

async fn scene() -> Scene {
    let city = TestCity::on(date(2040, 10, 1)).await;
    assert_eq!(city.officer_put("/v1/officer/services/bus-pass", &bus_pass()).await.status, 200);
    city.resident("mother", date(1950, 5, 1)).await;
    let daughter_number = city.resident("daughter", date(1980, 5, 1)).await;
    city.resident("stranger", date(1990, 5, 1)).await;
    let mother = Phone::of(&city, "mother").await;
    let daughter = Phone::of(&city, "daughter").await;
    let stranger = Phone::of(&city, "stranger").await;
    Scene { city, mother, daughter, stranger, daughter_number }
}

fn filing(extent: MandateExtent) -> MandateScope {
    MandateScope { acts: MandateActs::File, extent }
}

fn bus_passes() -> MandateExtent {
    MandateExtent::Services { services: vec!["bus-pass".into()] }
}

impl Scene {
    async fn offer(&self, scope: &MandateScope, until: &str, number: &str) -> Reply {
        let body = json!({ "to_id_number": number, "to_name": NAME, "scope": scope, "until": until });
        let request = self.mother.request(&self.city, Method::POST, "/v1/mandates");
        self.city
            .send(request.header("Idempotency-Key", TransactionId::generate().to_string()).json(&body))
            .await
    }

    async fn act(&self, phone: &Phone, mandate_id: MandateId, what: &str) -> Reply {
        let path = format!("/v1/mandates/{mandate_id}/{what}");
        self.city.send(phone.request(&self.city, Method::POST, &path)).await
    }

    /// A mandate that the daughter has accepted.
    async fn given(&self, scope: MandateScope) -> MandateId {
        let offered = self.offer(&scope, "2040-12-31", &self.daughter_number).await;
        assert_eq!(offered.status, 201, "{}", offered.text);
        let mandate: Mandate = offered.json();
        assert_eq!((mandate.status, mandate.to.subject.as_str()), (MandateStatus::Offered, "daughter"));
        let accepted = self.act(&self.daughter, mandate.mandate_id, "accept").await;
        assert_eq!(accepted.json::<Mandate>().status, MandateStatus::Accepted);
        mandate.mandate_id
    }

    /// What the daughter signs for her mother.
    async fn application(&self, mandate_id: MandateId) -> Submission {
        let portrait = self.daughter.photograph(&self.city, "portrait").await;
        Submission {
            subject: Subject::from("mother"),
            by: Some(ByMandate { mandate_id, by: Subject::from("daughter") }),
            ..bus_pass_submission(&self.daughter, vec![portrait])
        }
    }

    async fn file(&self, mandate_id: MandateId, submission: &Submission) -> Reply {
        let document = self.daughter.sign(typ::SUBMISSION, submission);
        self.send(mandate_id, submission.transaction_id, document).await
    }

    /// The same bytes, as a phone sends them again.
    async fn send(&self, mandate_id: MandateId, key: TransactionId, document: String) -> Reply {
        let request = self.daughter.request(&self.city, Method::POST, "/v1/submissions");
        let request =
            request.header("Idempotency-Key", key.to_string()).header(ON_BEHALF_OF, mandate_id.to_string());
        self.city.send(request.json(&SignedDocument { document })).await
    }

    async fn get_for(&self, phone: &Phone, path: &str, mandate_id: MandateId) -> Reply {
        let request = phone.request(&self.city, Method::GET, path);
        self.city.send(request.header(ON_BEHALF_OF, mandate_id.to_string())).await
    }

    /// What a feed tells of mandates and acts.
    async fn told(&self, phone: &Phone) -> (Vec<MandateStatus>, Vec<ActKind>) {
        let page: ChangesPage = phone.get(&self.city, "/v1/changes").await.json();
        let (mut statuses, mut acts) = (Vec::new(), Vec::new());
        for change in page.changes {
            match change {
                Change::Mandate(mandate) => statuses.push(mandate.status),
                Change::MandateAct(act) => {
                    assert_eq!(
                        (act.by.subject.as_str(), act.on_behalf_of.subject.as_str()),
                        ("daughter", "mother")
                    );
                    acts.push(act.kind);
                }
                _ => {}
            }
        }
        (statuses, acts)
    }
}

fn refused(reply: &Reply) {
    assert_eq!((reply.status, reply.problem().0.as_str()), (403, "no-mandate"), "{}", reply.text);
}

#[tokio::test]
async fn a_daughter_files_for_her_mother_and_everything_names_both() {
    let scene = scene().await;
    let mandate_id = scene.given(filing(bus_passes())).await;
    let prefill = scene.get_for(&scene.daughter, "/v1/services/bus-pass/prefill", mandate_id).await;
    assert_eq!(prefill.status, 200);
    let submission = scene.application(mandate_id).await;
    let filed = scene.file(mandate_id, &submission).await;
    assert_eq!(filed.status, 201, "{}", filed.text);
    let acknowledgement: Acknowledgement = filed.json();
    let receipt: Receipt = Compact::parse(&acknowledgement.receipt).unwrap().claims().unwrap();
    assert_eq!((receipt.subject.as_str(), receipt.by), ("mother", submission.by.clone()));
    let case = acknowledgement.case;
    assert_eq!(case.events[0].by.zh, format!("{NAME}（替您）"));

    let cases: CaseList = scene.mother.get(&scene.city, "/v1/cases").await.json();
    assert_eq!(cases.cases.len(), 1, "it is the mother's case");
    let own: CaseList = scene.daughter.get(&scene.city, "/v1/cases").await.json();
    assert!(own.cases.is_empty(), "and not the daughter's");
    let seen = scene.get_for(&scene.daughter, &format!("/v1/cases/{}", case.case_id), mandate_id).await;
    assert_eq!(seen.json::<Case>().case_id, case.case_id);

    let acts = vec![ActKind::AskedRegisters, ActKind::Filed, ActKind::Read];
    for phone in [&scene.mother, &scene.daughter] {
        let (statuses, told) = scene.told(phone).await;
        assert_eq!(statuses, [MandateStatus::Offered, MandateStatus::Accepted]);
        assert_eq!(told, acts);
    }
    let ledger = scene.city.ledger(&scene.city.id_number("mother").await).await;
    assert_eq!(ledger.submissions[0].by, submission.by);
    assert_eq!(ledger.mandate_acts.len(), acts.len());
    assert_eq!(ledger.uploads.len(), 1, "the file that the daughter sent is in the mother's case");
}

#[tokio::test]
async fn nothing_is_done_before_it_is_accepted_after_it_ended_or_beyond_its_scope() {
    let scene = scene().await;
    let offered: Mandate =
        scene.offer(&filing(bus_passes()), "2040-12-31", &scene.daughter_number).await.json();
    let submission = scene.application(offered.mandate_id).await;
    refused(&scene.file(offered.mandate_id, &submission).await);
    scene.act(&scene.daughter, offered.mandate_id, "decline").await;
    refused(&scene.file(offered.mandate_id, &submission).await);

    // Reading alone files nothing, and another service is another service.
    for scope in [
        MandateScope { acts: MandateActs::Read, extent: bus_passes() },
        filing(MandateExtent::Services { services: vec!["medical-reimbursement".into()] }),
    ] {
        let mandate_id = scene.given(scope).await;
        let submission = scene.application(mandate_id).await;
        refused(&scene.file(mandate_id, &submission).await);
        refused(&scene.get_for(&scene.daughter, "/v1/services/bus-pass/prefill", mandate_id).await);
    }

    // A phone that drafted in time and sends late.
    let mandate_id = scene.given(filing(bus_passes())).await;
    let late = scene.application(mandate_id).await;
    scene.city.city.clock.set(&scene.city.city.store, date(2041, 1, 1)).await.unwrap();
    refused(&scene.file(mandate_id, &late).await);
    refused(&scene.get_for(&scene.daughter, "/v1/cases", mandate_id).await);
    let cases: CaseList = scene.mother.get(&scene.city, "/v1/cases").await.json();
    assert!(cases.cases.is_empty());
}

#[tokio::test]
async fn once_revoked_nothing_goes_and_what_went_is_still_answered() {
    let scene = scene().await;
    let mandate_id = scene.given(filing(bus_passes())).await;
    let (sent, waits) = (scene.application(mandate_id).await, scene.application(mandate_id).await);
    let document = scene.daughter.sign(typ::SUBMISSION, &sent);
    let send = || scene.send(mandate_id, sent.transaction_id, document.clone());
    assert_eq!(send().await.status, 201);
    assert_eq!(scene.act(&scene.stranger, mandate_id, "revoke").await.status, 404);
    assert_eq!(scene.act(&scene.mother, mandate_id, "revoke").await.status, 200);
    refused(&scene.file(mandate_id, &waits).await);
    refused(&scene.get_for(&scene.daughter, "/v1/cases", mandate_id).await);
    assert_eq!(scene.act(&scene.daughter, mandate_id, "accept").await.status, 409);
    // The answer to the first was lost on its way: the phone hears it again, and nothing new.
    assert!(send().await.replayed);
    let asked = scene.daughter.get(&scene.city, &format!("/v1/submissions/{}", sent.transaction_id)).await;
    assert_eq!(asked.status, 200);
    let unsent = scene.daughter.get(&scene.city, &format!("/v1/submissions/{}", waits.transaction_id)).await;
    assert_eq!(unsent.status, 404);
}

#[tokio::test]
async fn an_agent_s_mandate_is_for_the_one_case_that_it_made() {
    let scene = scene().await;
    let own_portrait = scene.mother.photograph(&scene.city, "portrait").await;
    let own = bus_pass_submission(&scene.mother, vec![own_portrait]);
    let earlier: Acknowledgement = scene.mother.file(&scene.city, &own).await.json();
    let one_case = MandateExtent::OneCase { service_id: "bus-pass".into(), case_id: None };
    let mandate_id = scene.given(filing(one_case)).await;
    let first = scene.application(mandate_id).await;
    let made: Acknowledgement = scene.file(mandate_id, &first).await.json();
    let second = scene.application(mandate_id).await;
    refused(&scene.file(mandate_id, &second).await);
    let case = |case_id: CaseId| format!("/v1/cases/{case_id}");
    assert_eq!(scene.get_for(&scene.daughter, &case(made.case.case_id), mandate_id).await.status, 200);
    refused(&scene.get_for(&scene.daughter, &case(earlier.case.case_id), mandate_id).await);
    let listed: CaseList = scene.get_for(&scene.daughter, "/v1/cases", mandate_id).await.json();
    assert_eq!(listed.cases.len(), 1);
}

#[tokio::test]
async fn a_mandate_serves_nobody_else_and_nothing_else() {
    let scene = scene().await;
    let mandate_id = scene.given(filing(bus_passes())).await;
    refused(&scene.get_for(&scene.stranger, "/v1/cases", mandate_id).await);
    for path in ["/v1/me", "/v1/insurance", "/v1/changes", "/v1/devices", "/v1/mandates", "/v1/register-log"]
    {
        refused(&scene.get_for(&scene.daughter, path, mandate_id).await);
    }
    // A document for the mother without the mandate, one that names no mandate, and one that names another signer.
    let submission = scene.application(mandate_id).await;
    assert_eq!(scene.daughter.file(&scene.city, &submission).await.status, 422);
    for by in [None, Some(ByMandate { mandate_id, by: Subject::from("stranger") })] {
        let submission = Submission { transaction_id: TransactionId::generate(), by, ..submission.clone() };
        refused(&scene.file(mandate_id, &submission).await);
    }
    let mandates: MandateList = scene.stranger.get(&scene.city, "/v1/mandates").await.json();
    assert!(mandates.mandates.is_empty());
}

#[tokio::test]
async fn a_mandate_is_given_to_somebody_who_is_there_for_a_while_and_for_what_there_is() {
    let scene = scene().await;
    let number = scene.daughter_number.clone();
    let unknown = filing(MandateExtent::Services { services: vec!["no-such".into()] });
    let mothers = scene.city.id_number("mother").await;
    for (scope, until, number, pointer) in [
        (filing(bus_passes()), "2040-09-30", number.as_str(), "/until"),
        (filing(bus_passes()), "2046-01-01", &number, "/until"),
        (unknown, "2040-12-31", &number, "/scope"),
        (filing(bus_passes()), "2040-12-31", "330782199001010000", "/to_id_number"),
        (filing(bus_passes()), "2040-12-31", &mothers, "/to_id_number"),
    ] {
        let reply = scene.offer(&scope, until, number).await;
        assert_eq!(reply.problem(), ("invalid-answer".to_owned(), Some(pointer.to_owned())), "{until}");
    }
}
