//! What a citizen says is wrong in a register, kept with the filing that says it.

use std::collections::BTreeSet;

use citizen_api::CaseId;
use citizen_api::form::{Field, FormDefinition};
use citizen_api::problem::ProblemType;
use citizen_api::submission::{Dispute, Submission};
use jiff::Timestamp;
use serde_json::Value as Json;

use crate::http::Refusal;
use crate::store::{Tx, Value};

/// The longest note, in characters.
const NOTE_LENGTH: usize = 2_000;

/// Keeps the disputes of a filing; refuses one that is about nothing that a register answers.
pub(super) fn keep(
    tx: &mut dyn Tx,
    citizen_id: &str,
    case_id: CaseId,
    form: &FormDefinition,
    submission: &Submission,
    at: Timestamp,
) -> Result<(), Refusal> {
    let mut seen = BTreeSet::new();
    for (place, dispute) in submission.disputes.iter().enumerate() {
        if !seen.insert(&dispute.field_id) {
            return Err(twice(place));
        }
        let field = check(form, dispute, place)?;
        let answer = submission.answers.get(&dispute.field_id).ok_or_else(|| no_answer(place))?;
        let item = field.prefill.as_ref().map(|prefill| prefill.item.as_str()).unwrap_or_default();
        tx.execute(
            "INSERT INTO disputes (citizen_id, case_id, field_id, label_zh, label_en, register, item,
                                   registered, answer, note, received_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
            &[
                citizen_id.into(),
                case_id.to_string().into(),
                dispute.field_id.as_str().into(),
                (&field.label.zh).into(),
                (&field.label.en).into(),
                dispute.register.as_str().into(),
                item.into(),
                Value::json(&dispute.registered)?,
                Value::json(answer)?,
                dispute.note.trim().into(),
                at.into(),
            ],
        )?;
    }
    Ok(())
}

/// The field that a dispute is about.
fn check<'a>(form: &'a FormDefinition, dispute: &Dispute, place: usize) -> Result<&'a Field, Refusal> {
    let field = form.field(&dispute.field_id).ok_or_else(|| not_registered(place, "field_id"))?;
    let prefill = field.prefill.as_ref().ok_or_else(|| not_registered(place, "field_id"))?;
    if prefill.register != dispute.register {
        return Err(not_registered(place, "register"));
    }
    if dispute.note.chars().count() > NOTE_LENGTH {
        return Err(Refusal::new(
            ProblemType::InvalidAnswer,
            format!("说明太长了，请不要超过 {NOTE_LENGTH} 个字。"),
            format!("The note is too long. Please keep it to {NOTE_LENGTH} characters."),
        )
        .at(format!("/disputes/{place}/note")));
    }
    Ok(field)
}

/// An answer in the text that a register keeps: one that would be read back as this very answer. None where there is
/// no such text.
pub(super) fn as_registered(field: &Field, answer: &Json) -> Option<String> {
    let written = match answer {
        Json::String(text) => text.clone(),
        Json::Bool(true) => "yes".to_owned(),
        Json::Bool(false) => "no".to_owned(),
        Json::Number(number) => number.as_i64()?.to_string(),
        Json::Object(parts) => ["province", "city", "county", "town", "detail"]
            .iter()
            .filter_map(|part| parts.get(*part)?.as_str())
            .collect::<Vec<_>>()
            .join("/"),
        _ => return None,
    };
    let is_same = |text: &String| citizen_form::answer::read(field, text).is_ok_and(|read| read == *answer);
    // An amount is kept as yuan, as people write it.
    let yuan = || answer.as_i64().map(|fen| format!("{}.{:02}", fen / 100, fen.unsigned_abs() % 100));
    Some(written).filter(is_same).or_else(|| yuan().filter(is_same))
}

fn not_registered(place: usize, part: &str) -> Refusal {
    Refusal::new(
        ProblemType::InvalidAnswer,
        "这一项不是登记库填的，不用申请更正。直接改填写的内容就行。",
        "No register answers this question, so there is nothing to correct in one. Just change your answer.",
    )
    .at(format!("/disputes/{place}/{part}"))
}

fn twice(place: usize) -> Refusal {
    Refusal::new(
        ProblemType::InvalidAnswer,
        "同一项申请了两次更正，请去掉一个。",
        "The same thing is said to be wrong twice. Please remove one.",
    )
    .at(format!("/disputes/{place}/field_id"))
}

fn no_answer(place: usize) -> Refusal {
    Refusal::new(
        ProblemType::InvalidAnswer,
        "请把正确的内容也填上，我们才知道改成什么。",
        "Please fill in what is right, so that we know what to change it to.",
    )
    .at(format!("/disputes/{place}/field_id"))
}

#[cfg(test)]
mod tests {
    use citizen_api::Text;
    use citizen_api::form::{Field, FieldKind};
    use serde_json::json;

    use super::as_registered;

    #[test]
    fn what_is_written_into_a_register_is_read_back_as_the_answer() {
        let answers = [
            (FieldKind::Text { max_length: 9 }, json!("赵某"), Some("赵某")),
            (FieldKind::Number { min: 0, max: 9 }, json!(7), Some("7")),
            (FieldKind::Money { min: 0, max: 99_999 }, json!(1_205), Some("12.05")),
            (FieldKind::Date, json!("1966-11-23"), Some("1966-11-23")),
            (FieldKind::YesNo, json!(false), Some("no")),
            (
                FieldKind::Address { areas: Vec::new() },
                json!({"province": "浙江省", "city": "金华市", "county": "义乌市", "town": "稠城街道", "detail": "1号"}),
                Some("浙江省/金华市/义乌市/稠城街道/1号"),
            ),
            (FieldKind::Date, json!([1]), None),
        ];
        for (kind, answer, text) in answers {
            let field = Field::new("x", Text::default(), kind);
            assert_eq!(as_registered(&field, &answer).as_deref(), text, "{answer}");
        }
    }
}
