use serde_json::{Value, json};

use crate::walk::{ID_NUMBER, Town, text};

#[tokio::test]
async fn registers_fill_in_a_form_and_say_who_read_them_and_why() {
    let town = Town::open().await;
    let access_token = text(&town.sign_in().await, "access_token");
    assert_eq!(town.get("/v1/register-log", &access_token).await.1, json!({ "entries": [], "last": 0 }));

    let (status, prefill) = town.get("/v1/services/medical-reimbursement/prefill", &access_token).await;
    assert_eq!(status, 200, "{prefill}");
    let answer = |field: &str| {
        let answers = prefill["answers"].as_array().unwrap();
        answers.iter().find(|answer| answer["field_id"] == field).cloned().unwrap_or_default()
    };
    assert_eq!(answer("patient_id_number")["value"], ID_NUMBER);
    assert_eq!(answer("patient_id_number")["source"]["register"], "population");
    assert!(answer("bank_account")["value"].as_str().unwrap().len() >= 16);
    assert_eq!(prefill["shared"].as_array().unwrap().len(), 3, "{prefill}");

    let (_, log) = town.get("/v1/register-log", &access_token).await;
    let mut read: Vec<&Value> =
        log["entries"].as_array().unwrap().iter().map(|read| &read["register"]).collect();
    read.sort_by_key(|register| register.to_string());
    assert_eq!(read, ["medical_insurance", "population", "social_insurance"], "each once");
    assert!(log["entries"][0]["purpose"]["zh"].as_str().unwrap().contains("报销"), "{log}");
    assert!(log["entries"][0]["at"].as_str().unwrap().starts_with("2026-09-14"), "{log}");
    assert_eq!(town.get("/v1/services/none/prefill", &access_token).await.0, 404);
}

#[tokio::test]
async fn an_account_agrees_with_its_entries() {
    let town = Town::open().await;
    let access_token = text(&town.sign_in().await, "access_token");
    let (status, account) = town.get("/v1/insurance", &access_token).await;
    assert_eq!(status, 200, "{account}");
    let fen = |value: &Value| value.as_i64().unwrap();
    let entries = account["entries"].as_array().unwrap();
    let sum: i64 = entries.iter().map(|entry| fen(&entry["amount"])).sum();
    assert_eq!(sum, fen(&account["current_year"]) + fen(&account["earlier_years"]));
    assert!(entries.is_sorted_by(|newer, older| newer["date"].as_str() >= older["date"].as_str()));
    assert_eq!(account["year"], 2026);
}

#[tokio::test]
async fn nothing_is_told_to_who_is_not_signed_in() {
    let town = Town::open().await;
    for path in ["/v1/me", "/v1/insurance", "/v1/register-log", "/v1/devices", "/userinfo"] {
        let (status, problem) = town.get(path, "guessed").await;
        assert_eq!((status, &problem["type"]), (401, &json!("sign-in-required")), "{path}");
    }
    let access_token = text(&town.sign_in().await, "access_token");
    assert_eq!(town.get("/v1/officer/residents", &access_token).await.0, 403);
}
