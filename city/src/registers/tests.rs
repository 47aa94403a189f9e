//! The register log: chained, only added to, and with nothing more than was read.

use citizen_api::register::{RegisterLog, RegisterRead};
use citizen_api::submission::Acknowledgement;
use jiff::civil::date;
use reqwest::Method;

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
    assert_eq!(entries[0].items, ["name"], "what the form asks and nothing beside it");
    assert!(entries[1].items.is_empty(), "only whether there is a record");
    assert_eq!(entries[2].items, ["birth_date", "address"], "the run");
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
