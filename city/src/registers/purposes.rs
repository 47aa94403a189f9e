//! What registers may be asked for, as data: who, by which law, and the fewest items that do.

use citizen_api::{CaseId, RegisterId, ServiceId, Text};
use serde::Deserialize;

use super::read::Purpose;
use crate::http::Refusal;
use crate::rules::built_in;

const PURPOSES: &str = include_str!("../../data/purposes.json");

/// One purpose.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KnownPurpose {
    purpose: String,
    title: Text,
    pub(super) register: RegisterId,
    /// What is answered; none where it is only whether there is a record.
    pub(super) items: Vec<String>,
    department: Text,
    legal_ground: Text,
    /// Whether it is only for a case of the person.
    pub(super) needs_case: bool,
}

impl KnownPurpose {
    /// The purpose of that name; none where the city knows none.
    pub(super) fn named(name: &str) -> Result<Option<Self>, Refusal> {
        let known: Vec<Self> = built_in("purposes", PURPOSES)?;
        Ok(known.into_iter().find(|known| known.purpose == name))
    }

    /// As it stands in the person's log.
    pub(super) fn logged(&self, case_id: Option<CaseId>, service_id: Option<ServiceId>) -> Purpose {
        Purpose {
            requester: self.department.clone(),
            purpose: self.title.clone(),
            legal_ground: self.legal_ground.clone(),
            service_id: service_id.unwrap_or_else(|| ServiceId::from("")),
            case_id,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{KnownPurpose, PURPOSES};
    use crate::registers::described::items;

    #[test]
    fn every_purpose_names_items_that_its_register_has_and_a_law() {
        let known: Vec<KnownPurpose> = serde_json::from_str(PURPOSES).unwrap();
        assert!(known.len() >= 12);
        for purpose in &known {
            let names = purpose.items.iter().map(String::as_str);
            for item in items(&purpose.register, names) {
                assert_ne!(item.item, item.title.zh, "{} is not described", purpose.purpose);
            }
            assert!(!purpose.legal_ground.zh.is_empty() && !purpose.legal_ground.en.is_empty());
        }
    }
}
