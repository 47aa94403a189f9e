//! Moving a draft's answers to a newer version of its form.
//!
//! Nothing that a person wrote is lost: every answer is either an answer of the new form, or an [`EarlierAnswer`] that
//! says why it is not. The move is pure; whoever keeps drafts makes it one transaction.

mod moving;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use citizen_api::catalogue::PublicService;
use citizen_api::form::{Answers, FieldKind};
use citizen_api::migration::MigrationStep;
use citizen_api::{FieldId, RequirementId, Text};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use moving::Moving;

/// How many steps may lead from one version to another. Each may look at every answer.
pub const MAX_MIGRATION_STEPS: usize = 200;

/// An answer that a person gave to an earlier version of the form, and that the form as it is does not have.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EarlierAnswer {
    /// The field: its name now where it is asked again, else the name it had.
    pub field_id: FieldId,
    /// The question as it was asked.
    pub label: Text,
    /// The kind of answer it took.
    pub kind: FieldKind,
    /// The answer.
    pub value: Value,
    /// The version of the form that it was given to.
    pub version: u32,
    /// What became of it.
    pub fate: Fate,
}

/// What became of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// To be answered again: the question means something else, or takes another kind of answer.
    AskAgain,
    /// Written over into an answer of the new form.
    Converted,
    /// No longer asked.
    NoLongerAsked,
}

/// What a draft's answers are before and after a move.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Written {
    /// The answers to the form.
    pub answers: Answers,
    /// What was answered to earlier versions.
    pub earlier: Vec<EarlierAnswer>,
}

/// Moves what was written for one version of a service to a later one.
pub fn migrate(from: &PublicService, to: &PublicService, written: Written) -> Written {
    let mut moving = Moving::new(from, written);
    for step in steps(from.version, to).take(MAX_MIGRATION_STEPS) {
        moving.take(step);
    }
    moving.arrive(&to.form)
}

/// The names that requirements have in the later version, where they are others.
pub fn renamed_requirements(from: u32, to: &PublicService) -> BTreeMap<RequirementId, RequirementId> {
    let mut names: BTreeMap<RequirementId, RequirementId> = BTreeMap::new();
    for step in steps(from, to) {
        if let MigrationStep::RequirementRenamed { from: before, to: after } = step {
            for name in names.values_mut().filter(|name| *name == before) {
                *name = after.clone();
            }
            names.entry(before.clone()).or_insert_with(|| after.clone());
        }
    }
    names
}

/// Whether this version knows every step from that version on, and takes so many. A draft waits for the app that does.
pub fn is_understood(from: u32, to: &PublicService) -> bool {
    let known = steps(from, to).take_while(|step| **step != MigrationStep::Unknown).count();
    known <= MAX_MIGRATION_STEPS && known == steps(from, to).count()
}

/// The steps from a version to that of the service, in order.
fn steps(from: u32, to: &PublicService) -> impl Iterator<Item = &MigrationStep> {
    let mut migrations: Vec<_> =
        to.migrations.iter().filter(|migration| (from..to.version).contains(&migration.from)).collect();
    migrations.sort_by_key(|migration| migration.from);
    migrations.into_iter().flat_map(|migration| &migration.steps)
}

impl std::fmt::Debug for EarlierAnswer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("EarlierAnswer(…)")
    }
}

impl std::fmt::Debug for Written {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Written(…)")
    }
}
