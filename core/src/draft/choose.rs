//! What a person decides beside answers and files.

use citizen_api::DeclarationId;
use citizen_api::catalogue::DeliveryChoice;
use citizen_api::delivery::DeliverTo;

use super::records::{Choices, choices, document, open_draft, store_choices, touch};
use super::{DraftId, Drafts};
use crate::Error;
use crate::delivery::tidied;
use crate::draft::DraftDocument;

impl Drafts {
    /// Agrees to a declaration, or takes that back. It is signed with the rest when the draft is filed.
    pub fn agree_declaration(
        &self,
        draft_id: DraftId,
        declaration_id: &DeclarationId,
        agreed: bool,
    ) -> Result<u64, Error> {
        self.choose(draft_id, |document, choices| {
            let known =
                document.service.declarations.iter().any(|known| known.declaration_id == *declaration_id);
            if !known {
                return Err(Error::UnknownDeclaration);
            }
            match agreed {
                true => choices.agreed.insert(declaration_id.clone()),
                false => choices.agreed.remove(declaration_id),
            };
            Ok(())
        })
    }

    /// Chooses how the result shall reach the person.
    pub fn choose_delivery(&self, draft_id: DraftId, delivery: DeliveryChoice) -> Result<u64, Error> {
        self.choose(draft_id, |document, choices| {
            if !document.service.delivery.contains(&delivery) {
                return Err(Error::UnknownDelivery);
            }
            choices.delivery = Some(delivery);
            choices.deliver_to = choices.deliver_to.take().filter(|_| delivery == DeliveryChoice::Courier);
            Ok(())
        })
    }

    /// Has the courier bring the result to an address, or to the registered one after all.
    pub fn deliver_to(&self, draft_id: DraftId, to: &DeliverTo) -> Result<u64, Error> {
        let to = tidied(to)?;
        self.choose(draft_id, |document, choices| {
            if !document.service.delivery.contains(&DeliveryChoice::Courier) {
                return Err(Error::UnknownDelivery);
            }
            choices.delivery = Some(DeliveryChoice::Courier);
            choices.deliver_to = Some(to).filter(|to| *to != DeliverTo::Registered);
            Ok(())
        })
    }

    /// Keeps what the person says to an office's request.
    pub fn set_note(&self, draft_id: DraftId, note: &str) -> Result<u64, Error> {
        self.choose(draft_id, |document, choices| {
            if document.supplement.is_none() {
                return Err(Error::UnknownField { field: "note".into() });
            }
            note.trim().clone_into(&mut choices.note);
            Ok(())
        })
    }

    /// Lets the desk that answers a grievance read the case that it is about, and what the city refused; or not, which
    /// is where every draft begins.
    pub fn share_case(&self, draft_id: DraftId, shares: bool) -> Result<u64, Error> {
        self.choose(draft_id, |document, choices| {
            if document.concern.is_none() {
                return Err(Error::NothingToShare);
            }
            choices.shares_case = shares;
            Ok(())
        })
    }

    /// Changes what was decided, in one transaction with the draft's new revision.
    pub(super) fn choose(
        &self,
        draft_id: DraftId,
        change: impl FnOnce(&DraftDocument, &mut Choices) -> Result<(), Error>,
    ) -> Result<u64, Error> {
        self.compartment.write(|tx, sealer| {
            let draft = open_draft(tx, draft_id)?;
            let document = document(tx, sealer, draft_id)?;
            let mut choices = choices(tx, sealer, draft_id)?;
            change(&document, &mut choices)?;
            let revision = touch(tx, &draft)?;
            store_choices(tx, sealer, draft_id, revision, &choices)?;
            Ok(revision)
        })
    }
}
