//! Publishes documents: what is new or changed gets the catalogue's next version.

use std::collections::BTreeMap;

use citizen_api::ServiceId;
use citizen_api::catalogue::PublicService;

use super::documents::DocumentError;
use super::{Offer, Published, Withdrawal};
use crate::store::{StoreError, Tx, Value};

/// Why the catalogue cannot be published.
#[derive(Debug, thiserror::Error)]
pub enum CatalogueError {
    /// A document is not sound.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// A document says something else than when its version was published.
    #[error("the document {service_id} changed, but its version is still {version}")]
    VersionKept {
        /// The service.
        service_id: ServiceId,
        /// The version.
        version: u32,
    },
    /// A later version was published before.
    #[error("the document {service_id} has version {version}, but {published} is published")]
    OlderVersion {
        /// The service.
        service_id: ServiceId,
        /// The document's version.
        version: u32,
        /// What is published.
        published: u32,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Where a service stands in the catalogue.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Standing {
    version: u32,
    offered: bool,
    published: u64,
}

/// Makes these services the catalogue's. Nothing is written where nothing changed.
pub(super) fn publish(tx: &mut dyn Tx, services: Vec<PublicService>) -> Result<Published, CatalogueError> {
    let before = standings(tx)?;
    let version = before.values().map(|standing| standing.published).max().unwrap_or(0);
    let next = version.saturating_add(1);
    let mut offered = Vec::with_capacity(services.len());
    for service in services {
        let known = before.get(&service.service_id).copied();
        let present = Standing { version: service.version, offered: true, published: next };
        let published = match known {
            Some(known) if (known.version, known.offered) == (service.version, true) => known.published,
            _ => {
                refuse_older(&service, known)?;
                stand(tx, &service.service_id, present)?;
                next
            }
        };
        keep_version(tx, &service)?;
        offered.push(Offer { published, service });
    }
    let mut withdrawn = Vec::new();
    for (service_id, known) in before {
        if offered.iter().any(|offer| offer.service.service_id == service_id) {
            continue;
        }
        let published = if known.offered { next } else { known.published };
        if known.offered {
            stand(tx, &service_id, Standing { offered: false, published, ..known })?;
        }
        withdrawn.push(Withdrawal { published, service_id });
    }
    let changed = offered.iter().map(|offer| offer.published);
    let changed = changed.chain(withdrawn.iter().map(|withdrawal| withdrawal.published));
    Ok(Published { version: changed.max().unwrap_or(version), offered, withdrawn })
}

fn standings(tx: &mut dyn Tx) -> Result<BTreeMap<ServiceId, Standing>, StoreError> {
    let rows = tx.query("SELECT service_id, version, status = 'offered', published FROM services", &[])?;
    rows.iter()
        .map(|row| {
            let standing = Standing {
                version: row.number(1)?,
                offered: row.integer(2)? != 0,
                published: row.number(3)?,
            };
            Ok((ServiceId(row.text(0)?), standing))
        })
        .collect()
}

fn refuse_older(service: &PublicService, known: Option<Standing>) -> Result<(), CatalogueError> {
    match known {
        Some(known) if known.version > service.version => Err(CatalogueError::OlderVersion {
            service_id: service.service_id.clone(),
            version: service.version,
            published: known.version,
        }),
        _ => Ok(()),
    }
}

fn stand(tx: &mut dyn Tx, service_id: &ServiceId, standing: Standing) -> Result<(), StoreError> {
    let status = if standing.offered { "offered" } else { "withdrawn" };
    tx.execute(
        "INSERT INTO services (service_id, version, status, published) VALUES ($1, $2, $3, $4)
         ON CONFLICT (service_id) DO UPDATE
         SET version = excluded.version, status = excluded.status, published = excluded.published",
        &[service_id.as_str().into(), standing.version.into(), status.into(), standing.published.into()],
    )?;
    Ok(())
}

/// Keeps this version of the document for ever; refuses it where another text was published as this version.
fn keep_version(tx: &mut dyn Tx, service: &PublicService) -> Result<(), CatalogueError> {
    let key: [Value; 2] = [service.service_id.as_str().into(), service.version.into()];
    let sql = "SELECT document FROM service_versions WHERE service_id = $1 AND version = $2";
    if let Some(row) = tx.query_one(sql, &key)? {
        return if row.json::<PublicService>(0)? == *service {
            Ok(())
        } else {
            Err(CatalogueError::VersionKept {
                service_id: service.service_id.clone(),
                version: service.version,
            })
        };
    }
    let [service_id, version] = key;
    tx.execute(
        "INSERT INTO service_versions (service_id, version, document) VALUES ($1, $2, $3)",
        &[service_id, version, Value::json(service)?],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use citizen_api::Text;
    use citizen_api::catalogue::PublicService;

    use super::{CatalogueError, publish};
    use crate::catalogue::Catalogue;
    use crate::catalogue::documents::embedded;
    use crate::store::Store;

    fn open() -> (tempfile::TempDir, Store) {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("city.db")).unwrap();
        (folder, store)
    }

    async fn publish_all(store: &Store, services: Vec<PublicService>) -> Result<Catalogue, CatalogueError> {
        let published = store.write(move |tx| publish(tx, services)).await?;
        Ok(Catalogue(published.into()))
    }

    fn changed(catalogue: &Catalogue, after: u64) -> Vec<String> {
        catalogue.delta(after).changed.iter().map(|service| service.service_id.to_string()).collect()
    }

    #[tokio::test]
    async fn what_is_unchanged_is_not_published_again() {
        let (_folder, store) = open();
        let all = embedded().unwrap();
        for _ in 0..2 {
            let catalogue = publish_all(&store, all.clone()).await.unwrap();
            assert_eq!(catalogue.delta(0).version, 1);
            assert_eq!(changed(&catalogue, 0).len(), all.len());
            assert_eq!(changed(&catalogue, 1).len(), 0);
        }
    }

    #[tokio::test]
    async fn a_changed_document_is_the_whole_delta() {
        let (_folder, store) = open();
        let mut services = embedded().unwrap();
        publish_all(&store, services.clone()).await.unwrap();
        services[1].title = Text::new("余额", "Balance");
        services[1].version = 2;
        let catalogue = publish_all(&store, services.clone()).await.unwrap();
        assert_eq!(changed(&catalogue, 1), [services[1].service_id.to_string()]);
        assert_eq!(catalogue.delta(1).version, 2);
        assert_eq!(changed(&catalogue, 99).len(), services.len());
    }

    #[tokio::test]
    async fn a_withdrawn_service_is_told_and_can_come_back() {
        let (_folder, store) = open();
        let mut services = embedded().unwrap();
        publish_all(&store, services.clone()).await.unwrap();
        let gone = services.remove(0);
        let catalogue = publish_all(&store, services.clone()).await.unwrap();
        assert_eq!(catalogue.delta(1).withdrawn, std::slice::from_ref(&gone.service_id));
        assert!(catalogue.service(&gone.service_id).is_none());
        services.push(gone.clone());
        let catalogue = publish_all(&store, services).await.unwrap();
        assert_eq!(changed(&catalogue, 2), [gone.service_id.to_string()]);
        assert_eq!(catalogue.delta(2).withdrawn, []);
    }

    #[tokio::test]
    async fn a_published_version_never_changes_and_never_goes_back() {
        let (_folder, store) = open();
        let mut services = embedded().unwrap();
        services[0].version = 2;
        publish_all(&store, services.clone()).await.unwrap();
        let mut reworded = services.clone();
        reworded[0].fee.0 += 1;
        let kept = publish_all(&store, reworded).await;
        assert!(matches!(kept, Err(CatalogueError::VersionKept { version: 2, .. })));
        services[0].version = 1;
        let older = publish_all(&store, services).await;
        assert!(matches!(older, Err(CatalogueError::OlderVersion { version: 1, published: 2, .. })));
    }
}
