//! The domains that hang on an unlocked person, and what they reach the city with.

use citizen_api::jose::JwkSet;
use url::Url;

use super::Compartment;
use crate::Error;
use crate::attachment::Attachments;
use crate::case::Cases;
use crate::catalogue::{Services, city_keys};
use crate::counter::Counters;
use crate::delivery::Deliveries;
use crate::draft::Drafts;
use crate::grievance::Grievances;
use crate::http::Http;
use crate::insurance::Insurance;
use crate::mandate::Mandates;
use crate::offer::Offers;
use crate::outbox::Outbox;
use crate::register_log::RegisterLog;
use crate::session::Session;
use crate::submission::Submissions;
use crate::sync::Sync;

impl Compartment {
    /// The session at the city.
    pub fn session(&self) -> Session {
        Session::new(self.clone())
    }

    /// The catalogue of public services.
    pub fn services(&self) -> Services {
        Services::new(self.device().clone())
    }

    /// What became of what was filed.
    pub fn cases(&self) -> Cases {
        Cases::new(self.clone())
    }

    /// The medical-insurance account.
    pub fn insurance(&self) -> Insurance {
        Insurance::new(self.clone())
    }

    /// Parcels on their way to the door.
    pub fn deliveries(&self) -> Deliveries {
        Deliveries::new(self.clone())
    }

    /// What the city has found for the person before they asked.
    pub fn offers(&self) -> Offers {
        Offers::new(self.clone())
    }

    /// Counters, and places booked there.
    pub fn counters(&self) -> Counters {
        Counters::new(self.clone())
    }

    /// Who asked for the person's data.
    pub fn register_log(&self) -> RegisterLog {
        RegisterLog::new(self.clone())
    }

    /// Keeping up with the city.
    pub fn sync(&self) -> Sync {
        Sync::new(self.clone())
    }

    /// What the person is writing.
    pub fn drafts(&self) -> Drafts {
        Drafts::new(self.clone())
    }

    /// The files of what the person is writing.
    pub fn attachments(&self) -> Attachments {
        Attachments::new(self.clone())
    }

    /// Acting for others, and others for this person.
    pub fn mandates(&self) -> Mandates {
        Mandates::new(self.clone())
    }

    /// Filing.
    pub fn submissions(&self) -> Submissions {
        Submissions::new(self.clone())
    }

    /// Saying what could not be done in one trip.
    pub fn grievances(&self) -> Grievances {
        Grievances::new(self.clone())
    }

    /// What is still to be sent.
    pub fn outbox(&self) -> Outbox {
        Outbox::new(self.clone())
    }

    /// The network.
    pub(crate) fn http(&self) -> &Http {
        &self.device().http
    }

    /// An address of the city.
    pub(crate) fn city(&self, path: &str) -> Result<Url, Error> {
        self.device().city(path)
    }

    /// The keys by which the city's signatures are believed.
    pub(crate) fn city_keys(&self) -> Result<JwkSet, Error> {
        self.device().database.read(city_keys)
    }
}
