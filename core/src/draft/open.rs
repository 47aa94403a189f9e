//! Opening a draft: where the service has a newer form by now, what was written is moved to it first.

use std::collections::BTreeSet;

use citizen_api::DeclarationId;
use citizen_api::catalogue::PublicService;
use citizen_form::migrate::{self, Written, is_understood, renamed_requirements};
use rusqlite::Transaction;

use super::records::{self, Draft, Typed};
use super::{DraftDocument, DraftId, Drafts};
use crate::form::{DraftState, DraftView};
use crate::store::Sealer;
use crate::{Error, attachment};

impl Drafts {
    /// The draft, whole, as a shell draws it, moved to the newest form of its service that this phone has and
    /// understands. Nothing that was written is lost: what the new form does not take is shown beside it, and kept
    /// until the draft is sent. The move is one transaction; a process that dies in it leaves the draft as it was.
    ///
    /// A form never changes under a person's hands: [`Drafts::show`] moves nothing.
    pub fn open(&self, draft_id: DraftId) -> Result<DraftView, Error> {
        let frozen = self.compartment.read(|tx, sealer| {
            let draft = records::draft(tx, draft_id)?;
            let document = records::document(tx, sealer, draft_id)?;
            let moves = draft.state == DraftState::Open && document.supplement.is_none();
            Ok(moves.then(|| document.service.clone()))
        })?;
        let newer = frozen.and_then(|frozen| self.newer(&frozen));
        let moved_from = match newer {
            Some(newer) => self.compartment.write(|tx, sealer| move_to(tx, sealer, draft_id, newer))?,
            None => None,
        };
        Ok(DraftView { moved_from, ..self.show(draft_id)? })
    }

    /// The service's document in the catalogue, where it is newer and this version understands it and every step that
    /// leads there. A draft of a service that was withdrawn, or that needs a newer app, stays as it is.
    fn newer(&self, frozen: &PublicService) -> Option<PublicService> {
        let present = self.compartment.services().show(&frozen.service_id).ok()?;
        let newer = present.version > frozen.version && is_understood(frozen.version, &present);
        newer.then_some(present)
    }
}

/// Moves a draft, and gives the version that it was moved from; none where another process has moved it before.
fn move_to(
    tx: &Transaction<'_>,
    sealer: &Sealer,
    draft_id: DraftId,
    service: PublicService,
) -> Result<Option<u32>, Error> {
    let draft = records::open_draft(tx, draft_id)?;
    let frozen = records::document(tx, sealer, draft_id)?;
    let before = &frozen.service;
    if before.version >= service.version {
        return Ok(None);
    }
    let revision = records::touch(tx, &draft)?;
    let own = records::own_answers(tx, sealer, draft_id)?;
    let earlier = records::earlier(tx, sealer, draft_id)?;
    let moved = migrate::migrate(before, &service, Written { answers: own.answers, earlier });
    records::remove_answers(tx, draft_id)?;
    for (field, value) in moved.answers {
        records::store_answer(tx, sealer, draft_id, revision, &field, value)?;
    }
    // What is half typed stays where the question still is, and is kept beside the form where it is not.
    let (kept, gone) = sort_typed(before, &service, own.typed);
    for (place, typed) in &kept {
        records::store_typed(tx, sealer, draft_id, revision, place, typed)?;
    }
    let earlier: Vec<_> = moved.earlier.into_iter().chain(gone).collect();
    records::store_earlier(tx, sealer, draft_id, revision, &earlier)?;
    for (from, to) in renamed_requirements(before.version, &service) {
        attachment::rename_requirement(tx, sealer, draft_id, &from, &to)?;
    }
    keep_choices(tx, sealer, &draft, revision, before, &service)?;
    let document = DraftDocument { service, ..(*frozen).clone() };
    records::store_document(tx, sealer, draft_id, revision, &document)?;
    Ok(Some(before.version))
}

/// What was half typed, by whether the new form still has the question.
fn sort_typed(
    before: &PublicService,
    after: &PublicService,
    typed: Typed,
) -> (Typed, Vec<migrate::EarlierAnswer>) {
    let mut kept = Typed::new();
    let mut gone = Vec::new();
    for (place, typed) in typed {
        let Ok(path) = place.parse::<super::FieldPath>();
        if super::answer::field_at(&after.form, &path).is_some_and(|field| field.compute.is_none()) {
            kept.insert(place, typed);
            continue;
        }
        let field = super::answer::field_at(&before.form, &path);
        gone.push(migrate::EarlierAnswer {
            field_id: path.field,
            label: field.map(|field| field.label.clone()).unwrap_or_default(),
            kind: citizen_api::form::FieldKind::LongText { max_length: u32::MAX },
            value: typed.into(),
            version: before.version,
            fate: migrate::Fate::NoLongerAsked,
        });
    }
    (kept, gone)
}

/// A word given to a declaration holds for what it said: where its text is another, it has to be given again.
fn keep_choices(
    tx: &Transaction<'_>,
    sealer: &Sealer,
    draft: &Draft,
    revision: u64,
    before: &PublicService,
    after: &PublicService,
) -> Result<(), Error> {
    let mut choices = records::choices(tx, sealer, draft.draft_id)?;
    let same = |declaration_id: &DeclarationId| {
        let of = |service: &PublicService| {
            let mut declarations = service.declarations.iter();
            declarations.find(|declaration| declaration.declaration_id == *declaration_id).cloned()
        };
        of(after).is_some() && of(after) == of(before)
    };
    choices.agreed = std::mem::take(&mut choices.agreed).into_iter().filter(same).collect::<BTreeSet<_>>();
    choices.delivery = choices.delivery.filter(|delivery| after.delivery.contains(delivery));
    records::store_choices(tx, sealer, draft.draft_id, revision, &choices)
}
