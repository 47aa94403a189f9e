//! Reading drafts.

use std::sync::Arc;

use citizen_api::{EvidenceRequestId, ServiceId, Text};
use citizen_form::day::civil_day;
use rusqlite::Transaction;
use serde::Serialize;

use super::document::DraftDocument;
use super::records::{Draft, choices, document, draft, drafts, earlier, own_answers};
use super::{DraftId, Drafts, prefill};
use crate::Error;
use crate::attachment;
use crate::form::{DraftKind, DraftState, DraftView, Material, build};
use crate::store::Sealer;

/// A draft in a list.
#[derive(Clone, PartialEq, Eq, Serialize)]
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
    pub created_at: jiff::Timestamp,
    /// When it was last changed, by the phone's clock.
    pub updated_at: jiff::Timestamp,
}

impl Drafts {
    /// The draft, whole, as a shell draws it, with the form it was written for. See [`Drafts::open`].
    pub fn show(&self, draft_id: DraftId) -> Result<DraftView, Error> {
        self.compartment.read(|tx, sealer| build(material(tx, sealer, draft_id)?.1))
    }

    /// Every draft, the one that was changed last first.
    pub fn list(&self) -> Result<Vec<DraftSummary>, Error> {
        self.summaries(|_| true)
    }

    /// What is still being written, the one that was changed last first. Nothing that was filed is opened for it.
    pub fn unfinished(&self) -> Result<Vec<DraftSummary>, Error> {
        self.summaries(|draft| draft.state == DraftState::Open)
    }

    fn summaries(&self, wanted: impl Fn(&Draft) -> bool) -> Result<Vec<DraftSummary>, Error> {
        self.compartment.read(|tx, sealer| {
            let summarise = |draft: Draft| {
                let document = document(tx, sealer, draft.draft_id)?;
                Ok(summary(draft, &document))
            };
            drafts(tx)?.into_iter().filter(wanted).map(summarise).collect()
        })
    }
}

/// The open draft that answers a request, where it was begun.
pub(crate) fn answering(
    tx: &Transaction<'_>,
    sealer: &Sealer,
    request_id: EvidenceRequestId,
) -> Result<Option<DraftId>, Error> {
    begun(tx, sealer, |document| {
        document.supplement.as_ref().is_some_and(|supplement| supplement.request.request_id == request_id)
    })
}

/// The open draft of that kind which was changed last, where one was begun.
pub(crate) fn begun(
    tx: &Transaction<'_>,
    sealer: &Sealer,
    is_it: impl Fn(&DraftDocument) -> bool,
) -> Result<Option<DraftId>, Error> {
    for draft in drafts(tx)?.into_iter().filter(|draft| draft.state == DraftState::Open) {
        if is_it(&*document(tx, sealer, draft.draft_id)?) {
            return Ok(Some(draft.draft_id));
        }
    }
    Ok(None)
}

/// What a draft is made of, with what is frozen into it.
pub(crate) fn material(
    tx: &Transaction<'_>,
    sealer: &Sealer,
    draft_id: DraftId,
) -> Result<(Arc<DraftDocument>, Material), Error> {
    let draft = draft(tx, draft_id)?;
    let document = document(tx, sealer, draft_id)?;
    let choices = choices(tx, sealer, draft_id)?;
    let own = own_answers(tx, sealer, draft_id)?;
    let material = Material {
        summary: summary(draft, &document),
        asked: document.asked().cloned(),
        answers: own.answers,
        typed: own.typed,
        earlier: earlier(tx, sealer, draft_id)?,
        prefill: prefill::kept(tx, sealer, &document.service.service_id)?,
        attachments: attachment::of_draft(tx, sealer, draft_id)?,
        agreed: choices.agreed,
        delivery: choices.delivery,
        deliver_to: choices.deliver_to,
        note: choices.note,
        disputes: choices.disputes,
        shares_case: choices.shares_case,
        today: civil_day(jiff::Timestamp::now()),
        document: Arc::clone(&document),
    };
    Ok((document, material))
}

fn summary(draft: Draft, document: &DraftDocument) -> DraftSummary {
    DraftSummary {
        draft_id: draft.draft_id,
        kind: document.kind(),
        state: draft.state,
        service_id: document.service.service_id.clone(),
        title: document.service.title.clone(),
        revision: draft.revision,
        created_at: draft.created_at,
        updated_at: draft.updated_at,
    }
}
