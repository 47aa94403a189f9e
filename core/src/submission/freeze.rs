//! Freezing a draft into the document that is signed.

use citizen_api::case::EvidenceRequest;
use citizen_api::form::Answers;
use citizen_api::grievance::About;
use citizen_api::jose::typ;
use citizen_api::mandate::ByMandate;
use citizen_api::submission::{Dispute, Submission, SubmittedAttachment, Supplement};
use citizen_api::{CaseId, DeviceId, Subject, TransactionId};

use crate::Error;
use crate::attachment::AttachmentView;
use crate::draft::{Concern, DraftDocument, SupplementOf};
use crate::form::{DraftView, FieldView};
use crate::jws;

/// Who files, with which device, under which transaction.
pub(super) struct Signer {
    pub transaction_id: TransactionId,
    pub subject: Subject,
    pub device_id: DeviceId,
    /// Under which mandate, where it is for somebody else than who signs.
    pub by: Option<ByMandate>,
}

/// Freezes what a draft says at this moment, and signs it.
pub(super) fn freeze(
    signer: &Signer,
    document: &DraftDocument,
    view: &DraftView,
    sign: impl FnOnce(&[u8]) -> Result<Vec<u8>, Error>,
) -> Result<String, Error> {
    let kid = Some(signer.device_id.as_str());
    match &document.supplement {
        None => jws::sign(typ::SUBMISSION, kid, &submission(signer, document, view), sign),
        Some(SupplementOf { case_id, request }) => {
            jws::sign(typ::SUPPLEMENT, kid, &supplement(signer, *case_id, request, view), sign)
        }
    }
}

fn submission(signer: &Signer, document: &DraftDocument, view: &DraftView) -> Submission {
    Submission {
        transaction_id: signer.transaction_id,
        subject: signer.subject.clone(),
        by: signer.by.clone(),
        device_id: signer.device_id.clone(),
        service_id: view.service_id.clone(),
        service_version: view.service_version,
        answers: answers(view),
        declarations: view
            .declarations
            .iter()
            .filter(|declaration| declaration.agreed)
            .map(|view| view.declaration.declaration_id.clone())
            .collect(),
        attachments: attachments(view),
        disputes: disputes(view),
        delivery: view.delivery,
        deliver_to: view.deliver_to.clone(),
        about: document.concern.as_ref().map(|concern| about(concern, view)),
        made_at: jiff::Timestamp::now(),
    }
}

/// What a grievance is about. What the city refused goes along only where the person agreed to it.
fn about(concern: &Concern, view: &DraftView) -> About {
    let shares_case = view.concern.as_ref().is_some_and(|concern| concern.shares_case);
    let about = concern.about.clone();
    About { refused: about.refused.filter(|_| shares_case), shares_case, ..about }
}

fn supplement(signer: &Signer, case_id: CaseId, request: &EvidenceRequest, view: &DraftView) -> Supplement {
    Supplement {
        transaction_id: signer.transaction_id,
        subject: signer.subject.clone(),
        by: signer.by.clone(),
        device_id: signer.device_id.clone(),
        case_id,
        request_id: request.request_id,
        note: view.note.clone(),
        attachments: attachments(view),
        made_at: jiff::Timestamp::now(),
    }
}

/// Every answer that the person saw: their own, and those of registers that they left as they were.
fn answers(view: &DraftView) -> Answers {
    view.form.fields().filter_map(|field| Some((field.field_id.clone(), field.value.clone()?))).collect()
}

/// What the person says is wrong in a register, where they really answered otherwise.
fn disputes(view: &DraftView) -> Vec<Dispute> {
    let dispute = |field: &FieldView| {
        let (note, register) = (field.dispute.as_ref()?, field.register.as_ref()?);
        (field.value.as_ref() != Some(&register.value)).then(|| Dispute {
            field_id: field.field_id.clone(),
            register: register.source.register.clone(),
            registered: register.value.clone(),
            note: note.clone(),
        })
    };
    view.form.fields().filter_map(dispute).collect()
}

/// The files of papers that are asked for. One that was attached before a register met its paper stays on the
/// phone: nothing is sent that nobody needs.
fn attachments(view: &DraftView) -> Vec<SubmittedAttachment> {
    files(view).map(|(_, file)| file.cited()).collect()
}

/// The files that will be sent, each with the paper it is shown for.
pub(super) fn files(view: &DraftView) -> impl Iterator<Item = (&citizen_api::Text, &AttachmentView)> {
    view.requirements
        .iter()
        .flat_map(|requirement| requirement.resolution.files().iter().map(|file| (&requirement.title, file)))
}
