//! Acting for others, and others for the person.

use std::sync::Arc;

use citizen_api::MandateId;
use citizen_core::mandate::Represented;
use citizen_core::{Compartment, PersonId};

use crate::page::page;
use crate::types::mandate::{ActView, MandateDraft, MandateView};
use crate::{CitizenError, Person};

/// The mandates of an unlocked person.
#[derive(uniffi::Object)]
pub struct Mandates(Compartment);

impl Mandates {
    pub(crate) fn of(compartment: &Compartment) -> Arc<Self> {
        Arc::new(Self(compartment.clone()))
    }
}

#[uniffi::export(async_runtime = "tokio")]
impl Mandates {
    /// Mandates given and received, the newest first. Needs no network.
    pub fn page(&self, offset: u32, limit: u32) -> Result<Vec<MandateView>, CitizenError> {
        let views = self.0.mandates().list()?.into_iter().map(MandateView::from).collect();
        Ok(page(views, offset, limit))
    }

    /// What was done under them, by this person or for them, the newest first. Needs no network.
    pub fn acts_page(&self, offset: u32, limit: u32) -> Result<Vec<ActView>, CitizenError> {
        Ok(page(self.0.mandates().acts()?.into_iter().map(ActView::from).collect(), offset, limit))
    }

    /// Asks the city for every mandate of the person; [`Mandates::page`] then shows them.
    pub async fn refresh(&self) -> Result<(), CitizenError> {
        Ok(self.0.mandates().refresh().await.map(drop)?)
    }

    /// Gives somebody a mandate. It holds once they have accepted it.
    pub async fn give(&self, draft: MandateDraft) -> Result<MandateView, CitizenError> {
        Ok(self.0.mandates().give(&draft.into()).await?.into())
    }

    /// Accepts a mandate.
    pub async fn accept(&self, mandate_id: MandateId) -> Result<MandateView, CitizenError> {
        Ok(self.0.mandates().accept(mandate_id).await?.into())
    }

    /// Says no to a mandate.
    pub async fn decline(&self, mandate_id: MandateId) -> Result<MandateView, CitizenError> {
        Ok(self.0.mandates().decline(mandate_id).await?.into())
    }

    /// Ends a mandate, given or received, at once. What was written under it stays.
    pub async fn revoke(&self, mandate_id: MandateId) -> Result<MandateView, CitizenError> {
        Ok(self.0.mandates().revoke(mandate_id).await?.into())
    }

    /// Everyone whom this person acts, or has acted, for.
    pub fn represented(&self) -> Result<Vec<Represented>, CitizenError> {
        Ok(self.0.mandates().represented()?)
    }

    /// Opens, or makes, the data of somebody whom this person acts for. They lock with this person's.
    pub fn act_for(&self, mandate_id: MandateId) -> Result<Arc<Person>, CitizenError> {
        Ok(Person::of(self.0.mandates().act_for(mandate_id)?))
    }

    /// Opens the data of somebody whom this person acts, or has acted, for.
    pub fn open_represented(&self, person_id: PersonId) -> Result<Arc<Person>, CitizenError> {
        Ok(Person::of(self.0.mandates().open_represented(person_id)?))
    }

    /// Removes what is written for somebody from this phone, and nothing else.
    pub fn remove_represented(&self, person_id: PersonId) -> Result<(), CitizenError> {
        Ok(self.0.mandates().remove_represented(person_id)?)
    }
}
