//! Requirements and records for tests.

use citizen_api::Text;
use citizen_api::evidence::{EvidenceRoute, Provided, Requirement};
use citizen_api::register::{SharedEvidence, Source};
use jiff::civil::date;

use super::Registers;

pub(super) fn provided(min_files: u32) -> EvidenceRoute {
    EvidenceRoute::Provided(Provided {
        min_files,
        max_files: 3,
        max_bytes: 1,
        accept: vec!["image/jpeg".to_owned()],
    })
}

pub(super) fn shared_route() -> EvidenceRoute {
    EvidenceRoute::Shared { register: "population".into() }
}

pub(super) fn cancelled() -> EvidenceRoute {
    EvidenceRoute::Cancelled { ground: Text::new("依据", "ground") }
}

pub(super) fn requirement(requirement_id: &str, routes: Vec<EvidenceRoute>) -> Requirement {
    let title = Text::new(requirement_id, requirement_id);
    Requirement { requirement_id: requirement_id.into(), title, help: None, routes }
}

pub(super) fn record(requirement_id: &str, register: &str) -> SharedEvidence {
    let source = Source { register: register.into(), title: Text::default(), as_of: date(2026, 11, 1) };
    SharedEvidence { requirement_id: requirement_id.into(), source }
}

/// Registers that were asked and said this.
pub(super) fn said(shared: Vec<SharedEvidence>) -> Registers {
    Registers { asked: true, shared, unavailable: Vec::new() }
}
