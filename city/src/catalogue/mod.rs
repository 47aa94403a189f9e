//! The catalogue: public services as documents, published in versions that only grow.
//!
//! The documents are written by hand (`city/catalogue/*.json`), checked strictly, and published when the city
//! starts: what changed gets the catalogue's next version, in one transaction. A version of a service that was
//! published never changes, because a submission is judged by the one it was made with. A city whose documents
//! contradict themselves does not start.

mod audit;
mod documents;
mod get;
mod publish;
mod strict_json;

use std::sync::Arc;

use citizen_api::ServiceId;
use citizen_api::catalogue::{CatalogueDelta, PublicService};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub use audit::Fault;
pub use documents::DocumentError;
pub use publish::CatalogueError;

use crate::http::City;
use crate::store::Store;

/// The routes of the catalogue. The whole of it is large and much of it repeats, so it is compressed.
pub(crate) fn routes() -> OpenApiRouter<City> {
    OpenApiRouter::new()
        .routes(routes!(get::get_catalogue))
        .layer(tower_http::compression::CompressionLayer::new())
}

/// The catalogue as it is published. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Catalogue(Arc<Published>);

#[derive(Debug)]
struct Published {
    version: u64,
    offered: Vec<Offer>,
    withdrawn: Vec<Withdrawal>,
}

/// A service and the version of the catalogue in which it was published last.
#[derive(Debug)]
struct Offer {
    published: u64,
    service: PublicService,
}

/// A service that is no longer offered, and since which version of the catalogue.
#[derive(Debug)]
struct Withdrawal {
    published: u64,
    service_id: ServiceId,
}

impl Catalogue {
    /// Publishes the documents that are built in, where they have changed, and reads the catalogue.
    pub async fn open(store: &Store) -> Result<Self, CatalogueError> {
        let services = documents::embedded()?;
        let published = store.write(move |tx| publish::publish(tx, services)).await?;
        Ok(Self(Arc::new(published)))
    }

    /// The service of that name, where it is offered.
    pub fn service(&self, service_id: &ServiceId) -> Option<&PublicService> {
        self.0.offered.iter().map(|offer| &offer.service).find(|service| service.service_id == *service_id)
    }

    /// What changed since a version. A version that is still to come is another city's: it gets everything.
    fn delta(&self, after: u64) -> CatalogueDelta {
        let published = &self.0;
        let after = if after > published.version { 0 } else { after };
        let changed = published.offered.iter().filter(|offer| offer.published > after);
        let withdrawn = published.withdrawn.iter().filter(|withdrawal| withdrawal.published > after);
        CatalogueDelta {
            version: published.version,
            changed: changed.map(|offer| offer.service.clone()).collect(),
            withdrawn: withdrawn.map(|withdrawal| withdrawal.service_id.clone()).collect(),
        }
    }
}
