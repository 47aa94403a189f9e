//! What a person is writing, with its files, and filing it.

use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use citizen_api::catalogue::DeliveryChoice;
use citizen_api::delivery::DeliverTo;
use citizen_api::{AttachmentId, CaseId, DeclarationId, FieldId, RequirementId, ServiceId, TransactionId};
use citizen_core::attachment::{AttachmentView, Cancel};
use citizen_core::draft::{DraftId, DraftSummary, FieldPath, Needs, Typed};
use citizen_core::form::DraftView;
use citizen_core::{Compartment, Error};
use serde_json::Value;

use crate::CitizenError;
use crate::page::page;

/// The drafts of an unlocked person. What is written is on disk when a call returns.
#[derive(uniffi::Object)]
pub struct Drafts(Compartment);

impl Drafts {
    pub(crate) fn of(compartment: &Compartment) -> Arc<Self> {
        Arc::new(Self(compartment.clone()))
    }
}

/// What a file is given up by while it is copied in, from another thread.
#[derive(Default, uniffi::Object)]
pub struct AttachCancel(Cancel);

#[uniffi::export]
impl AttachCancel {
    /// One for the next file.
    #[uniffi::constructor]
    pub fn new() -> Arc<Self> {
        Arc::default()
    }

    /// Gives the file up.
    pub fn cancel(&self) {
        self.0.cancel();
    }
}

#[uniffi::export(async_runtime = "tokio")]
impl Drafts {
    /// Begins a draft for a service of the catalogue on this phone.
    pub fn create(&self, service_id: ServiceId) -> Result<DraftId, CitizenError> {
        Ok(self.0.drafts().create(&service_id)?)
    }

    /// Every draft, the one that was changed last first.
    pub fn page(&self, offset: u32, limit: u32) -> Result<Vec<DraftSummary>, CitizenError> {
        Ok(page(self.0.drafts().list()?, offset, limit))
    }

    /// The draft, whole, moved to the newest form of its service that this phone has and understands.
    pub fn open(&self, draft_id: DraftId) -> Result<DraftView, CitizenError> {
        Ok(self.0.drafts().open(draft_id)?)
    }

    /// The draft, whole, with the form it was written for.
    pub fn show(&self, draft_id: DraftId) -> Result<DraftView, CitizenError> {
        Ok(self.0.drafts().show(draft_id)?)
    }

    /// Keeps an answer and gives the draft's new revision.
    pub fn set_answer(&self, draft_id: DraftId, path: FieldPath, answer: Value) -> Result<u64, CitizenError> {
        Ok(self.0.drafts().set_answer(draft_id, &path, &answer)?)
    }

    /// Keeps what a person has typed so far: as an answer where it is one, else as it stands.
    pub fn type_answer(
        &self,
        draft_id: DraftId,
        path: FieldPath,
        typed: String,
    ) -> Result<Typed, CitizenError> {
        Ok(self.0.drafts().type_answer(draft_id, &path, &typed)?)
    }

    /// Takes the person's own answer back. What a register says shows again.
    pub fn clear_answer(&self, draft_id: DraftId, path: FieldPath) -> Result<u64, CitizenError> {
        Ok(self.0.drafts().clear_answer(draft_id, &path)?)
    }

    /// Takes an entry out of a group, counted from 0.
    pub fn remove_entry(&self, draft_id: DraftId, group: FieldId, at: u32) -> Result<u64, CitizenError> {
        Ok(self.0.drafts().remove_entry(draft_id, &group, at as usize)?)
    }

    /// Says that what a register answers to a question is wrong.
    pub fn dispute(&self, draft_id: DraftId, field_id: FieldId, note: String) -> Result<u64, CitizenError> {
        Ok(self.0.drafts().dispute(draft_id, &field_id, &note)?)
    }

    /// Takes that back.
    pub fn withdraw_dispute(&self, draft_id: DraftId, field_id: FieldId) -> Result<u64, CitizenError> {
        Ok(self.0.drafts().withdraw_dispute(draft_id, &field_id)?)
    }

    /// Agrees to a declaration, or takes that back.
    pub fn agree_declaration(
        &self,
        draft_id: DraftId,
        declaration_id: DeclarationId,
        agreed: bool,
    ) -> Result<u64, CitizenError> {
        Ok(self.0.drafts().agree_declaration(draft_id, &declaration_id, agreed)?)
    }

