//! Whether a service contradicts itself: what no schema can say. One rule a function; every fault is told.

mod evidence;
mod form;
mod migrations;
mod rules;
mod service;

use citizen_api::catalogue::PublicService;

use super::fault::Fault;

pub(super) use migrations::against_earlier;

/// A rule: adds what is wrong to the faults.
type Rule = fn(&PublicService, &mut Vec<Fault>);

/// The rules, in the order of a document.
const RULES: [Rule; 15] = [
    service::deadlines,
    service::counters_fit,
    form::names_once,
    form::answers_are_possible,
    form::groups_hold_questions_only,
    form::places_name_something,
    form::computed_is_not_typed,
    form::within_bounds,
    rules::are_rules,
    rules::checks_name_fields,
    evidence::names_once,
    evidence::routes_are_possible,
    evidence::declarations_are_named,
    migrations::one_for_each_version,
    migrations::name_fields_of_this_version,
];

/// Everything that is wrong with a document of that name.
pub(super) fn faults(name: &str, service: &PublicService) -> Vec<Fault> {
    let mut faults = Vec::new();
    service::is_named_so(name, service, &mut faults);
    for rule in RULES {
        rule(service, &mut faults);
    }
    // What the whole form comes to is looked at only where its parts are sound, so that nothing is told twice.
    if faults.is_empty() {
        rules::form_compiles(service, &mut faults);
    }
    faults
}
