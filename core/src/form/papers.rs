//! Papers and declarations as they are shown, and how they come to be: by which route each requirement is met here.

use std::collections::BTreeSet;

use citizen_api::catalogue::PublicService;
use citizen_api::evidence::{Declaration, Provided, Requirement};
use citizen_api::register::Source;
use citizen_api::{DeclarationId, RegisterId, RequirementId, Text};
use citizen_form::{Registers, Resolution, evidence};
use serde::Serialize;

use crate::attachment::AttachmentView;

/// A paper, and how it is met.
#[derive(Clone, PartialEq, Serialize)]
pub struct RequirementView {
    /// The requirement's name.
    pub requirement_id: RequirementId,
    /// What people call the paper.
    pub title: Text,
    /// What it is needed for, or how to find it.
    pub help: Option<Text>,
    /// How it is met for this person.
    pub resolution: ResolutionView,
    /// Whether nothing more is to be done for it.
    pub met: bool,
}

/// How a paper is met for this person.
#[derive(Clone, PartialEq, Serialize)]
#[serde(tag = "route", rename_all = "snake_case")]
pub enum ResolutionView {
    /// No longer asked of anyone.
    Cancelled {
        /// The legal ground.
        ground: Text,
    },
    /// A register has it.
    Shared {
        /// Which one, and of which day its record is.
        source: Source,
    },
    /// The person signs a declaration instead.
    Declared {
        /// Which one.
        declaration_id: DeclarationId,
    },
    /// The departments ask each other after filing.
    Checked {
        /// The department that is asked.
        department: Text,
    },
    /// A register may have it and has not been asked yet. Nothing is needed now.
    Pending {
        /// The register.
        register: RegisterId,
        /// What may be provided all the same, where anything.
        fallback: Option<Provided>,
        /// The files that are there.
        files: Vec<AttachmentView>,
    },
    /// The register that may have it is down. The city looks it up later; a file makes it faster.
    Deferred {
        /// The register.
        register: RegisterId,
        /// What may be provided instead, where anything.
        fallback: Option<Provided>,
        /// The files that are there.
        files: Vec<AttachmentView>,
    },
    /// The person provides files.
    Provided {
        /// How many, how large and of what kinds.
        provided: Provided,
        /// Those that are there.
        files: Vec<AttachmentView>,
    },
    /// No route is possible for this person: a counter must help.
    NoRoute,
}

impl ResolutionView {
    /// What may be provided as a file, needed or not.
    pub(crate) fn into_file(self) -> Option<Provided> {
        match self {
            Self::Provided { provided, .. } => Some(provided),
            Self::Pending { fallback, .. } | Self::Deferred { fallback, .. } => fallback,
            _ => None,
        }
    }

    /// The files that the person attached for it and that go along.
    pub fn files(&self) -> &[AttachmentView] {
        match self {
            Self::Provided { files, .. } | Self::Pending { files, .. } | Self::Deferred { files, .. } => {
                files
            }
            _ => &[],
        }
    }
}

/// A declaration that stands for a paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeclarationView {
    /// What is declared, and what follows if it is not true.
    pub declaration: Declaration,
    /// Whether the person has agreed to it.
    pub agreed: bool,
}

/// How many papers a service takes from this person, and how many it does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct EvidenceCounts {
    /// Papers that the person must provide.
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

impl From<citizen_form::EvidenceSummary> for EvidenceCounts {
    fn from(summary: citizen_form::EvidenceSummary) -> Self {
        let citizen_form::EvidenceSummary { asked, on_request, prefilled, not_needed, without_route } =
            summary;
        Self { asked, on_request, prefilled, not_needed, without_route }
    }
}

/// How a requirement of a form is met for this person.
pub(super) fn form_paper(
    requirement: &Requirement,
    registers: &Registers,
    attachments: &[AttachmentView],
) -> RequirementView {
    let files = || files(&requirement.requirement_id, attachments);
    let resolution = match evidence::resolve(requirement, registers) {
        Resolution::Cancelled { ground } => ResolutionView::Cancelled { ground: ground.clone() },
        Resolution::Shared { source } => ResolutionView::Shared { source: source.clone() },
        Resolution::Declared { declaration } => {
            ResolutionView::Declared { declaration_id: declaration.clone() }
        }
        Resolution::Checked { department } => ResolutionView::Checked { department: department.clone() },
        Resolution::Pending { register, fallback } => ResolutionView::Pending {
            register: register.clone(),
            fallback: fallback.cloned(),
            files: files(),
        },
        Resolution::Deferred { register, fallback } => ResolutionView::Deferred {
            register: register.clone(),
            fallback: fallback.cloned(),
            files: files(),
        },
        Resolution::Provided(provided) => {
            ResolutionView::Provided { provided: provided.clone(), files: files() }
        }
        Resolution::NoRoute => ResolutionView::NoRoute,
    };
    let met = match &resolution {
        ResolutionView::Provided { provided, files } => {
            u32::try_from(files.len()).unwrap_or(u32::MAX) >= provided.min_files
        }
        ResolutionView::NoRoute => false,
        _ => true,
    };
    paper(requirement, resolution, met)
}

/// A paper that an office asked for within a case: the person provides it, whatever route came first when the
/// case was filed. Only where the document knows no file for it is there no route.
pub(super) fn asked_paper(requirement: &Requirement, attachments: &[AttachmentView]) -> RequirementView {
    let files = files(&requirement.requirement_id, attachments);
    let met = !files.is_empty();
    let resolution = match requirement.provided() {
        Some(provided) => ResolutionView::Provided { provided: provided.clone(), files },
        None => ResolutionView::NoRoute,
    };
    paper(requirement, resolution, met)
}

fn paper(requirement: &Requirement, resolution: ResolutionView, met: bool) -> RequirementView {
    RequirementView {
        requirement_id: requirement.requirement_id.clone(),
        title: requirement.title.clone(),
        help: requirement.help.clone(),
        resolution,
        met,
    }
}

fn files(requirement_id: &RequirementId, attachments: &[AttachmentView]) -> Vec<AttachmentView> {
    attachments.iter().filter(|attachment| attachment.requirement_id == *requirement_id).cloned().collect()
}

/// The declarations that a paper is met by here, in the order of the document.
pub(super) fn declarations(
    document: &PublicService,
    requirements: &[RequirementView],
    agreed: &BTreeSet<DeclarationId>,
) -> Vec<DeclarationView> {
    let asked: BTreeSet<&DeclarationId> = requirements
        .iter()
        .filter_map(|requirement| match &requirement.resolution {
            ResolutionView::Declared { declaration_id } => Some(declaration_id),
            _ => None,
        })
        .collect();
    document
        .declarations
        .iter()
        .filter(|declaration| asked.contains(&declaration.declaration_id))
        .map(|declaration| DeclarationView {
            agreed: agreed.contains(&declaration.declaration_id),
            declaration: declaration.clone(),
        })
        .collect()
}
