//! The rules by which the city begins by itself, as data.

use citizen_api::credential::CredentialKind;
use citizen_api::{ServiceId, Text};
use serde::Deserialize;

use crate::http::Refusal;
use crate::rules::built_in;

const RULES: &str = include_str!("../../data/proactive_rules.json");

/// Who gets which card.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rule {
    /// The service that the card is a result of.
    pub(super) service_id: ServiceId,
    /// What kind of card.
    pub(super) kind: CredentialKind,
    /// The age that is reached, in years.
    pub(super) from_age: u8,
    /// The age that is not yet reached; none where there is no end.
    #[serde(default)]
    pub(super) to_age: Option<u8>,
    /// The cards in whose place it comes.
    #[serde(default)]
    pub(super) replaces: Vec<CredentialKind>,
    /// What the printed number begins with.
    pub(super) card_number_prefix: String,
    /// How many years it holds.
    pub(super) valid_years: u8,
    /// The office that reads the population register for it.
    pub(super) requester: Text,
    /// What for, in words for the citizen.
    pub(super) purpose: Text,
    /// The law that allows it.
    pub(super) legal_ground: Text,
    /// What people call it.
    pub(super) title: Text,
    /// Why a person has it, and what happens next.
    pub(super) reason: Text,
    /// What is in the parcel.
    pub(super) parcel: Text,
}

/// Every rule, in the order they are carried out.
pub(super) fn embedded() -> Result<Vec<Rule>, Refusal> {
    built_in("proactive_rules", RULES)
}

#[cfg(test)]
mod tests {
    use super::embedded;

    #[test]
    fn what_a_rule_replaces_is_made_by_another_and_services_are_named_alike() {
        let rules = embedded().unwrap();
        for rule in &rules {
            let kind = serde_json::to_value(rule.kind).unwrap();
            assert_eq!(kind, rule.service_id.as_str());
            for replaced in &rule.replaces {
                assert!(rules.iter().any(|other| other.kind == *replaced));
            }
        }
    }
}
