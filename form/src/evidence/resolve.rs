//! By which route a requirement is met for this person.

use citizen_api::evidence::{EvidenceRoute, Provided, Requirement};
use citizen_api::register::{ServicePrefill, SharedEvidence, Source};
use citizen_api::{DeclarationId, RegisterId, Text};

/// What is known of a person from registers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Registers {
    /// Whether they have been asked at all.
    pub asked: bool,
    /// The requirements that they meet.
    pub shared: Vec<SharedEvidence>,
    /// Those that could not be asked just now.
    pub unavailable: Vec<RegisterId>,
}

impl Registers {
    /// Nothing is known yet: whatever a register may have is counted on until it says otherwise.
    pub fn not_asked() -> Self {
        Self::default()
    }

    /// What they said for a service.
    pub fn said(prefill: &ServicePrefill) -> Self {
        Self { asked: true, shared: prefill.shared.clone(), unavailable: prefill.unavailable.clone() }
    }
}

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
    /// A register may have it and has not been asked yet, such as without a network. Nothing is needed now; where it
    /// turns out to have no record, the city asks for a file later.
    Pending {
        /// The register.
        register: &'a RegisterId,
        /// The file that can be provided all the same.
        fallback: Option<&'a Provided>,
    },
    /// The register that may have it is down. The city looks it up once it is back; a file can be provided to be
    /// faster. Nobody is kept waiting for a register.
    Deferred {
        /// The register.
        register: &'a RegisterId,
        /// The file that can be provided instead.
        fallback: Option<&'a Provided>,
    },
    /// The citizen provides files.
    Provided(&'a Provided),
    /// None of its routes is possible for this person: a counter must help.
    NoRoute,
}

impl<'a> Resolution<'a> {
    /// What may be provided as a file here, needed or not.
    pub fn file(&self) -> Option<&'a Provided> {
        match *self {
            Self::Provided(provided) => Some(provided),
            Self::Pending { fallback, .. } | Self::Deferred { fallback, .. } => fallback,
            _ => None,
        }
    }

    /// The fewest files that the citizen must provide.
    pub fn files_needed(&self) -> u32 {
        match self {
            Self::Provided(provided) => provided.min_files,
            _ => 0,
        }
    }
}

/// The first route that is possible for this person. A register counts only where it really has the record, or
/// cannot be asked at this moment.
///
/// A requirement that is cancelled is cancelled wherever the route stands: what the law no longer asks can
/// not be asked by putting another route before it.
pub fn resolve<'a>(requirement: &'a Requirement, registers: &'a Registers) -> Resolution<'a> {
    if let Some(ground) = requirement.cancelled() {
        return Resolution::Cancelled { ground };
    }
    let possible = |route| possible(requirement, route, registers);
    requirement.routes.iter().find_map(possible).unwrap_or(Resolution::NoRoute)
}

/// What a route comes to for this person; none where it is not possible.
fn possible<'a>(
    requirement: &'a Requirement,
    route: &'a EvidenceRoute,
    registers: &'a Registers,
) -> Option<Resolution<'a>> {
    let fallback = || requirement.provided();
    match route {
        EvidenceRoute::Cancelled { ground } => Some(Resolution::Cancelled { ground }),
        EvidenceRoute::Declared { declaration } => Some(Resolution::Declared { declaration }),
        EvidenceRoute::Checked { department } => Some(Resolution::Checked { department }),
        EvidenceRoute::Shared { register } if !registers.asked => {
            Some(Resolution::Pending { register, fallback: fallback() })
        }
        EvidenceRoute::Shared { register } if registers.unavailable.contains(register) => {
            Some(Resolution::Deferred { register, fallback: fallback() })
        }
        EvidenceRoute::Shared { register } => {
            let source = shared_source(requirement, register, &registers.shared)?;
            Some(Resolution::Shared { source })
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

#[cfg(test)]
mod tests {
    use citizen_api::evidence::EvidenceRoute;
    use citizen_api::{DeclarationId, RegisterId};

    use super::{Registers, Resolution, resolve};
    use crate::evidence::testing::{cancelled, provided, record, requirement, said, shared_route};

    #[test]
    fn a_register_counts_only_where_it_has_the_record() {
        let requirement = requirement("id-card", vec![shared_route(), provided(1)]);
        let here = said(vec![record("id-card", "population")]);
        assert!(matches!(resolve(&requirement, &here), Resolution::Shared { .. }));
        for elsewhere in [record("id-card", "marriage"), record("invoice", "population")] {
            assert!(matches!(resolve(&requirement, &said(vec![elsewhere])), Resolution::Provided(_)));
        }
    }

    #[test]
    fn the_first_possible_route_is_taken() {
        let declaration = DeclarationId::from("other-insurance");
        let requirement = requirement(
            "statement",
            vec![shared_route(), EvidenceRoute::Declared { declaration: declaration.clone() }, provided(1)],
        );
        let nothing = said(Vec::new());
        assert_eq!(resolve(&requirement, &nothing), Resolution::Declared { declaration: &declaration });
    }

    #[test]
    fn a_cancelled_paper_stays_cancelled_behind_any_other_route() {
        let requirement = requirement("residence-proof", vec![provided(1), cancelled()]);
        assert!(matches!(resolve(&requirement, &Registers::not_asked()), Resolution::Cancelled { .. }));
    }

    #[test]
    fn without_any_possible_route_a_counter_must_help() {
        let requirement = requirement("id-card", vec![shared_route()]);
        assert_eq!(resolve(&requirement, &said(Vec::new())), Resolution::NoRoute);
    }

    #[test]
    fn a_register_that_was_not_asked_or_is_down_keeps_nobody_waiting() {
        let with_file = requirement("id-card", vec![shared_route(), provided(1)]);
        let without = requirement("id-card", vec![shared_route()]);
        let unasked = Registers::not_asked();
        let down = Registers { unavailable: vec![RegisterId::from("population")], ..said(Vec::new()) };
        for requirement in [&with_file, &without] {
            let open = resolve(requirement, &unasked);
            assert!(matches!(open, Resolution::Pending { .. }), "{open:?}");
            let deferred = resolve(requirement, &down);
            assert!(matches!(deferred, Resolution::Deferred { .. }), "{deferred:?}");
            for resolution in [open, deferred] {
                assert_eq!(resolution.files_needed(), 0);
                assert_eq!(resolution.file(), requirement.provided());
            }
        }
    }
}
