//! The rules by which the city begins by itself, as data: who is found, when, what is made, what is told, and whether
//! it may be declined.

use citizen_api::credential::CredentialKind;
use citizen_api::{RegisterId, RuleId, ServiceId, Text};
use jiff::Span;
use jiff::civil::Date;
use serde::Deserialize;

use super::age::born_by;
use crate::http::Refusal;
use crate::rules::built_in;

const RULES: &str = include_str!("../../data/proactive_rules.json");

/// Who is given what.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rule {
    /// What it is called in programs.
    pub(super) rule_id: RuleId,
    /// The service that it belongs to.
    pub(super) service_id: ServiceId,
    /// Whom it finds.
    pub(super) who: Who,
    /// The registers that must not know them, such as the one of those who have died or moved away.
    #[serde(default)]
    pub(super) unless: Vec<RegisterId>,
    /// What it makes.
    pub(super) makes: Makes,
    /// The office that reads the register for it.
    pub(super) requester: Text,
    /// What for, in words for the citizen.
    pub(super) purpose: Text,
    /// The law that allows it.
    pub(super) legal_ground: Text,
    /// What people call it.
    pub(super) title: Text,
    /// Why a person is found.
    pub(super) reason: Text,
    /// What happens next.
    pub(super) next: Text,
    /// Whether a person can say that they do not want it.
    pub(super) can_decline: bool,
    /// Whether there is something only the person can do, so that the service is begun from the offer.
    #[serde(default)]
    pub(super) begins_service: bool,
}

/// Whom a rule finds: those of whom a register has a day that lies in a span before or after today. Each such day is an
/// occasion, for which a person is found once.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Who {
    /// The register.
    pub(super) register: RegisterId,
    /// What in it is a day.
    pub(super) item: String,
    /// How long after that day a person is found at the earliest.
    from: Term,
    /// How long after that day it is too late; none where it never is.
    #[serde(default)]
    until: Option<Term>,
}

/// A time after a day. Negative days lie before it.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Term {
    /// As a person grows older.
    Years(u8),
    /// Days.
    Days(i32),
}

impl Term {
    /// The latest day after which the term has passed on `today`.
    fn latest(self, today: Date) -> Option<Date> {
        match self {
            Self::Years(years) => born_by(today, years),
            Self::Days(days) => today.checked_sub(Span::new().days(days)).ok(),
        }
    }
}

impl Who {
    /// The days that the register must have on `today`: after the first, up to the second.
    pub(super) fn days(&self, today: Date) -> Option<(Date, Date)> {
        let after = match self.until {
            Some(until) => until.latest(today)?,
            None => Date::ZERO,
        };
        Some((after, self.from.latest(today)?))
    }
}

/// What a rule makes for everyone whom it finds.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Makes {
    /// A card.
    #[serde(default)]
    pub(super) card: Option<Card>,
    /// An entry in a register.
    #[serde(default)]
    pub(super) record: Option<Record>,
    /// What is in the parcel, by which those without the app have theirs too.
    pub(super) parcel: Text,
}

/// A card that a rule makes.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Card {
    /// What kind of card.
    pub(super) kind: CredentialKind,
    /// What the printed number begins with.
    pub(super) number_prefix: String,
    /// How many years it holds.
    pub(super) valid_years: u8,
    /// The cards in whose place it comes.
    #[serde(default)]
    pub(super) replaces: Vec<CredentialKind>,
}

/// An entry that a rule makes in a register.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Record {
    pub(super) register: RegisterId,
    pub(super) item: String,
    pub(super) value: String,
}

/// Every rule, in the order they are carried out.
pub(super) fn embedded() -> Result<Vec<Rule>, Refusal> {
    built_in("proactive_rules", RULES)
}

/// The rule of that name.
pub(super) fn of(rule_id: &RuleId) -> Result<Rule, Refusal> {
    embedded()?.into_iter().find(|rule| rule.rule_id == *rule_id).ok_or_else(Refusal::internal)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use jiff::civil::date;

    use super::embedded;
    use crate::catalogue::Documents;
    use crate::registers::title_of_item;

    #[test]
    fn a_rule_names_what_there_is() {
        let rules = embedded().unwrap();
        let services = Documents::BuiltIn.read().unwrap();
        let names: BTreeSet<&str> = rules.iter().map(|rule| rule.rule_id.as_str()).collect();
        assert_eq!(names.len(), rules.len(), "each once");
        assert!(rules.len() >= 5);
        for rule in &rules {
            let known = services.iter().any(|service| service.service_id == rule.service_id);
            assert!(known, "{} is a rule of no service", rule.rule_id);
            let item = title_of_item(&rule.who.register, &rule.who.item);
            assert_ne!(item.zh, rule.who.item, "{}: {} is described nowhere", rule.rule_id, rule.who.item);
            for replaced in rule.makes.card.iter().flat_map(|card| &card.replaces) {
                let makes = |other: &super::Rule| {
                    other.makes.card.as_ref().is_some_and(|card| card.kind == *replaced)
                };
                assert!(rules.iter().any(makes));
            }
        }
    }

    #[test]
    fn a_span_begins_and_ends_on_its_days() {
        let rules = embedded().unwrap();
        let of = |name: &str| rules.iter().find(|rule| rule.rule_id.as_str() == name).unwrap();
        let today = date(2026, 9, 14);
        let days = of("id-card-ends").who.days(today).unwrap();
        assert_eq!(days, (today, date(2026, 12, 13)), "from the day after today, for 90 days");
        assert_eq!(of("newborn-insurance").who.days(today).unwrap(), (date(2026, 6, 16), today));
        assert_eq!(of("senior-card-60").who.days(today).unwrap(), (date(1956, 9, 14), date(1966, 9, 14)));
    }
}
