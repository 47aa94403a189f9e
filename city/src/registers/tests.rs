//! The register log: chained, only added to, and with nothing more than was read.

use citizen_api::CaseId;
use citizen_api::register::{RegisterAnswer, RegisterCatalogue, RegisterLog, RegisterRead};
use citizen_api::submission::Acknowledgement;
use jiff::civil::date;
use reqwest::Method;
use serde_json::json;

use crate::keys::sha256_hex;
use crate::testing::{Phone, TestCity, bus_pass, bus_pass_submission};

async fn log(city: &TestCity, phone: &Phone, after: u64) -> RegisterLog {
    phone.get(city, &format!("/v1/register-log?after={after}")).await.json()
}

fn assert_chained(entries: &[RegisterRead], subject: &str) {
    let mut previous = String::new();
    for (place, entry) in (1..).zip(entries) {
        assert_eq!((entry.sequence, &entry.previous), (place, &previous));
        assert_eq!(entry.sha256, sha256_hex(entry.chained(subject).unwrap().as_bytes()));
        previous.clone_from(&entry.sha256);
    }
}

fn names(entry: &RegisterRead) -> Vec<&str> {
    entry.items.iter().map(|item| item.item.as_str()).collect()
}

#[tokio::test]
async fn each_reading_is_chained_to_the_one_before_also_those_of_a_run_over_all() {
    let city = TestCity::on(date(2099, 9, 14)).await;
    city.publish(&bus_pass()).await;
    for (name, born) in [("zhao", date(2039, 9, 14)), ("qian", date(2039, 9, 1))] {
        city.resident(name, born).await;
    }
    let zhao = Phone::of(&city, "zhao").await;
    assert_eq!(zhao.get(&city, "/v1/services/bus-pass/prefill").await.status, 200);
    assert_eq!(city.officer(Method::POST, "/v1/officer/proactive/run").await.status, 200);
    let portrait = zhao.photograph(&city, "portrait").await;
    let filed: Acknowledgement = zhao.file(&city, &bus_pass_submission(&zhao, vec![portrait])).await.json();
    let entries = log(&city, &zhao, 0).await.entries;
    assert_chained(&entries, "zhao");
    let registers: Vec<&str> = entries.iter().map(|entry| entry.register.as_str()).collect();
    assert_eq!(registers, ["population", "social_insurance", "population", "population", "social_insurance"]);
    assert_eq!(names(&entries[0]), ["name"], "what the form asks and nothing beside it");
    assert!(entries[1].items.is_empty(), "only whether there is a record");
    assert_eq!(names(&entries[2]), ["birth_date", "address"], "the run");
    assert_eq!(entries[0].legal_ground.en, "Rules for buses");
    assert!(filed.case.case_id.to_string().len() > 8 && entries[2].legal_ground.zh.contains("老年人权益"));
    let qian = Phone::of(&city, "qian").await;
    assert_chained(&log(&city, &qian, 0).await.entries, "qian");
    assert_eq!(log(&city, &zhao, 4).await.entries.len(), 1);
    assert_eq!(log(&city, &zhao, 4).await.last, 5);
}

#[tokio::test]
async fn nobody_changes_or_shortens_the_log() {
    let city = TestCity::on(date(2099, 9, 14)).await;
    city.publish(&bus_pass()).await;
    city.resident("zhao", date(1966, 9, 15)).await;
    let phone = Phone::of(&city, "zhao").await;
    assert_eq!(phone.get(&city, "/v1/services/bus-pass/prefill").await.status, 200);
    for sql in ["UPDATE register_log SET purpose_zh = 'x'", "DELETE FROM register_log"] {
        assert!(city.city.store.write(move |tx| tx.execute(sql, &[])).await.is_err(), "{sql}");
    }
}

#[tokio::test]
async fn a_department_is_answered_what_its_purpose_allows_and_the_person_sees_it() {
    let city = TestCity::on(date(2099, 9, 14)).await;
    city.publish(&bus_pass()).await;
    let id_number = city.resident("zhao", date(1966, 9, 15)).await;
    city.resident("qian", date(1970, 1, 1)).await;
    let phone = Phone::of(&city, "zhao").await;
    let ask = async |register: &str, purpose: &str, case_id: Option<CaseId>, id_number: &str| {
        let query = json!({ "id_number": id_number, "purpose": purpose, "case_id": case_id });
        city.officer_post(&format!("/v1/officer/registers/{register}/query"), &query).await
    };
    for (register, purpose) in [
        ("population", "curiosity"),
        ("population", "marriage-check"),
        ("medical_insurance", "insured-check"),
    ] {
        let refused = ask(register, purpose, None, &id_number).await;
        assert_eq!(refused.problem().0, "forbidden", "{register} {purpose}");
    }
    let portrait = phone.photograph(&city, "portrait").await;
    let filed: Acknowledgement = phone.file(&city, &bus_pass_submission(&phone, vec![portrait])).await.json();
    let before = log(&city, &phone, 0).await.last;
    let case_id = Some(filed.case.case_id);
    let answer: RegisterAnswer = ask("medical_insurance", "insured-check", case_id, &id_number).await.json();
    assert!(answer.known && answer.items.is_empty(), "the record holds neither, and nothing else is told");
    let told = log(&city, &phone, before).await.entries;
    assert_eq!((told.len(), told[0].sequence), (1, answer.sequence));
    assert_eq!((names(&told[0]), told[0].case_id), (vec!["insured", "scheme"], case_id));
    assert_eq!(told[0].requester.en, "Medical Insurance Office");

    let other = city.resident("sun", date(1980, 1, 1)).await;
    assert_eq!(
        ask("medical_insurance", "insured-check", case_id, &other).await.status,
        403,
        "not that person's"
    );
    assert_eq!(ask("medical_insurance", "insured-check", case_id, "1").await.status, 422);
    city.register("medical_insurance", "down").await;
    assert_eq!(log(&city, &phone, before).await.entries.len(), 1, "what was refused read nothing");
}

#[tokio::test]
async fn what_the_city_keeps_is_public() {
    let city = TestCity::on(date(2099, 9, 14)).await;
    let catalogue: RegisterCatalogue = city.send(city.request(Method::GET, "/v1/registers")).await.json();
    assert_eq!((catalogue.registers, catalogue.shared), (288, 123));
}
