//! A draft, and its form as a shell draws it.

use citizen_api::catalogue::DeliveryChoice;
use citizen_api::delivery::DeliverTo;
use citizen_api::form::FieldKind;
use citizen_api::register::Source;
use citizen_api::{
    CaseId, DeclarationId, EvidenceRequestId, FieldId, RegisterId, RequirementId, ServiceId, Text,
    TransactionId,
};
use citizen_core::attachment::AttachmentView;
use citizen_core::draft::{DraftId, DraftSummary, FieldPath, Typed};
use citizen_core::form::{
    ConcernView, DeclarationView, DraftKind, DraftState, DraftView, EarlierAnswer, EvidenceCounts, Fate,
    FieldView, FormView, Needed, Origin, PageView, Progress, RegisterAnswer, RequirementView,
};
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::Value;

/// A draft, whole, as a shell draws it.
#[uniffi::remote(Record)]
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
    pub created_at: Timestamp,
    /// When it was last changed, by the phone's clock.
    pub updated_at: Timestamp,
    /// The questions.
    pub form: FormView,
    /// What was answered to earlier versions of the form and this one does not have: kept until it is sent.
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
    /// When the registers were asked; none where they have not been.
    pub prefilled_at: Option<Timestamp>,
}

/// A draft in a list.
#[uniffi::remote(Record)]
pub struct DraftSummary {
    /// The draft's name.
    pub draft_id: DraftId,
    /// What it will become.
    pub kind: DraftKind,
    /// Where it stands.
    pub state: DraftState,
    /// For which service.
    pub service_id: ServiceId,
    /// What people call the service.
    pub title: Text,
    /// Grows with each change.
    pub revision: u64,
    /// When it was begun, by the phone's clock.
    pub created_at: Timestamp,
    /// When it was last changed, by the phone's clock.
    pub updated_at: Timestamp,
}

/// What a draft will become.
#[uniffi::remote(Enum)]
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
        answer_by: Date,
    },
}

/// Where a draft stands.
#[uniffi::remote(Enum)]
pub enum DraftState {
    /// Can be changed.
    Open,
    /// Frozen and handed to the outbox.
    Submitted {
        /// The transaction it is sent under.
        transaction_id: TransactionId,
    },
}

/// A form with its answers: pages of questions.
#[uniffi::remote(Record)]
pub struct FormView {
    /// The pages that are asked of this person.
    pub pages: Vec<PageView>,
    /// How far the person is.
    pub progress: Progress,
}

/// How much is answered of what must be.
#[uniffi::remote(Record)]
pub struct Progress {
    /// Questions that must be answered and are.
    pub answered: u32,
    /// Questions that must be answered.
    pub required: u32,
}

/// A page of a form.
#[uniffi::remote(Record)]
pub struct PageView {
    /// The page's heading.
    pub title: Text,
    /// What it asks of this person, in order.
    pub fields: Vec<FieldView>,
    /// How far the person is on it.
    pub progress: Progress,
}

/// A question and its answer.
#[uniffi::remote(Record)]
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
    pub value: Option<Value>,
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
    /// What is wrong with the answer, and what to do.
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
#[uniffi::remote(Record)]
pub struct RegisterAnswer {
    /// The answer.
    pub value: Value,
    /// The answer in words.
    pub words: Text,
    /// Which register, and of which day its record is.
    pub source: Source,
    /// What it was asked for, as it stands in the person's register log.
    pub purpose: Text,
}

/// Where something comes from.
#[uniffi::remote(Record)]
pub struct Source {
    /// The register.
    pub register: RegisterId,
    /// What people call the register.
    pub title: Text,
    /// The day the record was last changed.
    pub as_of: Date,
}

/// Who gave an answer.
#[uniffi::remote(Enum)]
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
#[uniffi::remote(Enum)]
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

/// An answer to an earlier version of the form, that the form as it is does not have.
#[uniffi::remote(Record)]
pub struct EarlierAnswer {
    /// The field.
    pub field_id: FieldId,
    /// The question as it was asked.
    pub label: Text,
    /// The kind of answer it took.
    pub kind: FieldKind,
    /// The answer.
    pub value: Value,
    /// The version of the form that it was given to.
    pub version: u32,
    /// What became of it.
    pub fate: Fate,
}

/// What became of an answer.
#[uniffi::remote(Enum)]
pub enum Fate {
    /// To be answered again.
    AskAgain,
    /// Written over into an answer of the new form.
    Converted,
    /// No longer asked.
    NoLongerAsked,
}

/// What became of something that was typed.
#[uniffi::remote(Record)]
pub struct Typed {
    /// The draft's new revision.
    pub revision: u64,
    /// Why it is no answer yet; none where it is one.
    pub finding: Option<Text>,
}
