//! Facts that can be claimed once, such as an invoice: by whom ever, in the whole city.

use std::collections::BTreeMap;

use citizen_api::form::Answers;
use citizen_api::{CaseId, FieldId, ServiceId};

use crate::http::Refusal;
use crate::keys::sha256;
use crate::rules::built_in;
use crate::store::{StoreError, Tx};

/// Which answers of which service make such a fact.
const RULES: &str = include_str!("../../data/unique_claims.json");

/// The rules, by service: the answers that together can be claimed once.
pub type UniqueClaims = BTreeMap<ServiceId, Vec<FieldId>>;

/// The rules that are built in.
pub fn embedded() -> Result<UniqueClaims, Refusal> {
    built_in("unique_claims", RULES)
}

/// The digest of the fact that these answers claim; none where the service has no such rule.
pub fn fact(rules: &UniqueClaims, service_id: &ServiceId, answers: &Answers) -> Option<String> {
    let fields = rules.get(service_id)?;
    let parts: Vec<String> = fields.iter().map(|field| plain(&written(answers.get(field)))).collect();
    Some(sha256(parts.join("\u{1f}").as_bytes()))
}

fn written(answer: Option<&serde_json::Value>) -> String {
    match answer {
        Some(serde_json::Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
        None => String::new(),
    }
}

/// A text without what people write differently: spaces, hyphens, case and full-width characters.
pub fn plain(written: &str) -> String {
    written
        .chars()
        .map(half_width)
        .filter(|character| character.is_alphanumeric())
        .flat_map(char::to_uppercase)
        .collect()
}

fn half_width(character: char) -> char {
    match character {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(character) - 0xfee0).unwrap_or(character),
        other => other,
    }
}

/// Claims the fact for a case. Says false, and changes nothing, where it was claimed before.
pub fn claim(
    tx: &mut dyn Tx,
    service_id: &ServiceId,
    fact: &str,
    citizen_id: &str,
    case_id: CaseId,
) -> Result<bool, StoreError> {
    let claimed = tx.execute(
        "INSERT INTO claims (service_id, fact_sha256, citizen_id, case_id) VALUES ($1, $2, $3, $4)
         ON CONFLICT (service_id, fact_sha256) DO NOTHING",
        &[service_id.as_str().into(), fact.into(), citizen_id.into(), case_id.to_string().into()],
    )?;
    Ok(claimed == 1)
}

/// Gives back what a refused case had claimed, so that it can be filed again, put right.
pub fn release(tx: &mut dyn Tx, case_id: CaseId) -> Result<(), StoreError> {
    tx.execute("DELETE FROM claims WHERE case_id = $1", &[case_id.to_string().into()])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use citizen_api::form::Answers;
    use serde_json::json;

    use super::{embedded, fact};

    #[test]
    fn the_same_invoice_is_the_same_fact_however_it_is_written() {
        let rules = embedded().unwrap();
        let service = "medical-reimbursement".into();
        let of = |number: &str| {
            fact(&rules, &service, &Answers::from([("invoice_number".into(), json!(number))])).unwrap()
        };
        for written in ["zj-0012345", "ZJ 0012345", "ＺＪ００１２３４５"] {
            assert_eq!(of(written), of("ZJ0012345"), "{written}");
        }
        assert_ne!(of("ZJ0012346"), of("ZJ0012345"));
        assert_eq!(fact(&rules, &"kinship-proof".into(), &Answers::new()), None);
    }
}
