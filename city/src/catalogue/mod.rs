//! The catalogue: public services as documents, published in versions that only grow.
//!
//! The documents are written by hand (`city/catalogue/*.json`, or a folder that the city is started with), checked
//! strictly, and published when the city starts, or one by one while it runs: what changed gets the catalogue's next
//! version, in one transaction. A version of a service that was published never changes, because a submission is
//! judged by the one it was made with. A city whose documents contradict themselves does not start.

mod audit;
mod check;
mod documents;
mod fault;
mod folder;
mod generate;
mod get;
mod layout;
mod officer;
mod publish;
mod schema;
mod together;

use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};

use citizen_api::ServiceId;
use citizen_api::catalogue::{CatalogueDelta, PublicService};
use jiff::civil::Date;
use tokio::sync::Mutex;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) use check::check;
pub use documents::DocumentError;
pub use fault::{Fault, PlacedFault};
pub use generate::{Growth, grown};
pub use publish::CatalogueError;
pub(crate) use schema::TEXT as SCHEMA;
pub(crate) use together::LifeEvents;

use crate::http::City;
use crate::store::Store;

/// The routes of the catalogue. The whole of it is large and much of it repeats, so it is compressed.
pub(crate) fn routes() -> OpenApiRouter<City> {
    OpenApiRouter::new()
        .routes(routes!(get::get_catalogue))
        .routes(routes!(officer::publish_service))
        .layer(tower_http::compression::CompressionLayer::new())
}

/// Where the documents come from that a city is started with.
#[derive(Debug, Clone, Default)]
pub enum Documents {
    /// Those that are built in.
    #[default]
    BuiltIn,
    /// Those of a folder, one a file.
    Folder(PathBuf),
    /// Those that are built in, and made-up ones, to see how a large catalogue is borne.
    Grown(Growth),
}

impl Documents {
    /// Reads them, each strictly.
    pub fn read(&self) -> Result<Vec<PublicService>, DocumentError> {
        let services = match self {
            Self::BuiltIn => documents::embedded()?,
            Self::Folder(folder) => folder::read(folder)?,
            Self::Grown(growth) => grown(*growth)?.collect::<Result<_, _>>()?,
        };
        let mut events = LifeEvents::default();
        for service in &services {
            let name = || service.service_id.to_string();
            events.add(service).map_err(|fault| DocumentError::Contradictory { name: name(), fault })?;
        }
        Ok(services)
    }
}

/// The catalogue as it is published. Cheap to clone; all clones are one catalogue.
#[derive(Debug, Clone)]
pub struct Catalogue(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    published: RwLock<Arc<Published>>,
    /// Held while a service is published, so that the later of two publications is what stays.
    publishing: Mutex<()>,
}

#[derive(Debug)]
struct Published {
    version: u64,
    offered: Vec<Offer>,
    withdrawn: Vec<Withdrawal>,
}

/// A service and the version of the catalogue in which it was published last.
#[derive(Debug, Clone)]
struct Offer {
    published: u64,
    service: Arc<PublicService>,
}

/// A service that is no longer offered, and since which version of the catalogue.
#[derive(Debug, Clone)]
struct Withdrawal {
    published: u64,
    service_id: ServiceId,
}

impl Catalogue {
    /// Publishes the documents that the city is started with, where they have changed, and reads the catalogue.
    pub async fn open(store: &Store, documents: &Documents, today: Date) -> Result<Self, CatalogueError> {
        let services = documents.read()?;
        let published = store.write(move |tx| publish::publish(tx, services, today)).await?;
        Ok(Self::of(published))
    }

    fn of(published: Published) -> Self {
        let published = RwLock::new(Arc::new(published));
        Self(Arc::new(Shared { published, publishing: Mutex::new(()) }))
    }

    fn published(&self) -> Arc<Published> {
        Arc::clone(&self.0.published.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Publishes one service while the city runs; gives the version of the catalogue that has it.
    async fn add(&self, store: &Store, service: PublicService, today: Date) -> Result<u64, CatalogueError> {
        let _publishing = self.0.publishing.lock().await;
        self.refuse_other_words(&service)?;
        let service = Arc::new(service);
        let kept = Arc::clone(&service);
        let published = store.write(move |tx| publish::publish_one(tx, &kept, today)).await?;
        let before = self.published();
        let others = before.offered.iter().filter(|offer| offer.service.service_id != service.service_id);
        let offered = others.cloned().chain([Offer { published, service: Arc::clone(&service) }]).collect();
        let gone = before.withdrawn.iter().filter(|gone| gone.service_id != service.service_id);
        let version = before.version.max(published);
        let next = Published { version, offered, withdrawn: gone.cloned().collect() };
        *self.0.published.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(next);
        Ok(published)
    }

    /// Refuses a document whose life event has other words than in those on offer.
    fn refuse_other_words(&self, service: &PublicService) -> Result<(), CatalogueError> {
        let mut events = LifeEvents::default();
        let does_not_fit = |fault| CatalogueError::DoesNotFit {
            service_id: service.service_id.clone(),
            fault: Box::new(fault),
        };
        for offered in self.services().iter().filter(|offered| offered.service_id != service.service_id) {
            events.add(offered).map_err(does_not_fit)?;
        }
        events.add(service).map_err(does_not_fit)
    }

    /// The service of that name, where it is offered.
    pub fn service(&self, service_id: &ServiceId) -> Option<Arc<PublicService>> {
        let published = self.published();
        let mut offered = published.offered.iter().map(|offer| &offer.service);
        offered.find(|service| service.service_id == *service_id).cloned()
    }

    /// Every service on offer.
    pub fn services(&self) -> Vec<Arc<PublicService>> {
        self.published().offered.iter().map(|offer| Arc::clone(&offer.service)).collect()
    }

    /// What changed since a version. A version that is still to come is another city's: it gets everything.
    fn delta(&self, after: u64) -> CatalogueDelta {
        let published = self.published();
        let after = if after > published.version { 0 } else { after };
        let changed = published.offered.iter().filter(|offer| offer.published > after);
        let withdrawn = published.withdrawn.iter().filter(|withdrawal| withdrawal.published > after);
        CatalogueDelta {
            version: published.version,
            changed: changed.map(|offer| PublicService::clone(&offer.service)).collect(),
            withdrawn: withdrawn.map(|withdrawal| withdrawal.service_id.clone()).collect(),
        }
    }
}
