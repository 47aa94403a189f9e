//! The types of a draft's view.

use citizen_api::catalogue::DeliveryChoice;
use citizen_api::delivery::DeliverTo;
use citizen_api::form::FieldKind;
use citizen_api::register::Source;
use citizen_api::{
    CaseId, DeclarationId, EvidenceRequestId, FieldId, RequirementId, ServiceId, Text, TransactionId,
};
use citizen_form::migrate::EarlierAnswer;
use serde::Serialize;

use super::papers::{DeclarationView, EvidenceCounts, RequirementView};
use crate::attachment::AttachmentView;
use crate::draft::{DraftId, FieldPath};

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
    /// The version of the service's document that the draft is written for.
    pub service_version: u32,
    /// The version that it was moved from just now; none where it was not.
    pub moved_from: Option<u32>,
    /// What people call the service.
    pub title: Text,
    /// Grows with each change.
    pub revision: u64,
    /// When it was begun, by the phone's clock.
    pub created_at: jiff::Timestamp,
    /// When it was last changed, by the phone's clock.
    pub updated_at: jiff::Timestamp,
    /// The questions.
    pub form: FormView,
    /// What the person answered to earlier versions of the form and this one does not have: kept until it is sent.
    pub earlier: Vec<EarlierAnswer>,
    /// The papers, each with how it is met.
    pub requirements: Vec<RequirementView>,
    /// Files that nothing asks for any longer: kept on the phone, and not sent.
    pub unasked_files: Vec<AttachmentView>,
    /// The declarations that stand for a paper here.
    pub declarations: Vec<DeclarationView>,
    /// How the result can reach the person.
    pub delivery_choices: Vec<DeliveryChoice>,
    /// What the person chose of it.
    pub delivery: Option<DeliveryChoice>,
    /// Where the courier brings it, where the courier was chosen; none for the registered address.
    pub deliver_to: Option<DeliverTo>,
    /// What the person says to an office's request; empty for a form.
    pub note: String,
    /// What a grievance is about; none where it is about nothing that the phone knows, and for any other draft.
    pub concern: Option<ConcernView>,
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

/// What a grievance is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ConcernView {
    /// What people call the case or the service.
    pub title: Text,
    /// Whether the desk may read the case, and what the city refused.
    pub shares_case: bool,
    /// Whether there is anything to let it read.
    pub can_share: bool,
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

/// A form with its answers, as a shell draws it: it knows no field.
#[derive(Clone, PartialEq, Default, Serialize)]
pub struct FormView {
    /// The pages that are asked of this person.
    pub pages: Vec<PageView>,
    /// How far the person is.
    pub progress: Progress,
}

impl FormView {
    /// Every question of every page, in order.
    pub fn fields(&self) -> impl Iterator<Item = &FieldView> {
        self.pages.iter().flat_map(|page| &page.fields)
    }
}

/// How much is answered of what must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Progress {
    /// Questions that must be answered and are.
    pub answered: u32,
    /// Questions that must be answered.
    pub required: u32,
}

/// A page of a form.
#[derive(Clone, PartialEq, Serialize)]
pub struct PageView {
    /// The page's heading.
    pub title: Text,
    /// What it asks of this person, in order.
    pub fields: Vec<FieldView>,
    /// How far the person is on it.
    pub progress: Progress,
}

/// A question and its answer.
#[derive(Clone, PartialEq, Serialize)]
pub struct FieldView {
    /// Where an answer to it goes.
    pub path: FieldPath,
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
    /// The answer in words; none where there is none.
    pub words: Option<Text>,
    /// What the person has typed and is no answer yet; kept as it was typed.
    pub typed: Option<String>,
    /// Who gave the answer.
    pub origin: Origin,
    /// What a register says, also where the person answered otherwise.
    pub register: Option<RegisterAnswer>,
    /// What the person says is wrong about that, where they dispute it; may be empty.
    pub dispute: Option<String>,
    /// What is wrong with the answer, and what to do. An unanswered question is no fault until it is filed: see
    /// [`DraftView::needed`].
    pub finding: Option<Text>,
    /// What was answered to an earlier version of the form and has to be answered again.
    pub earlier: Vec<EarlierAnswer>,
    /// The entries of a group, each with its questions.
    pub entries: Vec<Vec<FieldView>>,
    /// The paper that is asked for at this place.
    pub paper: Option<RequirementView>,
    /// The declaration that is shown at this place.
    pub declaration: Option<DeclarationView>,
}

/// What a register answers.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct RegisterAnswer {
    /// The answer.
    pub value: serde_json::Value,
    /// The answer in words.
    pub words: Text,
    /// Which register, and of which day its record is.
    pub source: Source,
    /// What it was asked for, as it stands in the person's register log.
    pub purpose: Text,
}

/// Who gave an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "origin", rename_all = "snake_case")]
pub enum Origin {
    /// Nobody yet.
    Nobody,
    /// The person.
    Person,
    /// The form itself, from other answers.
    Computed,
    /// A register; the person's own answer takes its place.
    Register {
        /// Which one, and of which day its record is.
        source: Source,
    },
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
