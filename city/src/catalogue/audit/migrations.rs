//! Rules about how drafts of earlier versions are moved.

use std::collections::{BTreeMap, BTreeSet};

use citizen_api::catalogue::PublicService;
use citizen_api::migration::{Migration, MigrationStep};

use super::form::{fields, unknown};
use crate::catalogue::fault::Fault;

/// For how many versions before it a document says how drafts are moved.
const VERSIONS: u32 = 3;

/// There is one migration for each of the last versions, and none twice or from a version that is still to come.
pub(super) fn one_for_each_version(service: &PublicService, faults: &mut Vec<Fault>) {
    let version = service.version;
    let mut seen = BTreeSet::new();
    for (place, migration) in service.migrations.iter().enumerate() {
        if migration.from >= version || !seen.insert(migration.from) {
            faults.push(Fault::new(
                format!("/migrations/{place}/from"),
                format!("from 要比本版 {version} 小，而且每版只写一次。"),
                format!("from must be below this version, {version}, and stand once."),
            ));
        }
    }
    for from in version.saturating_sub(VERSIONS).max(1)..version {
        if !seen.contains(&from) {
            faults.push(Fault::new(
                "/migrations",
                format!("缺少从第 {from} 版迁移的步骤。没有改名的话写空的 steps。"),
                format!(
                    "The migration from version {from} is missing. Where no name changed its steps are empty."
                ),
            ));
        }
    }
}

/// What a migration names, and where.
struct Named<'a> {
    pointer: String,
    name: &'a str,
    is_field: bool,
}

/// What the steps of a migration name in the version that they move from, and in the one that they move to.
fn named(place: usize, migration: &Migration) -> (Vec<Named<'_>>, Vec<Named<'_>>) {
    let (mut before, mut after) = (Vec::new(), Vec::new());
    for (at, step) in migration.steps.iter().enumerate() {
        let pointer = |member: &str| format!("/migrations/{place}/steps/{at}/{member}");
        let field = |member: &str, name| Named { pointer: pointer(member), name, is_field: true };
        let requirement = |member: &str, name| Named { pointer: pointer(member), name, is_field: false };
        match step {
            MigrationStep::Renamed { from, to } => {
                before.push(field("from", from.as_str()));
                after.push(field("to", to.as_str()));
            }
            MigrationStep::Converted { from, to, .. } => {
                let read = from.iter().enumerate();
                before.extend(read.map(|(index, from)| field(&format!("from/{index}"), from.as_str())));
                after.push(field("to", to.as_str()));
            }
            MigrationStep::AskAgain { field: again } => {
                before.push(field("field", again.as_str()));
                after.push(field("field", again.as_str()));
            }
            MigrationStep::RequirementRenamed { from, to } => {
                before.push(requirement("from", from.as_str()));
                after.push(requirement("to", to.as_str()));
            }
            MigrationStep::Unknown => {}
        }
    }
    (before, after)
}

fn missing_in(service: &PublicService, names: Vec<Named<'_>>, faults: &mut Vec<Fault>) {
    let fields: BTreeSet<&str> = fields(service).iter().map(|(_, field)| field.field_id.as_str()).collect();
    for Named { pointer, name, is_field } in names {
        let known = match is_field {
            true => fields.contains(name),
            false => service.requirements.iter().any(|known| known.requirement_id.as_str() == name),
        };
        if !known {
            faults.push(unknown(pointer, name));
        }
    }
}

/// The steps that lead to this version name what it has.
pub(super) fn name_fields_of_this_version(service: &PublicService, faults: &mut Vec<Fault>) {
    for (place, migration) in service.migrations.iter().enumerate() {
        if migration.from.checked_add(1) == Some(service.version) {
            missing_in(service, named(place, migration).1, faults);
        }
    }
}

/// What the migrations of a document name in earlier versions that are known, and do not have it.
pub(crate) fn against_earlier(service: &PublicService, earlier: &BTreeMap<u32, PublicService>) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (place, migration) in service.migrations.iter().enumerate() {
        let (before, after) = named(place, migration);
        if let Some(from) = earlier.get(&migration.from) {
            missing_in(from, before, &mut faults);
        }
        let next = migration.from.checked_add(1).and_then(|next| earlier.get(&next));
        if let Some(to) = next {
            missing_in(to, after, &mut faults);
        }
    }
    faults
}
