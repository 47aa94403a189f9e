//! The types of a draft's view.

use citizen_api::catalogue::DeliveryChoice;
use citizen_api::evidence::{Declaration, Provided};
use citizen_api::form::FieldKind;
use citizen_api::register::Source;
use citizen_api::{
    CaseId, DeclarationId, EvidenceRequestId, FieldId, RegisterId, RequirementId, ServiceId, Text,
    TransactionId,
};
use serde::Serialize;

use crate::attachment::AttachmentView;
use crate::draft::DraftId;

/// A draft, whole, as a shell draws it.
#[derive(Clone, PartialEq, Serialize)]
pub struct DraftView {
    /// The draft's name.
    pub draft_id: DraftId,
    /// What it will become.
    pub kind: DraftKind,
    /// Where it stands.
    pub state: DraftState,
    /// For which service.
    pub service_id: ServiceId,
    /// The version of the service's document that the draft was begun with and keeps.
    pub service_version: u32,
    /// What people call the service.
    pub title: Text,
    /// Grows with each change.
    pub revision: u64,
    /// When it was begun, by the phone's clock.
    pub created_at: jiff::Timestamp,
    /// When it was last changed, by the phone's clock.
    pub updated_at: jiff::Timestamp,
    /// The questions.
    pub pages: Vec<PageView>,
    /// The papers, each with how it is met.
    pub requirements: Vec<RequirementView>,
    /// The declarations that stand for a paper here.
    pub declarations: Vec<DeclarationView>,
    /// How the result can reach the person.
    pub delivery_choices: Vec<DeliveryChoice>,
    /// What the person chose of it.
    pub delivery: Option<DeliveryChoice>,
    /// What the person says to an office's request; empty for a form.
    pub note: String,
    /// What is still needed before it can be filed, in the order it is asked. Empty: it can be filed.
    pub needed: Vec<Needed>,
    /// How many papers are asked for and how many are not.
    pub evidence: EvidenceCounts,
    /// When the registers were asked; none where they have not been, so that what they know is not counted yet.
    pub prefilled_at: Option<jiff::Timestamp>,
}

/// What a draft will become.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum DraftKind {
    /// A submission.
    Form,
    /// The answer to what an office asked within a case.
    Supplement {
        /// The case.
        case_id: CaseId,
        /// The office's request.
        request_id: EvidenceRequestId,
        /// Why the office asks.
        reason: Text,
        /// The day by which it should be answered.
        answer_by: jiff::civil::Date,
    },
}

/// Where a draft stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum DraftState {
    /// Can be changed.
    Open,
    /// Frozen and handed to the outbox.
    Submitted {
        /// The transaction it is sent under.
        transaction_id: TransactionId,
    },
}

/// A page of a form.
#[derive(Clone, PartialEq, Serialize)]
pub struct PageView {
    /// The page's heading.
    pub title: Text,
    /// What it asks, in order.
    pub fields: Vec<FieldView>,
}

/// A question and its answer.
#[derive(Clone, PartialEq, Serialize)]
pub struct FieldView {
    /// The field's name.
    pub field_id: FieldId,
    /// The question.
    pub label: Text,
    /// How to answer it.
    pub help: Option<Text>,
    /// The kind of answer.
    pub field: FieldKind,
    /// Whether it must be answered.
    pub required: bool,
    /// The answer that will be filed.
    pub value: Option<serde_json::Value>,
    /// Who gave it.
    pub origin: Origin,
    /// What is wrong with it, and what to do. An unanswered question is no fault until it is filed: see
    /// [`DraftView::needed`].
    pub finding: Option<Text>,
}

/// Who gave an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "origin", rename_all = "snake_case")]
pub enum Origin {
    /// Nobody yet.
    Nobody,
    /// The person.
    Person,
    /// A register; the person's own answer takes its place.
    Register {
        /// Which one, and of which day its record is.
        source: Source,
    },
}

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

/// Something that is still needed before a draft can be filed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "needed", rename_all = "snake_case")]
pub enum Needed {
    /// An answer.
    Answer {
        /// The question.
        field_id: FieldId,
        /// The question in words.
        label: Text,
        /// What is wrong and what to do.
        reason: Text,
    },
    /// Files.
    Files {
        /// The paper.
        requirement_id: RequirementId,
        /// What people call it.
        title: Text,
        /// How many more.
        missing: u32,
    },
    /// A word on a declaration.
    Declaration {
        /// Which one.
        declaration_id: DeclarationId,
        /// Its heading.
        title: Text,
    },
    /// A counter's help: no route to this paper is possible for this person.
    Counter {
        /// The paper.
        requirement_id: RequirementId,
        /// What people call it.
        title: Text,
    },
    /// Files or a word to the office: a supplement says something.
    Reply,
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
