//! What is frozen into a draft when it is begun.

use std::borrow::Cow;

use citizen_api::case::EvidenceRequest;
use citizen_api::catalogue::PublicService;
use citizen_api::form::FormDefinition;
use citizen_api::grievance::About;
use citizen_api::{CaseId, RequirementId, Text};
use serde::{Deserialize, Serialize};

use crate::form::DraftKind;

/// The frozen part of a draft, sealed once when it is begun.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct DraftDocument {
    /// The service's document, as the person saw it first.
    pub service: PublicService,
    /// What an office asked, where the draft answers it.
    #[serde(default)]
    pub supplement: Option<SupplementOf>,
    /// What it is about, where it is a grievance about something.
    #[serde(default)]
    pub concern: Option<Concern>,
}

/// What a grievance is about, as it stood when the draft was begun.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Concern {
    /// What the city will be told, with the person's consent.
    pub about: About,
    /// What people call it.
    pub title: Text,
}

/// Which request of which case a draft answers.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct SupplementOf {
    /// The case.
    pub case_id: CaseId,
    /// The request, as the office made it.
    pub request: EvidenceRequest,
}

impl DraftDocument {
    /// What a draft of a service begins with.
    pub(crate) fn of(service: PublicService) -> Self {
        Self { service, supplement: None, concern: None }
    }

    /// What is asked: an office's request within a case has no questions, only papers.
    pub(crate) fn form(&self) -> Cow<'_, FormDefinition> {
        match self.supplement {
            None => Cow::Borrowed(&self.service.form),
            Some(_) => Cow::Owned(FormDefinition::default()),
        }
    }

    /// What the draft will become.
    pub(crate) fn kind(&self) -> DraftKind {
        match &self.supplement {
            None => DraftKind::Form,
            Some(SupplementOf { case_id, request }) => DraftKind::Supplement {
                case_id: *case_id,
                request_id: request.request_id,
                reason: request.reason.clone(),
                answer_by: request.answer_by,
            },
        }
    }

    /// The one requirement that an office asked for; none where the draft is a form.
    pub(crate) fn asked(&self) -> Option<&RequirementId> {
        self.supplement.as_ref().map(|supplement| &supplement.request.requirement_id)
    }
}
