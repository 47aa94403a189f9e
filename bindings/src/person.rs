//! One unlocked person: every domain hangs on it.

use std::sync::Arc;

use citizen_api::DeviceId;
use citizen_core::insurance::InsuranceView;
use citizen_core::session::SessionStatus;
use citizen_core::sync::SyncStatus;
use citizen_core::{Compartment, PersonId};

use crate::background::{Background, Follower, Guarded};
use crate::types::home::HomeView;
use crate::types::mandate::DeviceCard;
use crate::types::report::Pulled;
use crate::{
    Cards, Cases, CitizenError, Counters, Drafts, Grievances, Mandates, Offers, Outbox, Parcels, RegisterLog,
};

/// An unlocked person. After it was locked, every call answers with the code `locked`.
#[derive(uniffi::Object)]
pub struct Person(Compartment);

impl Person {
    /// The person, as the core has them.
    pub(crate) fn compartment(&self) -> &Compartment {
        &self.0
    }

    pub(crate) fn of(compartment: Compartment) -> Arc<Self> {
        Arc::new(Self(compartment))
    }
}

#[uniffi::export(async_runtime = "tokio")]
impl Person {
    /// Which compartment it is.
    pub fn person_id(&self) -> Result<PersonId, CitizenError> {
        Ok(self.0.person_id())
    }

    /// What the person is called.
    pub fn label(&self) -> Result<String, CitizenError> {
        Ok(self.0.label()?)
    }

    /// What this person sees first, in one crossing. Needs no network.
    pub fn home(&self) -> Result<HomeView, CitizenError> {
        Ok(self.0.home()?.into())
    }

    /// Whether the keys are in memory.
    pub fn is_unlocked(&self) -> Result<bool, CitizenError> {
        Ok(self.0.is_unlocked())
    }

    /// Whether files that wait to be sent go on when the person locks. Not unless they have allowed it.
    pub fn uploads_go_on(&self) -> Result<bool, CitizenError> {
        Ok(self.0.uploads_go_on()?)
    }

    /// Allows that, or forbids it. Texts never go on: only files do, each with a key that opens nothing else.
    pub fn let_uploads_go_on(&self, allowed: bool) -> Result<(), CitizenError> {
        Ok(self.0.let_uploads_go_on(allowed)?)
    }

    /// What the person is writing.
    pub fn drafts(&self) -> Result<Arc<Drafts>, CitizenError> {
        Ok(Drafts::of(&self.0))
    }

    /// What is still to be sent.
    pub fn outbox(&self) -> Result<Arc<Outbox>, CitizenError> {
        Ok(Outbox::of(&self.0))
    }

    /// What became of what was filed.
    pub fn cases(&self) -> Result<Arc<Cases>, CitizenError> {
        Ok(Cases::of(&self.0))
    }

    /// What could not be done in one trip.
    pub fn grievances(&self) -> Result<Arc<Grievances>, CitizenError> {
        Ok(Grievances::of(&self.0))
    }

    /// What the city has found for the person before they asked.
    pub fn offers(&self) -> Result<Arc<Offers>, CitizenError> {
        Ok(Offers::of(&self.0))
    }

    /// Parcels on their way.
    pub fn parcels(&self) -> Result<Arc<Parcels>, CitizenError> {
        Ok(Parcels::of(&self.0))
    }

    /// Counters, and places booked there.
    pub fn counters(&self) -> Result<Arc<Counters>, CitizenError> {
        Ok(Counters::of(&self.0))
    }

    /// Who asked for the person's data.
    pub fn register_log(&self) -> Result<Arc<RegisterLog>, CitizenError> {
        Ok(RegisterLog::of(&self.0))
    }

    /// The person's cards.
    pub fn cards(&self) -> Result<Arc<Cards>, CitizenError> {
        Ok(Cards::of(&self.0))
    }

    /// Acting for others, and others for the person.
    pub fn mandates(&self) -> Result<Arc<Mandates>, CitizenError> {
        Ok(Mandates::of(&self.0))
    }

    /// The devices that the person is signed in on, as the city has them.
    pub async fn devices(&self) -> Result<Vec<DeviceCard>, CitizenError> {
        Ok(self.0.devices().await?.into_iter().map(DeviceCard::from).collect())
    }

    /// Has the city end a device that was lost, and gives those that are left.
    pub async fn revoke_device(&self, device_id: DeviceId) -> Result<Vec<DeviceCard>, CitizenError> {
        Ok(self.0.revoke_device(&device_id).await?.into_iter().map(DeviceCard::from).collect())
    }

    /// How the person stands with the city, as far as this device knows. Needs no network.
    pub fn session(&self) -> Result<SessionStatus, CitizenError> {
        Ok(self.0.session().status()?)
    }

    /// Forgets the session on this device and tells the provider so. Everything the person has here stays. Gives the
    /// address at which the browser's own session with the provider is ended, where the provider has such a thing.
    pub async fn sign_out(&self) -> Result<Option<String>, CitizenError> {
        Ok(self.0.session().sign_out().await?.map(String::from))
    }

    /// The insurance account on this device; none before it was fetched for the first time.
    pub fn insurance(&self) -> Result<Option<InsuranceView>, CitizenError> {
        Ok(self.0.insurance().show()?)
    }

    /// Asks the city for the insurance account as it stands.
    pub async fn refresh_insurance(&self) -> Result<InsuranceView, CitizenError> {
        Ok(self.0.insurance().refresh().await?)
    }

    /// How far this device has kept up. Needs no network.
    pub fn sync_status(&self) -> Result<SyncStatus, CitizenError> {
        Ok(self.0.sync().status()?)
    }

    /// Reads what is new to the end.
    pub async fn pull(&self) -> Result<Pulled, CitizenError> {
        Ok(Pulled::from(&self.0.sync().pull().await?))
    }

    /// Sends what waits and reads what the city tells, on the core's own runtime, until it is stopped.
    pub fn start_background(&self, follower: Arc<dyn Follower>) -> Result<Arc<Background>, CitizenError> {
        Ok(Background::of(self.0.start_background(Arc::new(Guarded(follower)))?))
    }
}
