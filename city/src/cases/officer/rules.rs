//! The rules by which bills are settled, as data: for each service, scheme and kind of treatment.
//!
//! What a year has used already of the deductible and the ceiling is what was paid, and what is settled and
//! waits to be paid: two bills settled on one day do not both count on the same rest.

use std::collections::BTreeMap;

use citizen_api::form::Answers;
use citizen_api::settlement::{Settlement, SettlementRules};
use citizen_api::{Fen, FieldId, ServiceId};
use serde::Deserialize;

use crate::http::Refusal;
use crate::rules::built_in;
use crate::store::{StoreError, Tx};

const RULES: &str = include_str!("../../../data/settlement_rules.json");

/// How the bills of one service are settled.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ServiceRules {
    /// Which answers say what the settlement goes by.
    pub(super) answers: AnswerNames,
    class_b_own_share: u32,
    schemes: BTreeMap<String, SchemeRules>,
}

/// The fields of the form that a settlement reads.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AnswerNames {
    /// The number of the bill in the register of medical bills.
    pub(super) invoice: FieldId,
    /// The kind of treatment, which decides the ratio.
    treatment: FieldId,
    /// The account that the money goes to.
    pub(super) account: FieldId,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct SchemeRules {
    deductible: Fen,
    ratios: BTreeMap<String, u32>,
    ceiling: Fen,
}

/// The rules of a service; none where its cases settle no bills.
pub(super) fn of_service(service_id: &ServiceId) -> Result<Option<ServiceRules>, Refusal> {
    let mut rules: BTreeMap<ServiceId, ServiceRules> = built_in("settlement_rules", RULES)?;
    Ok(rules.remove(service_id))
}

/// The text of an answer; empty where there is none.
pub(super) fn answer<'a>(answers: &'a Answers, field: &FieldId) -> &'a str {
    answers.get(field).and_then(serde_json::Value::as_str).unwrap_or_default()
}

/// What a person has used this year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Used {
    deductible: Fen,
    reimbursed: Fen,
}

impl ServiceRules {
    /// The rules for one bill of one person; none where the scheme or the treatment is not in the data.
    pub(super) fn for_bill(&self, scheme: &str, answers: &Answers, used: Used) -> Option<SettlementRules> {
        let scheme = self.schemes.get(scheme)?;
        let ratio = *scheme.ratios.get(answer(answers, &self.answers.treatment))?;
        let left = |whole: Fen, used: Fen| whole.checked_sub(used).unwrap_or_default().max(Fen::ZERO);
        Some(SettlementRules {
            class_b_own_share: self.class_b_own_share,
            deductible: left(scheme.deductible, used.deductible),
            ratio,
            ceiling: left(scheme.ceiling, used.reimbursed),
        })
    }
}

/// The scheme of an insured person, and what this year has used; none where the person is not insured.
pub(super) fn insured(tx: &mut dyn Tx, citizen_id: &str) -> Result<Option<(String, Used)>, StoreError> {
    let account = tx.query_one(
        "SELECT scheme, deductible_used_fen, reimbursed_fen FROM insurance_accounts WHERE citizen_id = $1",
        &[citizen_id.into()],
    )?;
    let Some(account) = account else { return Ok(None) };
    let waiting = tx.query(
        "SELECT settled.settlement FROM settlements AS settled
         WHERE settled.citizen_id = $1 AND NOT EXISTS (
             SELECT 1 FROM payouts AS paid
             WHERE paid.citizen_id = settled.citizen_id AND paid.case_id = settled.case_id)",
        &[citizen_id.into()],
    )?;
    let mut used = Used { deductible: Fen(account.integer(1)?), reimbursed: Fen(account.integer(2)?) };
    for row in &waiting {
        let settlement: Settlement = row.json(0)?;
        let add = |sum: Fen, more: Fen| sum.checked_add(more).unwrap_or(Fen(i64::MAX));
        used.deductible = add(used.deductible, settlement.deductible_used);
        used.reimbursed = add(used.reimbursed, settlement.reimbursed);
    }
    Ok(Some((account.text(0)?, used)))
}

#[cfg(test)]
mod tests {
    use citizen_api::Fen;
    use citizen_api::form::Answers;
    use serde_json::json;

    use super::{Used, of_service};

    const NOTHING: Used = Used { deductible: Fen(0), reimbursed: Fen(0) };

    fn treated(kind: &str) -> Answers {
        Answers::from([("visit_kind".into(), json!(kind))])
    }

    #[test]
    fn every_scheme_has_a_ratio_for_every_treatment_that_the_form_offers() {
        let rules = of_service(&"medical-reimbursement".into()).unwrap().unwrap();
        for scheme in ["employee", "retired", "resident"] {
            for kind in ["outpatient", "inpatient", "emergency"] {
                let found = rules.for_bill(scheme, &treated(kind), NOTHING).unwrap();
                assert!((1..=10_000).contains(&found.ratio), "{scheme} {kind}");
            }
        }
        assert!(rules.for_bill("resident", &treated("spa"), NOTHING).is_none());
        assert!(of_service(&"kinship-proof".into()).unwrap().is_none());
    }

    #[test]
    fn what_the_year_has_used_is_gone_and_never_less_than_nothing() {
        let rules = of_service(&"medical-reimbursement".into()).unwrap().unwrap();
        let used = Used { deductible: Fen(20_000), reimbursed: Fen(99_000_000) };
        let found = rules.for_bill("resident", &treated("inpatient"), used).unwrap();
        assert_eq!((found.deductible, found.ceiling), (Fen(10_000), Fen(0)));
    }
}
