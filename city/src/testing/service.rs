//! A service with a requirement for each way of the proof-free city.

use citizen_api::submission::{Submission, SubmittedAttachment};
use citizen_api::{Subject, TransactionId};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::Phone;

/// Its document.
pub(crate) fn bus_pass() -> Value {
    let text = |words: &str| json!({ "zh": words, "en": words });
    let provided = json!({
        "route": "provided", "min_files": 1, "max_files": 2, "max_bytes": 20_971_520, "accept": ["image/jpeg"],
    });
    let shared = |register: &str| json!({ "route": "shared", "register": register });
    let checked = json!({ "route": "checked", "department": text("School Office") });
    let requirement =
        |name: &str, routes: Value| json!({ "requirement_id": name, "title": text(name), "routes": routes });
    json!({
        "service_id": "bus-pass", "version": 1,
        "title": text("Bus pass"), "summary": text("A pass for the bus."), "department": text("Transport Office"),
        "audience": ["citizens"], "livelihood": true,
        "life_event": { "life_event_id": "education", "title": text("Education") },
        "legal_basis": [{ "title": text("Rules for buses"), "says": text("Pupils ride for less.") }],
        "form": { "pages": [{ "title": text("You"), "fields": [
            { "field_id": "name", "label": text("Name"), "kind": { "type": "text", "max_length": 50 },
              "required": true, "prefill": { "register": "population", "item": "name" } },
            { "field_id": "line", "label": text("Line"), "kind": { "type": "number", "min": 1, "max": 9 } },
        ] }] },
        "requirements": [
            requirement("id-card", json!([shared("population"), provided])),
            requirement("income", json!([shared("social_insurance"), provided])),
            requirement("enrolment", json!([checked])),
            requirement("good-marks", json!([checked, provided])),
            requirement("need", json!([{ "route": "declared", "declaration": "in-need" }])),
            requirement("stamp", json!([{ "route": "cancelled", "ground": text("Rules for buses") }])),
            requirement("portrait", json!([provided])),
        ],
        "declarations": [{
            "declaration_id": "in-need", "title": text("In need"), "statement": text("I need it."),
            "consequences": text("It is taken away."),
        }],
        "legal_deadline_days": 20, "promised_deadline_days": 5, "result": text("A pass"),
        "workflow": "decision", "delivery": ["courier", "counter"], "counters": ["city"],
    })
}

/// What a citizen files for it.
pub(crate) fn bus_pass_submission(phone: &Phone, attachments: Vec<SubmittedAttachment>) -> Submission {
    Submission {
        transaction_id: TransactionId::generate(),
        subject: Subject::from(phone.citizen_id),
        by: None,
        device_id: phone.device_id.clone(),
        service_id: "bus-pass".into(),
        service_version: 1,
        answers: [("name".into(), json!("赵某某"))].into(),
        declarations: vec!["in-need".into()],
        attachments,
        disputes: Vec::new(),
        delivery: None,
        deliver_to: None,
        about: None,
        made_at: Timestamp::UNIX_EPOCH,
    }
}
