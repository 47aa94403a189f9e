//! Rules about what must be shown, and by which ways.

use std::collections::BTreeSet;

use citizen_api::catalogue::PublicService;
use citizen_api::evidence::EvidenceRoute;
use citizen_api::form::FieldKind;

use super::form::{fields, unknown};
use crate::catalogue::fault::Fault;

/// A name stands for one requirement, and for one declaration.
pub(super) fn names_once(service: &PublicService, faults: &mut Vec<Fault>) {
    let requirements = service.requirements.iter().map(|requirement| requirement.requirement_id.as_str());
    once("/requirements", "requirement_id", requirements, faults);
    let declarations = service.declarations.iter().map(|declaration| declaration.declaration_id.as_str());
    once("/declarations", "declaration_id", declarations, faults);
}

fn once<'a>(list: &str, member: &str, names: impl Iterator<Item = &'a str>, faults: &mut Vec<Fault>) {
    let mut seen = BTreeSet::new();
    for (place, name) in names.enumerate() {
        if !seen.insert(name) {
            faults.push(Fault::new(
                format!("{list}/{place}/{member}"),
                format!("“{name}”这个名字已经用过了，请换一个。"),
                format!("The name “{name}” is taken. Choose another."),
            ));
        }
    }
}

/// Every requirement can be met, and none is cancelled and asked for at once.
pub(super) fn routes_are_possible(service: &PublicService, faults: &mut Vec<Fault>) {
    for (place, requirement) in service.requirements.iter().enumerate() {
        let pointer = format!("/requirements/{place}/routes");
        if requirement.routes.is_empty() {
            faults.push(Fault::new(
                pointer.clone(),
                "没有写怎么满足这项要件。请至少写一种来路。",
                "Nothing says how this is met. Write at least one route.",
            ));
        }
        if requirement.cancelled().is_some() && requirement.routes.len() > 1 {
            faults.push(Fault::new(
                pointer.clone(),
                "已经取消的要件不能再有别的来路。请只留 cancelled。",
                "What is cancelled cannot be met in other ways too. Keep only cancelled.",
            ));
        }
        for (at, route) in requirement.routes.iter().enumerate() {
            let EvidenceRoute::Provided(provided) = route else { continue };
            if provided.min_files > provided.max_files {
                faults.push(Fault::new(
                    format!("{pointer}/{at}"),
                    "最少的份数比最多的还多。请改 min_files 或 max_files。",
                    "The fewest files are more than the most. Change min_files or max_files.",
                ));
            }
        }
    }
}

/// Every declaration is both written and named: by a requirement, or at a place of the form.
pub(super) fn declarations_are_named(service: &PublicService, faults: &mut Vec<Fault>) {
    let mut named = BTreeSet::new();
    for (place, requirement) in service.requirements.iter().enumerate() {
        for (at, route) in requirement.routes.iter().enumerate() {
            let EvidenceRoute::Declared { declaration } = route else { continue };
            named.insert(declaration);
            if !service.declarations.iter().any(|written| written.declaration_id == *declaration) {
                let pointer = format!("/requirements/{place}/routes/{at}/declaration");
                faults.push(unknown(pointer, declaration.as_str()));
            }
        }
    }
    let fields = fields(service);
    named.extend(fields.iter().filter_map(|(_, field)| match &field.kind {
        FieldKind::Declaration { declaration } => Some(declaration),
        _ => None,
    }));
    for (place, written) in service.declarations.iter().enumerate() {
        if !named.contains(&written.declaration_id) {
            faults.push(Fault::new(
                format!("/declarations/{place}"),
                "没有要件用到这份承诺书。请删掉，或在要件的来路里写上。",
                "No requirement is met by this declaration. Remove it, or name it in a route.",
            ));
        }
    }
}
