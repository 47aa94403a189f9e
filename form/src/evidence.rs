//! By which route a requirement is met for this person.

use citizen_api::evidence::{EvidenceRoute, Provided, Requirement};
use citizen_api::register::{SharedEvidence, Source};
use citizen_api::{DeclarationId, RegisterId, Text};

/// How a requirement is met for one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resolution<'a> {
    /// No longer asked of anyone.
    Cancelled {
        /// The legal ground.
        ground: &'a Text,
    },
    /// The citizen signs a declaration instead.
    Declared {
        /// Which one.
        declaration: &'a DeclarationId,
    },
    /// The departments ask each other after filing.
    Checked {
        /// The department that is asked.
        department: &'a Text,
    },
    /// A register has it.
    Shared {
        /// Where it comes from.
        source: &'a Source,
    },
    /// The citizen provides files.
    Provided(&'a Provided),
    /// None of its routes is possible for this person: a counter must help.
    NoRoute,
}

/// The first route that is possible for this person. A register counts only where it really has the record:
/// `shared` is what the registers said about this person.
///
/// A requirement that is cancelled is cancelled wherever the route stands: what the law no longer asks can
/// not be asked by putting another route before it.
pub fn resolve<'a>(requirement: &'a Requirement, shared: &'a [SharedEvidence]) -> Resolution<'a> {
    if let Some(ground) = requirement.cancelled() {
        return Resolution::Cancelled { ground };
    }
    requirement
        .routes
        .iter()
        .find_map(|route| possible(requirement, route, shared))
        .unwrap_or(Resolution::NoRoute)
}

/// What a route comes to for this person; none where it is not possible.
fn possible<'a>(
    requirement: &Requirement,
    route: &'a EvidenceRoute,
    shared: &'a [SharedEvidence],
) -> Option<Resolution<'a>> {
    match route {
        EvidenceRoute::Cancelled { ground } => Some(Resolution::Cancelled { ground }),
        EvidenceRoute::Declared { declaration } => Some(Resolution::Declared { declaration }),
        EvidenceRoute::Checked { department } => Some(Resolution::Checked { department }),
        EvidenceRoute::Shared { register } => {
            shared_source(requirement, register, shared).map(|source| Resolution::Shared { source })
        }
        EvidenceRoute::Provided(provided) => Some(Resolution::Provided(provided)),
    }
}

/// What the register said about this requirement.
fn shared_source<'a>(
    requirement: &Requirement,
    register: &RegisterId,
    shared: &'a [SharedEvidence],
) -> Option<&'a Source> {
    shared
        .iter()
        .find(|evidence| {
            evidence.requirement_id == requirement.requirement_id && evidence.source.register == *register
        })
        .map(|evidence| &evidence.source)
}

/// How many papers a service takes from this person, and how many it does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct EvidenceSummary {
    /// Papers that the citizen must provide.
    pub asked: u32,
    /// Papers that an office asks for only where a case needs them.
    pub on_request: u32,
    /// Papers that a register provides instead.
    pub prefilled: u32,
    /// Papers that are not needed: cancelled, declared, or checked between departments.
    pub not_needed: u32,
    /// Papers that no route provides for this person.
    pub without_route: u32,
}

/// Counts the requirements of a service for this person.
pub fn summarise(requirements: &[Requirement], shared: &[SharedEvidence]) -> EvidenceSummary {
    let mut summary = EvidenceSummary::default();
    for requirement in requirements {
        let count = match resolve(requirement, shared) {
            Resolution::Provided(provided) if provided.min_files == 0 => &mut summary.on_request,
            Resolution::Provided(_) => &mut summary.asked,
            Resolution::Shared { .. } => &mut summary.prefilled,
            Resolution::Cancelled { .. } | Resolution::Declared { .. } | Resolution::Checked { .. } => {
                &mut summary.not_needed
            }
            Resolution::NoRoute => &mut summary.without_route,
        };
        *count = count.saturating_add(1);
    }
    summary
}

#[cfg(test)]
mod tests {
    use citizen_api::evidence::{EvidenceRoute, Provided, Requirement};
    use citizen_api::register::{SharedEvidence, Source};
    use citizen_api::{DeclarationId, Text};
    use jiff::civil::date;

    use super::{EvidenceSummary, Resolution, resolve, summarise};

    fn provided(min_files: u32) -> EvidenceRoute {
        EvidenceRoute::Provided(Provided {
            min_files,
            max_files: 3,
            max_bytes: 1,
            accept: vec!["image/jpeg".to_owned()],
        })
    }

    fn shared_route() -> EvidenceRoute {
        EvidenceRoute::Shared { register: "population".into() }
    }

    fn cancelled() -> EvidenceRoute {
        EvidenceRoute::Cancelled { ground: Text::new("依据", "ground") }
    }

    fn requirement(requirement_id: &str, routes: Vec<EvidenceRoute>) -> Requirement {
        Requirement { requirement_id: requirement_id.into(), title: Text::default(), help: None, routes }
    }

    fn record(requirement_id: &str, register: &str) -> SharedEvidence {
        let source = Source { register: register.into(), title: Text::default(), as_of: date(2026, 11, 1) };
        SharedEvidence { requirement_id: requirement_id.into(), source }
    }

    #[test]
    fn a_register_counts_only_where_it_has_the_record() {
        let requirement = requirement("id-card", vec![shared_route(), provided(1)]);
        let here = [record("id-card", "population")];
        assert!(matches!(resolve(&requirement, &here), Resolution::Shared { .. }));
        for elsewhere in [record("id-card", "marriage"), record("invoice", "population")] {
            let elsewhere = [elsewhere];
            assert!(matches!(resolve(&requirement, &elsewhere), Resolution::Provided(_)));
        }
    }

    #[test]
    fn the_first_possible_route_is_taken() {
        let declaration = DeclarationId::from("other-insurance");
        let requirement = requirement(
            "statement",
            vec![shared_route(), EvidenceRoute::Declared { declaration: declaration.clone() }, provided(1)],
        );
        assert_eq!(resolve(&requirement, &[]), Resolution::Declared { declaration: &declaration });
    }

    #[test]
    fn a_cancelled_paper_stays_cancelled_behind_any_other_route() {
        let requirement = requirement("residence-proof", vec![provided(1), cancelled()]);
        assert!(matches!(resolve(&requirement, &[]), Resolution::Cancelled { .. }));
    }

    #[test]
    fn without_any_possible_route_a_counter_must_help() {
        assert_eq!(resolve(&requirement("id-card", vec![shared_route()]), &[]), Resolution::NoRoute);
    }

    #[test]
    fn the_summary_counts_each_paper_once() {
        let requirements = [
            requirement("invoice", vec![provided(1)]),
            requirement("prescription", vec![provided(0)]),
            requirement("id-card", vec![shared_route(), provided(1)]),
            requirement("residence-proof", vec![cancelled()]),
            requirement("check", vec![EvidenceRoute::Checked { department: Text::default() }]),
            requirement("other", vec![shared_route()]),
        ];
        let shared = [record("id-card", "population")];
        assert_eq!(
            summarise(&requirements, &shared),
            EvidenceSummary { asked: 1, on_request: 1, prefilled: 1, not_needed: 2, without_route: 1 }
        );
    }
}
