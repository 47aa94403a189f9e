//! What a shell asks of the catalogue. All of it works without a network.

use std::sync::{Arc, Mutex, PoisonError};

use citizen_api::catalogue::PublicService;
use citizen_api::{Language, ServiceId};
use jiff::Timestamp;
use serde::Serialize;

use super::entry::{Entry, ServiceSummary};
use super::packed::{NEEDS_NEWER_APP, OFTEN_OFFLINE, Packed};
use super::search::search;
use super::store;
use crate::Error;
use crate::app::Device;

/// The services on this device. Cheap to clone.
#[derive(Clone)]
pub struct Services {
    device: Arc<Device>,
}

/// The packed catalogue as it was last read: another process may have pulled a newer one.
#[derive(Default)]
pub(crate) struct Cache(Mutex<Option<Read>>);

impl Cache {
    /// As if nothing had been read yet.
    #[cfg(test)]
    pub(super) fn forget(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
    }
}

#[derive(Clone)]
struct Read {
    /// The mark of the store when it was looked at last.
    mark: (i64, i64),
    version: u64,
    packed: Arc<Packed>,
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

    /// The device whose store it is.
    pub(super) fn device(&self) -> &Device {
        &self.device
    }

    /// The services that a person who types this may mean, best first; all of them where it is empty. Every
    /// word has to be found, in Chinese, English or pinyin; where none holds all, most parts will do.
    pub fn search(&self, text: &str, language: Language, limit: usize) -> Result<Vec<ServiceSummary>, Error> {
        let packed = self.current()?;
        let found = search(&packed, text, language, limit);
        Ok(found.into_iter().map(|service| packed.summary(service)).collect())
    }

    /// A service with everything that is known of it.
    pub fn view(&self, service_id: &ServiceId) -> Result<ServiceView, Error> {
        let (entry, fetched_at) = self
            .device
            .database
            .read(|tx| Ok((store::document(tx, service_id)?, store::fetched_at(tx)?)))
            .map(|(document, fetched_at)| (document.as_deref().and_then(Entry::read), fetched_at))?;
        let Entry { summary, service, .. } = entry.ok_or(Error::UnknownService)?;
        Ok(ServiceView { summary, service, fetched_at })
    }

    /// A service's document, to file with: one that this version understands whole.
    pub fn show(&self, service_id: &ServiceId) -> Result<PublicService, Error> {
        let view = self.view(service_id)?;
        view.service.filter(|_| !view.summary.needs_newer_app).ok_or(Error::NeedsNewerApp)
    }

    /// The service that grievances are filed for.
    pub(crate) fn for_grievances(&self) -> Result<PublicService, Error> {
        let service_id = self.device.database.read(store::for_grievances)?.ok_or(Error::UnknownService)?;
        self.show(&service_id)
    }

    /// The documents that this version understands whole, of the services that are often filled in where there is
    /// no network. The others are not even read.
    pub(crate) fn documents(&self) -> Result<Vec<PublicService>, Error> {
        let packed = self.current()?;
        let wanted = (0..packed.services)
            .filter(|service| packed.flags(*service) & (OFTEN_OFFLINE | NEEDS_NEWER_APP) == OFTEN_OFFLINE);
        let mut ids: Vec<ServiceId> = wanted.map(|service| packed.service_id(service)).collect();
        ids.sort_unstable();
        let documents: Vec<Option<String>> =
            self.device.database.read(|tx| ids.iter().map(|id| store::document(tx, id)).collect())?;
        let entries = documents.into_iter().flatten().filter_map(|document| Entry::read(&document));
        Ok(entries.filter_map(|entry| entry.service).collect())
    }

    /// The catalogue's version on this device; 0 before the first pull.
    pub fn version(&self) -> Result<u64, Error> {
        self.device.database.read(store::version)
    }

    /// The catalogue in memory, read again where the store holds another version, and packed again where what is
    /// packed is missing, damaged or another app's.
    fn current(&self) -> Result<Arc<Packed>, Error> {
        let mut kept = self.device.catalogue.0.lock().unwrap_or_else(PoisonError::into_inner);
        let database = &self.device.database;
        let before = kept.take();
        let read = database.read(|tx| {
            let mark = store::mark(tx)?;
            let before = before.as_ref();
            if let Some(read) = before.filter(|read| read.mark == mark) {
                return Ok(Some(read.clone()));
            }
            let version = store::version(tx)?;
            if let Some(read) = before.filter(|read| read.version == version) {
                return Ok(Some(Read { mark, ..read.clone() }));
            }
            let packed = store::packed(tx, version)?;
            Ok(packed.map(|packed| Read { mark, version, packed: Arc::new(packed) }))
        })?;
        let read = match read {
            Some(read) => read,
            None => self.repacked()?,
        };
        let packed = Arc::clone(&read.packed);
        *kept = Some(read);
        Ok(packed)
    }

    /// Packs the documents again. Where that cannot be stored it serves this once.
    fn repacked(&self) -> Result<Read, Error> {
        let read = |(mark, version, bytes)| {
            let packed = Packed::open(bytes).ok_or(Error::internal("a catalogue cannot be packed"))?;
            Ok(Read { mark, version, packed: Arc::new(packed) })
        };
        let database = &self.device.database;
        let stored = database.write(|tx| {
            let version = store::version(tx)?;
            let bytes = store::repack(tx, version)?;
            Ok((store::mark(tx)?, version, bytes))
        });
        match stored {
            Ok(stored) => read(stored),
            Err(error) => {
                tracing::debug!(code = error.code(), "the packed catalogue could not be stored");
                read(
                    database
                        .read(|tx| Ok((store::mark(tx)?, store::version(tx)?, store::packed_anew(tx)?)))?,
                )
            }
        }
    }
}
