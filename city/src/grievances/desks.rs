//! Who answers grievances, as data: the desks, each with its time, from the first to the one that none stands above.

use citizen_api::form::Answers;
use citizen_api::{FieldId, Text};
use serde::Deserialize;

use crate::http::Refusal;
use crate::rules::built_in;

const DESKS: &str = include_str!("../../data/grievance_desks.json");

/// Who answers grievances.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Desks {
    /// The question that says how often the citizen went in vain.
    trips: FieldId,
    desks: Vec<Desk>,
}

/// One desk.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Desk {
    name: Text,
    /// How long it has, in working days.
    pub(super) working_days: u32,
}

impl Desks {
    /// The desks that are built in.
    pub(super) fn embedded() -> Result<Self, Refusal> {
        built_in("grievance_desks", DESKS)
    }

    /// The desk of a level, counted from 1; the highest one where none stands so high.
    pub(super) fn at(&self, level: u32) -> Result<(u32, &Desk), Refusal> {
        let highest = u32::try_from(self.desks.len()).unwrap_or(u32::MAX);
        let level = level.clamp(1, highest.max(1));
        let place = level.saturating_sub(1) as usize;
        self.desks.get(place).map(|desk| (level, desk)).ok_or_else(Refusal::internal)
    }

    /// How often a citizen went in vain, by the answers.
    pub(super) fn trips(&self, answers: &Answers) -> u32 {
        let told = answers.get(&self.trips).and_then(serde_json::Value::as_u64);
        told.and_then(|trips| u32::try_from(trips).ok()).unwrap_or_default()
    }
}

impl Desk {
    /// What it is called, for a matter of a department.
    pub(super) fn called(&self, department: &Text) -> Text {
        Text {
            zh: self.name.zh.replace("{department}", &department.zh),
            en: self.name.en.replace("{department}", &department.en),
        }
    }
}

#[cfg(test)]
mod tests {
    use citizen_api::Text;

    use super::Desks;

    #[test]
    fn each_desk_has_a_name_and_a_time_and_nothing_stands_above_the_last() {
        let desks = Desks::embedded().unwrap();
        let department = Text::new("市医疗保障局", "Medical Insurance Office");
        let mut names = Vec::new();
        for level in 1..=3 {
            let (found, desk) = desks.at(level).unwrap();
            let name = desk.called(&department);
            assert!(
                found == level && desk.working_days > 0 && !name.zh.contains('{') && !name.en.contains('{')
            );
            names.push(name);
        }
        names.dedup();
        assert_eq!(names.len(), 3);
        assert_eq!(desks.at(9).unwrap().0, 3);
        assert_eq!(desks.at(0).unwrap().0, 1);
    }
}
