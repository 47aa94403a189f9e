//! The catalogue of public services.

use std::sync::Arc;

use citizen_api::{Language, LifeEventId, ServiceId};
use citizen_core::catalogue::{self, LifeEventSummary, ServiceSummary};

use crate::CitizenError;
use crate::page::most;
use crate::types::service::ServicePage;

/// The services on this device. All of it works without a network.
#[derive(uniffi::Object)]
pub struct Services(catalogue::Services);

impl Services {
    pub(crate) fn of(services: catalogue::Services) -> Arc<Self> {
        Arc::new(Self(services))
    }
}

#[uniffi::export]
impl Services {
    /// The services that a person who types this may mean, best first; all of them where it is empty.
    pub fn search(
        &self,
        text: String,
        language: Language,
        limit: u32,
    ) -> Result<Vec<ServiceSummary>, CitizenError> {
        Ok(self.0.search(&text, language, most(limit))?)
    }

    /// Every event of a life that the city names, the one with most services first.
    pub fn life_events(&self) -> Result<Vec<LifeEventSummary>, CitizenError> {
        Ok(self.0.life_events()?)
    }

    /// The services for an event, at most `limit`.
    pub fn of_life_event(&self, event: LifeEventId, limit: u32) -> Result<Vec<ServiceSummary>, CitizenError> {
        Ok(self.0.of_life_event(&event, most(limit))?)
    }

    /// A service with everything that is known of it before it is filled in.
    pub fn show(&self, service_id: ServiceId) -> Result<ServicePage, CitizenError> {
        Ok(self.0.view(&service_id)?.into())
    }

    /// The catalogue's version on this device; 0 before the first pull.
    pub fn version(&self) -> Result<u64, CitizenError> {
        Ok(self.0.version()?)
    }
}