    /// Chooses how the result shall reach the person.
    pub fn choose_delivery(&self, draft_id: DraftId, delivery: DeliveryChoice) -> Result<u64, CitizenError> {
        Ok(self.0.drafts().choose_delivery(draft_id, delivery)?)
    }

    /// Has the courier bring the result to an address, or to the registered one after all.
    pub fn deliver_to(&self, draft_id: DraftId, to: DeliverTo) -> Result<u64, CitizenError> {
        Ok(self.0.drafts().deliver_to(draft_id, &to)?)
    }

    /// Lets the desk that answers a grievance read the case that it is about, and what the city refused; or not.
    pub fn share_case(&self, draft_id: DraftId, shares: bool) -> Result<u64, CitizenError> {
        Ok(self.0.drafts().share_case(draft_id, shares)?)
    }

    /// Keeps what the person says to an office's request.
    pub fn set_note(&self, draft_id: DraftId, note: String) -> Result<u64, CitizenError> {
        Ok(self.0.drafts().set_note(draft_id, &note)?)
    }

    /// Throws a draft away, with its answers and files.
    pub fn discard(&self, draft_id: DraftId) -> Result<(), CitizenError> {
        Ok(self.0.drafts().discard(draft_id)?)
    }

    /// Asks the registers what they know for this draft's service.
    pub async fn prefill(&self, draft_id: DraftId) -> Result<(), CitizenError> {
        Ok(self.0.drafts().prefill(draft_id).await.map(drop)?)
    }

    /// What a service still needs from this person after shared data is counted. Works without a network.
    pub fn needs(&self, service_id: ServiceId) -> Result<Needs, CitizenError> {
        Ok(self.0.drafts().needs(&service_id)?)
    }

    /// The same after asking the registers.
    pub async fn ask_needs(&self, service_id: ServiceId) -> Result<Needs, CitizenError> {
        Ok(self.0.drafts().ask_needs(&service_id).await?)
    }

    /// Copies a file into a draft, for one of its requirements.
    pub fn attach(
        &self,
        draft_id: DraftId,
        requirement_id: RequirementId,
        path: String,
    ) -> Result<AttachmentView, CitizenError> {
        Ok(self.0.attachments().attach(draft_id, &requirement_id, Path::new(&path))?)
    }

    /// The same, unless it is given up meanwhile; then nothing of the file stays.
    pub fn attach_unless(
        &self,
        draft_id: DraftId,
        requirement_id: RequirementId,
        path: String,
        cancel: Arc<AttachCancel>,
    ) -> Result<AttachmentView, CitizenError> {
        let path = Path::new(&path);
        Ok(self.0.attachments().attach_unless(draft_id, &requirement_id, path, &cancel.0)?)
    }

    /// Takes a file out of an open draft. The person's original stays where it is.
    pub fn detach(&self, attachment_id: AttachmentId) -> Result<(), CitizenError> {
        Ok(self.0.attachments().remove(attachment_id)?)
    }

    /// A file as it will be sent, to be shown.
    pub fn read_file(&self, attachment_id: AttachmentId) -> Result<Vec<u8>, CitizenError> {
        let mut bytes = Vec::new();
        self.0
            .attachments()
            .read(attachment_id)?
            .read_to_end(&mut bytes)
            .map_err(|_| Error::FileUnreadable)?;
        Ok(bytes)
    }

    /// Files a draft: freezes it, signs it and hands it, with its files, to the outbox. Works without a network.
    pub fn submit(&self, draft_id: DraftId) -> Result<TransactionId, CitizenError> {
        Ok(self.0.submissions().submit(draft_id)?)
    }

    /// Begins the answer to the open request of a case, or gives the answer that was begun before.
    pub fn answer_request(&self, case_id: CaseId) -> Result<DraftId, CitizenError> {
        Ok(self.0.submissions().answer(case_id)?)
    }

    /// The case that a filing made; none while the city has not acknowledged it.
    pub fn case_of(&self, transaction_id: TransactionId) -> Result<Option<CaseId>, CitizenError> {
        Ok(self.0.submissions().case_of(transaction_id)?)
    }
}
