//! What a shell asks of the catalogue. All of it works without a network.

use std::sync::{Arc, Mutex, PoisonError};

use citizen_api::catalogue::PublicService;
use citizen_api::{Language, ServiceId};
use jiff::Timestamp;
use serde::Serialize;

use super::index::{Entries, Entry, ServiceSummary};
use super::store;
use crate::Error;
use crate::app::Device;

/// The services on this device. Cheap to clone.
#[derive(Clone)]
pub struct Services {
    device: Arc<Device>,
}

/// The catalogue as it was last read, and its version: another process may have pulled a newer one.
#[derive(Default)]
pub(crate) struct Cache(Mutex<Option<Read>>);

#[derive(Clone)]
struct Read {
    version: u64,
    fetched_at: Option<Timestamp>,
    entries: Arc<Entries>,
}

/// A service as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ServiceView {
    /// What can be said of it in any case.
    #[serde(flatten)]
    pub summary: ServiceSummary,
    /// The document; none where this version of the app cannot read it.
    pub service: Option<PublicService>,
    /// When the city last said that this is its catalogue.
    pub fetched_at: Option<Timestamp>,
}

impl Services {
    /// The services in the device's store.
    pub(crate) fn new(device: Arc<Device>) -> Self {
        Self { device }
    }

    /// The services that a person who types this may mean, best first; all of them where it is empty. Every
    /// word has to be found, in Chinese, English or pinyin; where none holds all, most parts will do.
    pub fn search(&self, text: &str, language: Language, limit: usize) -> Result<Vec<ServiceSummary>, Error> {
        let read = self.current()?;
        Ok(read.entries.search(text, language, limit).into_iter().cloned().collect())
    }

    /// A service with everything that is known of it.
    pub fn view(&self, service_id: &ServiceId) -> Result<ServiceView, Error> {
        let read = self.current()?;
        let entry = find(&read, service_id)?;
        Ok(ServiceView {
            summary: entry.summary.clone(),
            service: entry.service.clone(),
            fetched_at: read.fetched_at,
        })
    }

    /// A service's document, to file with: one that this version understands whole.
    pub fn show(&self, service_id: &ServiceId) -> Result<PublicService, Error> {
        let read = self.current()?;
        let entry = find(&read, service_id)?;
        match &entry.service {
            Some(service) if !entry.summary.needs_newer_app => Ok(service.clone()),
            _ => Err(Error::NeedsNewerApp),
        }
    }

    /// The documents that this version understands whole.
    pub(crate) fn documents(&self) -> Result<Vec<PublicService>, Error> {
        let read = self.current()?;
        let understood = read.entries.iter().filter(|entry| !entry.summary.needs_newer_app);
        Ok(understood.filter_map(|entry| entry.service.clone()).collect())
    }

    /// The catalogue's version on this device; 0 before the first pull.
    pub fn version(&self) -> Result<u64, Error> {
        self.device.database.read(store::version)
    }

    /// The catalogue in memory, read again where the store holds another version.
    fn current(&self) -> Result<Read, Error> {
        let mut kept = self.device.catalogue.0.lock().unwrap_or_else(PoisonError::into_inner);
        self.device.database.read(|tx| {
            let (version, fetched_at) = (store::version(tx)?, store::fetched_at(tx)?);
            if let Some(read) = kept.as_ref().filter(|read| read.version == version) {
                return Ok(Read { fetched_at, ..read.clone() });
            }
            let read = Read { version, fetched_at, entries: Arc::new(Entries::new(store::entries(tx)?)) };
            *kept = Some(read.clone());
            Ok(read)
        })
    }
}

fn find<'a>(read: &'a Read, service_id: &ServiceId) -> Result<&'a Entry, Error> {
    read.entries.iter().find(|entry| entry.summary.service_id == *service_id).ok_or(Error::UnknownService)
}
